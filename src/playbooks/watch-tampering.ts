import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';
import { each } from './targets.ts';

export const watchTampering = definePlaybook({
  id: 'watch-tampering',
  title: 'Trail or detector tampered with',
  label: 'Playbook: blinded',
  situation: 'CloudTrail, GuardDuty, Config or flow logs were stopped or record less.',
  applies: {
    rules: [
      'logging-turned-off',
      'trail-stopped',
      'trail-changed',
      'detection-off',
      'recorder-off',
      'network-log-off',
      'model-log-off',
    ],
    types: /^Stealth:/,
    from: 'MEDIUM',
    resources: ['trail', 'detector', 'recorder', 'access-key', 'user', 'role-session'],
  },
  steps: [
    {
      kind: 'action',
      id: 'trail',
      phase: 'contain',
      action: 'restore-trail-logging',
      on: each('trail', 'each trail'),
    },
    {
      kind: 'action',
      id: 'detector',
      phase: 'contain',
      action: 'restore-detector',
      on: each('detector', 'each detector'),
    },
    {
      kind: 'action',
      id: 'recorder',
      phase: 'contain',
      action: 'restore-recorder',
      on: each('recorder', 'each recorder'),
    },
    ...containPrincipal,
    {
      kind: 'manual',
      id: 'blind-time',
      phase: 'evidence',
      title: 'Look at the time without a record',
      instructions: [
        'Event history keeps management events of 90 days whatever a trail does: aws cloudtrail lookup-events --start-time STOPPED --end-time NOW',
        'Data events and flow logs of that time do not exist: write down from when to when.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'guard',
      phase: 'recover',
      title: 'Make it impossible to repeat',
      instructions: [
        'Deny cloudtrail:StopLogging, cloudtrail:DeleteTrail, cloudtrail:UpdateTrail, guardduty:UpdateDetector, guardduty:DeleteDetector and config:StopConfigurationRecorder by a policy of the organisation.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html',
  ],
});
