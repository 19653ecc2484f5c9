import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';

const calls = new Set([
  'kms:PutKeyPolicy',
  'secretsmanager:PutResourcePolicy',
  'ecr:SetRepositoryPolicy',
]);

/** Key, secret or image repository was opened to others. */
export const secretOpened = defineRule({
  id: 'secret-opened',
  title: 'Key, secret or image repository was opened to others',
  attack: ['T1098', 'T1552'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Somebody outside may decrypt, read or pull what it guards.',
  actions: [
    'rotate-secret',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Its policy now lets in another account or everybody.',
  examples: [
    {
      name: 'a key policy',
      event: callEvent('kms:PutKeyPolicy', {
        request: {
          keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
          policy: policyText({ Principal: '*', Action: 'kms:*' }),
        },
      }),
      matches: true,
    },
    {
      name: "a secret's policy",
      event: callEvent('secretsmanager:PutResourcePolicy', {
        request: {
          secretId: 'orders-password',
          resourcePolicy: policyText({
            Principal: { AWS: '210987654321' },
            Action: 'secretsmanager:GetSecretValue',
          }),
        },
      }),
      matches: true,
    },
    {
      name: 'a key that is disabled',
      event: callEvent('kms:DisableKey', {
        request: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
      }),
      matches: false,
    },
  ],
});
