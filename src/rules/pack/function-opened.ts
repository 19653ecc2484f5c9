import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';

const calls = new Set([
  'lambda:AddPermission',
  'lambda:CreateFunctionUrlConfig',
  'lambda:UpdateFunctionUrlConfig',
]);

/** Function can be called from outside the account. */
export const functionOpened = defineRule({
  id: 'function-opened',
  title: 'Function can be called from outside the account',
  attack: ['T1648', 'T1098'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Somebody outside can run the code with the rights of the function.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Opening a function is a quiet way to come back.',
  examples: [
    {
      name: 'a permission for everybody',
      event: callEvent('lambda:AddPermission20150331v2', {
        request: { functionName: 'resize-images', principal: '*', action: 'lambda:InvokeFunction' },
      }),
      matches: true,
    },
    {
      name: 'an address without credentials',
      event: callEvent('lambda:CreateFunctionUrlConfig', {
        request: { functionName: 'resize-images', authType: 'NONE' },
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
