/** Scenarios about functions, tasks and pods that somebody else runs his code in. */
import { compromisedServer, guardDutyEvent, type Story } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const account = '123456789012';
const region = 'eu-west-1';

/** `end` tells the stories apart: the last digits of the finding's id. */
const about = (
  end: string,
  story: Pick<Story, 'type' | 'title' | 'description' | 'resource'>,
): Story => ({ ...compromisedServer, ...story, id: `66f4ce8b6085c4b03c7c9c6c988c${end}` });

const sends = (words: Omit<Scenario, 'run'>, story: Story): Scenario => ({
  ...words,
  run: async (world) => {
    await world.events([guardDutyEvent(story, world.clock.now())]);
  },
});

export const compromisedFunction = sends(
  {
    id: 'compromised-function',
    title: 'A function calls a control server',
    description:
      'resize-images talks to a command and control server. Stop the function: its concurrency becomes 0.',
  },
  about('0001', {
    type: 'Backdoor:Lambda/C&CActivity.B',
    title: 'Command and Control server IP address queried by Lambda function resize-images.',
    description: 'The Lambda function resize-images queries a known Command & Control server.',
    resource: { resourceType: 'Lambda', lambdaDetails: { functionName: 'resize-images' } },
  }),
);

const cluster = `arn:aws:ecs:${region}:${account}:cluster/shop`;

export const miningTask = sends(
  {
    id: 'mining-task',
    title: 'A container mines cryptocurrency',
    description:
      'A task of the service checkout mines. Stop the task; where its image is the way in, scale the service to zero.',
  },
  about('0002', {
    type: 'CryptoCurrency:Runtime/BitcoinTool.B!DNS',
    title: 'A task of the ECS cluster shop queries a domain that mines Bitcoin.',
    description: 'A container of the task queries a domain of a mining pool.',
    resource: {
      resourceType: 'ECSCluster',
      ecsClusterDetails: {
        name: 'shop',
        arn: cluster,
        status: 'ACTIVE',
        taskDetails: {
          arn: `arn:aws:ecs:${region}:${account}:task/shop/0123456789abcdef0123456789abcdef`,
          group: 'service:checkout',
          containers: [
            { name: 'checkout', image: `${account}.dkr.ecr.${region}.amazonaws.com/checkout:42` },
          ],
        },
      },
    },
  }),
);

export const privilegedPod = sends(
  {
    id: 'privileged-pod',
    title: 'A pod gets more rights than it should',
    description:
      'A privileged container is launched in the cluster shop. Cordon changes nothing in Kubernetes: it answers with the commands.',
  },
  about('0003', {
    type: 'PrivilegeEscalation:Kubernetes/PrivilegedContainer',
    title: 'A privileged container was launched on the EKS cluster shop.',
    description: 'A container with root level access was launched in the pod checkout-7d9f.',
    resource: {
      resourceType: 'EKSCluster',
      eksClusterDetails: { name: 'shop', arn: `arn:aws:eks:${region}:${account}:cluster/shop` },
      kubernetesDetails: {
        kubernetesUserDetails: { username: 'ci' },
        kubernetesWorkloadDetails: {
          name: 'checkout-7d9f',
          type: 'pods',
          namespace: 'shop',
          containers: [],
        },
      },
    },
  }),
);
