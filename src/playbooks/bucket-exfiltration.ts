import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';
import { buckets } from './targets.ts';

export const bucketExfiltration = definePlaybook({
  id: 'bucket-exfiltration',
  title: 'Data is taken from a bucket',
  label: 'Playbook: data taken',
  situation: 'A principal reads or copies a bucket in a way that it never did.',
  applies: {
    rules: ['bucket-data-taken'],
    types: /^(Exfiltration|Discovery|UnauthorizedAccess):S3\//,
    from: 'MEDIUM',
    resources: ['bucket'],
  },
  steps: [
    ...containPrincipal,
    {
      kind: 'action',
      id: 'quarantine',
      phase: 'contain',
      action: 'quarantine-bucket',
      on: buckets,
    },
    {
      kind: 'action',
      id: 'block',
      phase: 'contain',
      action: 'block-public-access',
      on: buckets,
      insteadOf: 'quarantine',
    },
    {
      kind: 'manual',
      id: 'what-was-read',
      phase: 'evidence',
      title: 'List what was read',
      instructions: [
        'From data events or server access logs of BUCKET: every GetObject and CopyObject of the principal, with keys and bytes.',
        'Keep the list with the case; whoever answers for the data needs it for notices that have a deadline.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'reopen',
      phase: 'recover',
      title: 'Open the bucket again for those who need it',
      instructions: [
        'Undo the quarantine here when the principal is clean, one step at a time.',
        'Turn on data events for BUCKET if they were off.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: ['https://docs.aws.amazon.com/guardduty/latest/ug/compromised-s3.html'],
});
