import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';

const calls = new Set(['kms:ScheduleKeyDeletion', 'kms:DisableKey']);

/** Encryption key is disabled or going to be deleted. */
export const encryptionKeyLost = defineRule({
  id: 'encryption-key-lost',
  title: 'Encryption key is disabled or going to be deleted',
  attack: ['T1485', 'T1486'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'All data under the key becomes unreadable, after deletion for ever.',
  actions: [
    'restore-kms-key',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Without its key, data is as good as deleted: it is how ransom is asked for.',
  examples: [
    {
      name: 'a planned deletion',
      event: callEvent('kms:ScheduleKeyDeletion', {
        request: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', pendingWindowInDays: 7 },
      }),
      matches: true,
    },
    {
      name: 'an opened key policy',
      event: callEvent('kms:PutKeyPolicy', {
        request: {
          keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
          policy: policyText({ Principal: '*', Action: 'kms:*' }),
        },
      }),
      matches: false,
    },
  ],
});
