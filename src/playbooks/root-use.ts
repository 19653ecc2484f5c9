import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds } from './shared-steps.ts';

export const rootUse = definePlaybook({
  id: 'root-use',
  title: 'Root user was used',
  label: 'Playbook: root use',
  situation: 'The root user signed in or made calls; nothing in the account can limit it.',
  applies: {
    rules: ['root-call', 'root-session', 'root-sign-in', 'root-user'],
    types: /RootCredentialUsage/,
    from: 'MEDIUM',
    resources: ['account', 'access-key', 'user'],
  },
  steps: [
    {
      kind: 'manual',
      id: 'ask',
      phase: 'contain',
      title: 'Ask whoever holds the root password whether it was them',
      instructions: [
        'By phone, not by the mail address of the account: that one may be taken.',
        'If it was them: note why, and resolve the case as benign.',
        'If not: sign in as root of ACCOUNT, change the password and its mail address’s password, and sign every session out.',
        'If you are locked out: the form “aws account support” of AWS Support takes requests without a sign-in.',
      ],
    },
    {
      kind: 'manual',
      id: 'root-keys',
      phase: 'contain',
      title: 'Delete every root key and renew its second factor',
      instructions: [
        'As root, under Security credentials: delete access keys, remove unknown devices, add your own.',
        'With centralized root access, from the management account: aws iam enable-organizations-root-credentials-management, then delete the root credentials of ACCOUNT.',
      ],
    },
    ...containPrincipal,
    {
      ...removeFootholds,
      needs: ['ask'],
    },
    {
      kind: 'manual',
      id: 'contacts',
      phase: 'recover',
      title: 'Check what only root can change',
      instructions: [
        'Contacts, mail address, support plan and payment of ACCOUNT: aws account get-contact-information --account-id ACCOUNT',
        'If this account must be stopped as a whole, use “Quarantine account” on the card: it takes two approvers.',
      ],
    },
    nothingNew,
  ],
  links: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
});
