import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'iam:CreateSAMLProvider',
  'iam:UpdateSAMLProvider',
  'iam:CreateOpenIDConnectProvider',
  'rolesanywhere:CreateTrustAnchor',
  'rolesanywhere:CreateProfile',
]);

/** New way to sign in from outside was added. */
export const outsideSignInAdded = defineRule({
  id: 'outside-sign-in-added',
  title: 'New way to sign in from outside was added',
  attack: ['T1484.002'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Whoever runs the other side decides who gets in here.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Identity providers and certificate authorities are added rarely and by few people.',
  examples: [
    {
      name: 'an identity provider',
      event: callEvent('iam:CreateSAMLProvider', { request: { name: 'corporate' } }),
      matches: true,
    },
    {
      name: 'a certificate authority',
      event: callEvent('rolesanywhere:CreateTrustAnchor', { request: { name: 'anchor' } }),
      matches: true,
    },
    {
      name: 'a new user',
      event: callEvent('iam:CreateUser', { request: { userName: 'backup' } }),
      matches: false,
    },
  ],
});
