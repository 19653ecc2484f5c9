import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, stillInForce } from './shared-steps.ts';
import { each } from './targets.ts';

export const leakedSecret = definePlaybook({
  id: 'leaked-secret',
  title: 'Leaked secret',
  label: 'Playbook: leaked secret',
  situation: 'A secret was opened to others or read by somebody who should not.',
  applies: {
    rules: ['secret-opened'],
    types: /SecretsManager|GetSecretValue|PutResourcePolicy/,
    from: 'MEDIUM',
    resources: ['secret'],
  },
  steps: [
    ...containPrincipal,
    {
      kind: 'action',
      id: 'rotate',
      phase: 'contain',
      action: 'rotate-secret',
      on: each('secret', 'each secret'),
    },
    {
      kind: 'manual',
      id: 'who-read',
      phase: 'evidence',
      title: 'Find out who read it and where it was used',
      instructions: [
        'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue',
        'The log of the service that the secret opens: sign-ins since the leak from addresses you do not know.',
      ],
    },
    {
      kind: 'manual',
      id: 'resource-policy',
      phase: 'eradicate',
      title: 'Take the open policy away',
      instructions: [
        'aws secretsmanager get-resource-policy --secret-id SECRET; write it back without the outside principal, or delete it: aws secretsmanager delete-resource-policy --secret-id SECRET',
      ],
    },
    {
      kind: 'manual',
      id: 'clients',
      phase: 'recover',
      title: 'See that its clients have the new value',
      instructions: [
        'Deploy or restart what reads SECRET only at start; look at its errors for ten minutes.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html'],
});
