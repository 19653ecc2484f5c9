import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';

export const exposedAccessKey = definePlaybook({
  id: 'exposed-access-key',
  title: 'Access key exposed in public',
  label: 'Playbook: exposed key',
  situation: 'An access key was found in public; whether it was used is not known yet.',
  applies: {
    rules: ['key-exposed'],
    types: /^AWS_RISK_CREDENTIALS_/,
    from: 'MEDIUM',
    resources: ['access-key', 'user'],
  },
  steps: [
    ...containPrincipal,
    {
      kind: 'manual',
      id: 'unpublish',
      phase: 'eradicate',
      title: 'Take the key out of where it was found',
      instructions: [
        'AWS names the place in the Health event and in its mail: remove the file, then the history of it (git filter-repo), or delete the repository.',
        'It was copied within minutes: removing it does not make the key safe again.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'detach-quarantine',
      phase: 'recover',
      title: 'Answer AWS and take its own quarantine away',
      instructions: [
        'Delete the key: aws iam delete-access-key --user-name USER --access-key-id KEY',
        'AWS may have attached AWSCompromisedKeyQuarantineV3 to the user: detach it only when the key is deleted: aws iam detach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
        'Answer the support case that AWS opened.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html',
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/Compromised_IAM_Credentials.md',
  ],
});
