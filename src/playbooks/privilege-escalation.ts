import { definePlaybook } from './playbook.ts';
import { containPrincipal, nothingNew, removeFootholds, stillInForce } from './shared-steps.ts';

export const privilegeEscalation = definePlaybook({
  id: 'privilege-escalation',
  title: 'Privilege escalation',
  label: 'Playbook: escalation',
  situation: 'An identity gave itself or another more rights, or took a limit away.',
  applies: {
    rules: [
      'made-administrator',
      'boundary-removed',
      'mfa-removed',
      'role-trust-changed',
      'role-opened',
      'outside-sign-in-added',
      'organisation-policy-removed',
      'user-created',
      'key-created',
      'weak-password-policy',
    ],
    types: /^PrivilegeEscalation:IAMUser\/|^Persistence:IAMUser\//,
    from: 'MEDIUM',
    resources: ['access-key', 'user', 'role', 'role-session'],
  },
  steps: [
    ...containPrincipal,
    {
      kind: 'manual',
      id: 'take-rights-back',
      phase: 'eradicate',
      title: 'Take the rights back',
      instructions: [
        'Look at what was attached: aws iam list-attached-user-policies --user-name USER; aws iam list-user-policies --user-name USER',
        'Detach what was added, restore the boundary or trust policy from Config or from code, renew the second factor.',
        'Do it for the identity that received the rights too, if that is another one.',
      ],
    },
    removeFootholds,
    {
      kind: 'manual',
      id: 'close-path',
      phase: 'recover',
      title: 'Close the path',
      instructions: [
        'Find the right that made it possible (iam:PassRole, iam:CreatePolicyVersion, iam:AttachUserPolicy …) and take it away or bound it.',
        'Then undo the containment here, one identity at a time.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
});
