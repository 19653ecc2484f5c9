import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set(['iam:DeactivateMFADevice']);

/** Second factor of a user was removed. */
export const mfaRemoved = defineRule({
  id: 'mfa-removed',
  title: 'Second factor of a user was removed',
  attack: ['T1556.006'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The password alone is now enough to sign in.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Attackers remove the second factor to come back with the password alone.',
  examples: [
    {
      name: 'a removed device',
      event: callEvent('iam:DeactivateMFADevice', {
        request: { userName: 'backup', serialNumber: 'arn:aws:iam::123456789012:mfa/backup' },
      }),
      matches: true,
    },
    {
      name: 'a changed password',
      event: callEvent('iam:UpdateLoginProfile', { request: { userName: 'backup' } }),
      matches: false,
    },
  ],
});
