import { definePlaybook } from './playbook.ts';
import { nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';
import { each, roles } from './targets.ts';

export const compromisedFunction = definePlaybook({
  id: 'compromised-function',
  title: 'Compromised Lambda function',
  label: 'Playbook: function',
  situation: 'A function talks to a bad address or behaves as if somebody else runs code in it.',
  applies: {
    rules: ['function-compromised', 'function-opened'],
    types: /:Lambda\//,
    from: 'MEDIUM',
    resources: ['function'],
  },
  steps: [
    {
      kind: 'action',
      id: 'stop',
      phase: 'contain',
      action: 'stop-function',
      on: each('function', 'each function'),
      required: true,
    },
    {
      kind: 'action',
      id: 'revoke-older-sessions',
      phase: 'contain',
      action: 'revoke-older-sessions',
      on: roles,
    },
    {
      kind: 'manual',
      id: 'keep-code',
      phase: 'evidence',
      title: 'Keep its code and configuration',
      instructions: [
        'aws lambda get-function --function-name FUNCTION > function.json; fetch the code from its Location within ten minutes.',
        'aws lambda get-policy --function-name FUNCTION; aws lambda list-event-source-mappings --function-name FUNCTION',
        'Revoke the older sessions of its role too if the case does not name it: it is in function.json.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'redeploy',
      phase: 'recover',
      title: 'Deploy it from clean code',
      instructions: [
        'Check layers and dependencies, change the secrets in its environment, deploy from the repository, then undo the stop here.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://docs.aws.amazon.com/guardduty/latest/ug/remediate-lambda-protection-finding-types.html',
  ],
});
