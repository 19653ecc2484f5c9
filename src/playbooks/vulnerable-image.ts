import { definePlaybook } from './playbook.ts';
import { each } from './targets.ts';

export const vulnerableImage = definePlaybook({
  id: 'vulnerable-image',
  title: 'Critical weakness in an image',
  label: 'Playbook: vulnerable image',
  situation: 'An image or a server has a weakness that can be used from outside.',
  applies: {
    rules: ['image-vulnerable', 'server-vulnerable', 'function-vulnerable', 'code-vulnerable'],
    from: 'CRITICAL',
    resources: ['image', 'instance', 'function'],
  },
  steps: [
    {
      kind: 'action',
      id: 'close-ports',
      phase: 'contain',
      action: 'revoke-world-open-ingress',
      on: each('security-group', 'each security group'),
    },
    {
      kind: 'manual',
      id: 'reachable',
      phase: 'contain',
      title: 'Decide whether it can be reached',
      instructions: [
        'Where does it run: aws ecs list-tasks, kubectl get pods -A -o wide, or the instance itself.',
        'If it is reachable from the internet and the weakness is known to be used: take it off the load balancer, or put a rule in front of it, until it is mended.',
      ],
    },
    {
      kind: 'manual',
      id: 'used',
      phase: 'evidence',
      title: 'Look whether it was used already',
      instructions: [
        'GuardDuty findings and logs of what runs it, since the day on which the weakness was published. If it was: start the playbook for a compromised container or instance.',
      ],
    },
    {
      kind: 'manual',
      id: 'mend',
      phase: 'eradicate',
      title: 'Build an image without it',
      instructions: [
        'Update the package that the finding names to the version that it names, build, scan again.',
      ],
    },
    {
      kind: 'manual',
      id: 'deploy',
      phase: 'recover',
      title: 'Deploy it everywhere',
      instructions: ['Deploy by digest; delete the old image, or stop it from being pulled.'],
    },
    {
      kind: 'manual',
      id: 'rescan',
      phase: 'verify',
      title: 'See that Inspector closes the finding',
      instructions: ['The finding becomes CLOSED when nothing runs the old version any more.'],
    },
  ],
  links: ['https://docs.aws.amazon.com/inspector/latest/user/findings-understanding.html'],
});
