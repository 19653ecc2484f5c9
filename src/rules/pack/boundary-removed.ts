import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set(['iam:DeleteUserPermissionsBoundary', 'iam:DeleteRolePermissionsBoundary']);

/** Limit on the rights of a user or role was removed. */
export const boundaryRemoved = defineRule({
  id: 'boundary-removed',
  title: 'Limit on the rights of a user or role was removed',
  attack: ['T1098.003'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The identity may now do what its boundary kept it from.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Removing the boundary is a known step towards more rights.',
  examples: [
    {
      name: 'of a role',
      event: callEvent('iam:DeleteRolePermissionsBoundary', { request: { roleName: 'job' } }),
      matches: true,
    },
    {
      name: 'a trust policy',
      event: callEvent('iam:UpdateAssumeRolePolicy', {
        request: { roleName: 'job', policyDocument: '' },
      }),
      matches: false,
    },
  ],
});
