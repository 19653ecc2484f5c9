import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['bedrock:DeleteModelInvocationLoggingConfiguration']);

/** Calls of AI models are no longer logged. */
export const modelLogOff = defineRule({
  id: 'model-log-off',
  title: 'Calls of AI models are no longer logged',
  attack: ['T1562.008'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Models may be used at your cost, and for what, nobody will know.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Bedrock_Response'),
  because: 'Thieves of keys turn this log off before they use models.',
  examples: [
    {
      name: 'a deleted configuration',
      event: callEvent('bedrock:DeleteModelInvocationLoggingConfiguration'),
      matches: true,
    },
    {
      name: 'a stopped trail',
      event: callEvent('cloudtrail:StopLogging'),
      matches: false,
    },
  ],
});
