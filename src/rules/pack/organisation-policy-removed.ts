import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'organizations:DetachPolicy',
  'organizations:DeletePolicy',
  'organizations:DisablePolicyType',
]);

/** Policy of the organisation was taken away. */
export const organisationPolicyRemoved = defineRule({
  id: 'organisation-policy-removed',
  title: 'Policy of the organisation was taken away',
  attack: ['T1666', 'T1562'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Accounts may now do what the policy forbade.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'These policies are the outermost guard and change rarely.',
  examples: [
    {
      name: 'detached',
      event: callEvent('organizations:DetachPolicy', { request: { policyId: 'p-1234abcd' } }),
      matches: true,
    },
    {
      name: 'an account leaves',
      event: callEvent('organizations:LeaveOrganization'),
      matches: false,
    },
  ],
});
