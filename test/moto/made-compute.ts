/** Functions, containers, users and roles in moto, as the example world has them. */
import {
  ApplicationAutoScalingClient,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { AttachVolumeCommand, CreateVolumeCommand } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateIPSetCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import type { Resource } from '../../src/findings/finding.ts';
import { account, asOwner, type Example, type Owner, region } from './seed.ts';

const where = { account, region } as const;

/** An empty archive: its end-of-central-directory record. */
const emptyZip = new Uint8Array([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]);

export const makeFunction = async (FunctionName: string): Promise<string> => {
  const { FunctionArn = '' } = await new LambdaClient(asOwner).send(
    new CreateFunctionCommand({
      FunctionName,
      Role: `arn:aws:iam::${account}:role/checkout-api`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { ZipFile: emptyZip },
    }),
  );
  return FunctionArn;
};

export const exampleFunction = async (): Promise<Resource> => {
  await makeFunction('resize-images');
  return { kind: 'function', id: 'resize-images', ...where };
};

const cluster = 'shop';

const inCluster = async (): Promise<ECSClient> => {
  const ecs = new ECSClient(asOwner);
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'checkout',
      containerDefinitions: [{ name: 'checkout', image: 'checkout:42', memory: 128 }],
    }),
  );
  return ecs;
};

export const exampleService = async (): Promise<Resource> => {
  const ecs = await inCluster();
  const serviceName = 'checkout';
  await ecs.send(
    new CreateServiceCommand({ cluster, serviceName, taskDefinition: 'checkout', desiredCount: 3 }),
  );
  await new ApplicationAutoScalingClient(asOwner).send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cluster}/${serviceName}`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 2,
      MaxCapacity: 12,
    }),
  );
  return { kind: 'service', id: `${cluster}/${serviceName}`, ...where };
};

export const exampleTask = async (): Promise<Resource> => {
  const ecs = await inCluster();
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({ cluster, taskDefinition: 'checkout', launchType: 'FARGATE' }),
  );
  const id = tasks[0]?.taskArn?.split('/').at(-1);
  return { kind: 'task', id: `${cluster}/${id}`, ...where };
};

export const exampleUser = async (_owner: Owner, { user }: Example): Promise<Resource> => ({
  kind: 'user',
  id: user,
  ...where,
});

export const exampleRole = async (): Promise<Resource> => ({
  kind: 'role',
  id: 'checkout-api',
  ...where,
});

export const exampleSession = async (_owner: Owner, { instance }: Example): Promise<Resource> => ({
  kind: 'role-session',
  id: `checkout-api/${instance}`,
  ...where,
});

export const exampleInstance = async (_owner: Owner, { instance }: Example): Promise<Resource> => ({
  kind: 'instance',
  id: instance,
  ...where,
});

/** With the second disk that the example has. */
export const instanceWithDisk = async (owner: Owner, example: Example): Promise<Resource> => {
  const { ec2 } = owner;
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 100 }),
  );
  await ec2.send(
    new AttachVolumeCommand({ VolumeId, InstanceId: example.instance, Device: '/dev/xvdb' }),
  );
  return exampleInstance(owner, example);
};

export const openGroup = async (_owner: Owner, { web }: Example): Promise<Resource> => ({
  kind: 'security-group',
  id: web,
  ...where,
});

/** An attacker's address on the instance, and the set of a web ACL that is there for Cordon. */
export const attacker = async (_owner: Owner, { instance }: Example): Promise<Resource> => {
  await new WAFV2Client(asOwner).send(
    new CreateIPSetCommand({
      Name: 'cordon-blocked-ipv4',
      Scope: 'REGIONAL',
      IPAddressVersion: 'IPV4',
      Addresses: ['198.51.100.99/32'],
    }),
  );
  return { kind: 'address', id: `${instance}/192.0.2.44`, ...where };
};
