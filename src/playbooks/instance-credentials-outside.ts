import { definePlaybook } from './playbook.ts';
import { nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';
import { instances, roles, sessions } from './targets.ts';

export const instanceCredentialsOutside = definePlaybook({
  id: 'instance-credentials-outside',
  title: 'Instance credentials used outside AWS',
  label: 'Playbook: server credentials',
  situation:
    'The credentials of a server’s role are used from an address that is not the server’s.',
  applies: {
    rules: ['stolen-instance-credentials', 'credentials-hunted'],
    types: /InstanceCredentialExfiltration|MetadataDNSRebind/,
    from: 'MEDIUM',
    resources: ['instance', 'role-session'],
  },
  steps: [
    {
      kind: 'action',
      id: 'cut-credentials',
      phase: 'contain',
      action: 'cut-instance-credentials',
      on: instances,
    },
    {
      kind: 'action',
      id: 'revoke-session',
      phase: 'contain',
      action: 'revoke-role-session',
      on: sessions,
      insteadOf: 'cut-credentials',
    },
    {
      kind: 'action',
      id: 'revoke-older-sessions',
      phase: 'contain',
      action: 'revoke-older-sessions',
      on: roles,
      insteadOf: 'cut-credentials',
    },
    {
      kind: 'action',
      id: 'capture',
      phase: 'evidence',
      action: 'capture-volatile-evidence',
      on: instances,
    },
    {
      kind: 'action',
      id: 'snapshot',
      phase: 'evidence',
      action: 'snapshot-volumes',
      on: instances,
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'require-tokens',
      phase: 'recover',
      title: 'Close the way to the metadata service',
      instructions: [
        'Find how they got out: most often a request that the application was made to send (SSRF), or a shell on INSTANCE.',
        'Require tokens: aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-tokens required --http-put-response-hop-limit 1',
        'When that is done, undo the cut here: the server gets its role back.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
  ],
});
