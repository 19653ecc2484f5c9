import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'organizations:LeaveOrganization',
  'organizations:RemoveAccountFromOrganization',
  'organizations:CloseAccount',
]);

/** Account leaves the organisation or is closed. */
export const organisationLeft = defineRule({
  id: 'organisation-left',
  title: 'Account leaves the organisation or is closed',
  attack: ['T1666'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'No policy, trail or alarm of the organisation covers the account any more.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Outside the organisation an attacker has the account to himself.',
  examples: [
    {
      name: 'it leaves',
      event: callEvent('organizations:LeaveOrganization'),
      matches: true,
    },
    {
      name: 'it is put out',
      event: callEvent('organizations:RemoveAccountFromOrganization', {
        request: { accountId: '210987654321' },
      }),
      matches: true,
    },
    {
      name: 'a policy is detached',
      event: callEvent('organizations:DetachPolicy', { request: { policyId: 'p-1234abcd' } }),
      matches: false,
    },
  ],
});
