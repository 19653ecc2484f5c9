import { definePlaybook } from './playbook.ts';
import { stillInForce } from './shared-steps.ts';
import { buckets, keys } from './targets.ts';

export const unneededAccess = definePlaybook({
  id: 'unneeded-access',
  title: 'Unused or external access',
  label: 'Playbook: unneeded access',
  situation: 'Access Analyzer found access that nobody uses, or that reaches outside.',
  applies: {
    rules: ['unused-key', 'unused-access', 'resource-public', 'resource-shared'],
    from: 'LOW',
    resources: ['access-key', 'bucket', 'role', 'user'],
  },
  steps: [
    {
      kind: 'manual',
      id: 'ask',
      phase: 'contain',
      title: 'Ask the owner whether it is needed',
      instructions: [
        'Who owns it is in its tags, or in who made it: aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=RESOURCE',
        'If it is needed: archive the finding with the reason, and leave the rest out.',
      ],
    },
    {
      kind: 'action',
      id: 'deactivate-key',
      phase: 'contain',
      action: 'deactivate-access-key',
      on: keys,
      needs: ['ask'],
    },
    {
      kind: 'action',
      id: 'block',
      phase: 'contain',
      action: 'block-public-access',
      on: buckets,
      needs: ['ask'],
    },
    {
      kind: 'manual',
      id: 'remove',
      phase: 'eradicate',
      title: 'Remove it for good, after a week',
      instructions: [
        'A key: aws iam delete-access-key --user-name USER --access-key-id KEY. A role: delete it when its last use stays old. A right: take it out of the policy that grants it.',
      ],
    },
    stillInForce,
  ],
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings-remediate.html',
  ],
});
