import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';

export const stolenAccessKey = definePlaybook({
  id: 'stolen-access-key',
  title: 'Stolen access key',
  label: 'Playbook: stolen key',
  situation: 'Somebody else uses a user’s access key or a session of a role.',
  applies: {
    rules: [
      'key-used-by-attacker',
      'attack-tools',
      'unusual-api-use',
      'lasting-session',
      'key-for-another-user',
      'console-password-set',
    ],
    types: /:IAMUser\//,
    from: 'MEDIUM',
    resources: ['access-key', 'user', 'role-session'],
  },
  steps: [
    ...containPrincipal,
    removeFootholds,
    {
      kind: 'manual',
      id: 'new-key',
      phase: 'recover',
      title: 'Give the owner a new way in',
      instructions: [
        'Ask the owner where the key was kept and how it got out; close that way first.',
        'Prefer a role, or Identity Center, to a key.',
        'If it has to be a key: aws iam create-access-key --user-name USER, after undoing the containment of the user; then aws iam delete-access-key --user-name USER --access-key-id KEY for the old one.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/Compromised_IAM_Credentials.md',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  ],
});
