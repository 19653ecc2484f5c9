import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

/** The key that was made comes first (cloudtrail-resources.ts). */
const isForAnother = ({ resources, actors }: Finding): boolean => {
  const made = resources.find((resource) => resource.kind === 'access-key');
  return made?.user !== undefined && made.user !== actors[0]?.principal;
};

/** Access key was made for another user. */
export const keyForAnotherUser = defineRule({
  id: 'key-for-another-user',
  title: 'Access key was made for another user',
  attack: ['T1098.001'],
  when: (finding) => callOf(finding) === 'iam:CreateAccessKey' && isForAnother(finding),
  atRisk: 'Whoever made the key can act as that user and stay unnoticed.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'A key for somebody else is the usual way to stay in an account.',
  examples: [
    {
      name: 'for another user',
      event: callEvent('iam:CreateAccessKey', {
        request: { userName: 'backup' },
        response: {
          accessKey: { userName: 'backup', accessKeyId: 'AKIAI44QH8DHBEXAMPLE', status: 'Active' },
        },
      }),
      matches: true,
    },
    {
      name: 'for oneself',
      event: callEvent('iam:CreateAccessKey', {
        request: { userName: 'ci-deploy' },
        response: {
          accessKey: {
            userName: 'ci-deploy',
            accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
            status: 'Active',
          },
        },
      }),
      matches: false,
    },
  ],
});
