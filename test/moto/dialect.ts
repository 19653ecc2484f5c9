/**
 * Requests that AWS takes and moto 5.2.1 does not take in that form, put into one that it knows; what
 * it cannot filter is filtered here. Cordon itself sends what AWS documents.
 */
import type {
  ConnectionTrackingSpecificationRequest,
  DescribeInstancesCommandInput,
  DescribeInstancesCommandOutput,
  DescribeNetworkAclsCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  ModifyNetworkInterfaceAttributeCommandInput,
  ModifySnapshotAttributeCommandInput,
} from '@aws-sdk/client-ec2';
import type { OnClient } from '../../src/aws/sdk-client.ts';

type Next = (args: { readonly input: object }) => Promise<{ readonly output: object }>;

const profileFilter = 'iam-instance-profile.arn';

/** moto has no such filter and answers with a page of HTML. */
const describeInstances = async (next: Next, input: DescribeInstancesCommandInput) => {
  const wanted = input.Filters?.find(({ Name }) => Name === profileFilter)?.Values;
  if (!wanted) return next({ input });
  const Filters = input.Filters?.filter(({ Name }) => Name !== profileFilter);
  const { output } = await next({ input: { ...input, Filters } });
  const { Reservations = [] } = output as DescribeInstancesCommandOutput;
  const left = Reservations.map(({ Instances = [], ...about }) => ({
    ...about,
    Instances: Instances.filter(({ IamInstanceProfile }) =>
      wanted.includes(IamInstanceProfile?.Arn ?? ''),
    ),
  }));
  return { output: { ...output, Reservations: left } };
};

/** moto has no filter by id. */
const describeAcls = (next: Next, input: DescribeNetworkAclsCommandInput) => {
  const NetworkAclIds = input.Filters?.find(({ Name }) => Name === 'network-acl-id')?.Values;
  return next({ input: NetworkAclIds ? { NetworkAclIds } : input });
};

/** moto reads the older form of this call only, and takes the other without doing anything. */
const modifySnapshot = async (next: Next, input: ModifySnapshotAttributeCommandInput) => {
  const { CreateVolumePermission: { Add, Remove } = {}, ...about } = input;
  let answer: { readonly output: object } = { output: { $metadata: {} } };
  for (const [OperationType, permissions = []] of [
    ['add', Add],
    ['remove', Remove],
  ] as const) {
    if (permissions.length === 0) continue;
    const GroupNames = permissions.flatMap(({ Group }) => Group ?? []);
    const UserIds = permissions.flatMap(({ UserId }) => UserId ?? []);
    answer = await next({ input: { ...about, OperationType, GroupNames, UserIds } });
  }
  return answer;
};

/** By the interface, for all clients: moto takes the timeouts and forgets them. */
const timeouts = new Map<string, ConnectionTrackingSpecificationRequest>();

const modifyInterface = (next: Next, input: ModifyNetworkInterfaceAttributeCommandInput) => {
  const { NetworkInterfaceId = '', ConnectionTrackingSpecification } = input;
  if (!ConnectionTrackingSpecification) return next({ input });
  timeouts.set(NetworkInterfaceId, ConnectionTrackingSpecification);
  return { output: { $metadata: {} } };
};

const describeInterfaces = async (next: Next, input: object) => {
  const { output } = await next({ input });
  const { NetworkInterfaces = [] } = output as DescribeNetworkInterfacesCommandOutput;
  const whole = NetworkInterfaces.map((each) => {
    const ConnectionTrackingConfiguration = timeouts.get(each.NetworkInterfaceId ?? '');
    return ConnectionTrackingConfiguration ? { ...each, ConnectionTrackingConfiguration } : each;
  });
  return { output: { ...output, NetworkInterfaces: whole } };
};

/** By the name of the command. */
const translations: Readonly<
  Record<string, (next: Next, input: never) => ReturnType<Next> | { readonly output: object }>
> = {
  DescribeInstancesCommand: describeInstances,
  DescribeNetworkAclsCommand: describeAcls,
  DescribeNetworkInterfacesCommand: describeInterfaces,
  ModifyNetworkInterfaceAttributeCommand: modifyInterface,
  ModifySnapshotAttributeCommand: modifySnapshot,
};

export const dialect: OnClient = (client, service) => {
  if (service !== 'ec2') return;
  const middleware =
    (next: Next, { commandName = '' }: { readonly commandName?: string }): Next =>
    async ({ input }) => {
      const translate = translations[commandName];
      return translate ? translate(next, input as never) : next({ input });
    };
  const options = { step: 'initialize', priority: 'low', name: 'dialect' };
  client.middlewareStack.add(middleware as never, options as never);
};
