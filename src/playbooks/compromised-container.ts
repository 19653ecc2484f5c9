import { definePlaybook } from './playbook.ts';
import { containInstance, nothingNew, stillInForce } from './shared-steps.ts';
import { each, roles } from './targets.ts';

export const compromisedContainer = definePlaybook({
  id: 'compromised-container',
  title: 'Compromised container',
  label: 'Playbook: container',
  situation: 'A container of ECS or EKS runs what it should not, or tries to get out to its host.',
  applies: {
    rules: ['container-escape', 'cluster-abuse', 'runtime-threat'],
    types: /:Kubernetes\/|:ECS|ECSCluster|EKS/,
    from: 'MEDIUM',
    resources: ['container', 'task', 'service', 'workload', 'cluster'],
  },
  steps: [
    {
      kind: 'action',
      id: 'scale-to-zero',
      phase: 'contain',
      action: 'scale-service-to-zero',
      on: each('service', 'each ECS service'),
    },
    {
      kind: 'action',
      id: 'stop-task',
      phase: 'contain',
      action: 'stop-task',
      on: each('task', 'each ECS task'),
      insteadOf: 'scale-to-zero',
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
      id: 'pod',
      phase: 'contain',
      title: 'If it is a pod: cut it off with kubectl',
      instructions: [
        'kubectl cordon NODE; kubectl label pod POD -n NAMESPACE cordon-quarantine=true; apply a NetworkPolicy that denies everything to that label.',
        'Delete the role bindings of its service account.',
        'For a task of ECS there is nothing to do here.',
      ],
    },
    ...containInstance,
    {
      kind: 'manual',
      id: 'keep-logs',
      phase: 'evidence',
      title: 'Keep its logs and image',
      instructions: [
        'kubectl logs POD -n NAMESPACE --all-containers, or the log group of the task; the digest of its image.',
      ],
    },
    {
      kind: 'manual',
      id: 'image',
      phase: 'eradicate',
      title: 'Find the way in',
      instructions: [
        'Scan the image by its digest; look for a library with a known weakness, an open dashboard or API, a mounted host path, a privileged container.',
      ],
    },
    {
      kind: 'manual',
      id: 'redeploy',
      phase: 'recover',
      title: 'Deploy a clean image',
      instructions: [
        'Build anew, pin by digest, drop privileges and host mounts, change the secrets it had; then undo here what was scaled down.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/EKS_Forensics.md',
    'https://docs.aws.amazon.com/guardduty/latest/ug/compromised-ecs.html',
  ],
});
