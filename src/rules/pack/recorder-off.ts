import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'config:DeleteConfigurationRecorder',
  'config:StopConfigurationRecorder',
  'config:DeleteDeliveryChannel',
]);

/** Config no longer records changes. */
export const recorderOff = defineRule({
  id: 'recorder-off',
  title: 'Config no longer records changes',
  attack: ['T1562.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Changes from now on are neither recorded nor checked.',
  actions: [
    'restore-recorder',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Without the recorder no rule of Config sees what is changed.',
  examples: [
    {
      name: 'a stopped recorder',
      event: callEvent('config:StopConfigurationRecorder', {
        request: { configurationRecorderName: 'default' },
      }),
      matches: true,
    },
    {
      name: 'a deleted detector',
      event: callEvent('guardduty:DeleteDetector'),
      matches: false,
    },
  ],
});
