import { definePlaybook } from './playbook.ts';
import { containPrincipal, stillInForce } from './shared-steps.ts';
import { each } from './targets.ts';

export const publicCopy = definePlaybook({
  id: 'public-copy',
  title: 'Public database or snapshot',
  label: 'Playbook: public copy',
  situation: 'A database, or a snapshot or image of one or of a server, is open to others.',
  applies: {
    rules: ['database-public', 'copy-public', 'copy-shared', 'copy-guard-removed'],
    from: 'MEDIUM',
    resources: ['database', 'database-snapshot', 'snapshot', 'image'],
  },
  steps: [
    {
      kind: 'action',
      id: 'database',
      phase: 'contain',
      action: 'make-database-private',
      on: each('database', 'each database'),
    },
    {
      kind: 'action',
      id: 'database-snapshot',
      phase: 'contain',
      action: 'unshare-database-snapshot',
      on: each('database-snapshot', 'each database snapshot'),
    },
    {
      kind: 'action',
      id: 'snapshot',
      phase: 'contain',
      action: 'unshare-snapshot',
      on: each('snapshot', 'each EBS snapshot'),
    },
    {
      kind: 'action',
      id: 'image',
      phase: 'contain',
      action: 'make-image-private',
      on: each('image', 'each machine image'),
    },
    ...containPrincipal,
    {
      kind: 'manual',
      id: 'copied',
      phase: 'evidence',
      title: 'Assume that it was copied',
      instructions: [
        'AWS tells nobody who copied a public snapshot: list what it held and since when it was open (aws cloudtrail lookup-events, ModifySnapshotAttribute, ModifyDBSnapshotAttribute, ModifyImageAttribute).',
        'For a database: its log of connections from outside since then.',
      ],
    },
    {
      kind: 'manual',
      id: 'secrets-inside',
      phase: 'eradicate',
      title: 'Change the secrets that it held',
      instructions: ['Passwords, keys and tokens in the copy are known now: change each of them.'],
    },
    {
      kind: 'manual',
      id: 'guard',
      phase: 'recover',
      title: 'Block public copies in the account',
      instructions: [
        'aws ec2 enable-snapshot-block-public-access --state block-all-sharing',
        'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing',
      ],
    },
    stillInForce,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/RDS_Public_Access.md',
    'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
  ],
});
