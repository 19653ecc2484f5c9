import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set(['ec2:ModifyInstanceAttribute']);

/** What a server runs at start was changed. */
export const startScriptChanged = defineRule({
  id: 'start-script-changed',
  title: 'What a server runs at start was changed',
  attack: ['T1037', 'T1059'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The next start runs the new script as administrator of the server.',
  actions: [
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Changing the start script turns rights in AWS into rights on the server.',
  examples: [
    {
      name: 'new user data',
      event: callEvent('ec2:ModifyInstanceAttribute', {
        request: { instanceId: 'i-0a1b2c3d4e5f60718', userData: '<sensitiveDataRemoved>' },
      }),
      matches: true,
    },
    {
      name: 'an open serial console',
      event: callEvent('ec2:EnableSerialConsoleAccess'),
      matches: false,
    },
  ],
});
