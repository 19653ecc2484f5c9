import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';
import { buckets, each } from './targets.ts';

export const storageRansom = definePlaybook({
  id: 'storage-ransom',
  title: 'Bucket or key held for ransom',
  label: 'Playbook: ransom',
  situation: 'Objects are deleted or encrypted anew, or a KMS key is disabled or to be deleted.',
  applies: {
    rules: ['encryption-key-lost', 'encryption-off'],
    types: /^Impact:S3\/|Impact:IAMUser\/|ObjectDelete|Ransom/,
    from: 'MEDIUM',
    resources: ['bucket', 'kms-key'],
  },
  steps: [
    ...containPrincipal,
    {
      kind: 'action',
      id: 'keep-key',
      phase: 'contain',
      action: 'restore-kms-key',
      on: each('kms-key', 'each KMS key'),
    },
    {
      kind: 'action',
      id: 'quarantine',
      phase: 'contain',
      action: 'quarantine-bucket',
      on: buckets,
    },
    {
      kind: 'manual',
      id: 'extent',
      phase: 'evidence',
      title: 'Find out what is lost',
      instructions: [
        'Deleted or overwritten: aws s3api list-object-versions --bucket BUCKET, if versioning is on; deletion markers can be removed.',
        'Encrypted with another account’s key or with a customer-provided key: aws s3api head-object on some objects shows it.',
        'Keep the note of the attacker; answer nothing.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'restore',
      phase: 'recover',
      title: 'Restore the data',
      instructions: [
        'From versions, replication or AWS Backup, into a new bucket, and compare it before it is used.',
        'Suspend lifecycle rules of BUCKET until then: aws s3api get-bucket-lifecycle-configuration --bucket BUCKET',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/Ransom_Response_S3.md',
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
  ],
});
