/**
 * The simulated Systems Manager: agents on instances, documents, and commands that take a while.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
 */
import type {
  DescribeInstanceInformationCommandInput,
  GetCommandInvocationCommandInput,
  GetDocumentCommandInput,
  SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { AwsError } from './aws-error.ts';
import { isReachable } from './ec2-connections.ts';
import type { SsmCommand } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const runsMs = 4000;
/** AWS keeps no more of what a command says. */
const mostCharacters = 24_000;

const findDocument = (
  { services }: Partition,
  name: string | undefined,
  wanted: string | undefined,
): { readonly content: string; readonly version: string } => {
  const versions = services.ssm.documents.get(name ?? '') ?? [];
  const version = wanted ?? `${versions.length}`;
  const content = versions[Number(version) - 1];
  if (content === undefined)
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  return { content, version };
};

const answers = (partition: Partition, instance: string): boolean =>
  partition.instances.get(instance)?.state === 'running' && isReachable(partition, instance);

const outputOf = ({ content, instance }: SsmCommand): string =>
  (JSON.parse(content).mainSteps?.[0]?.inputs?.runCommand ?? [])
    .map((line: string) => `simulated output of ${line} on ${instance}\n`)
    .join('')
    .slice(0, mostCharacters);

/** Cut off while it runs, an agent never says how it ended. */
const invocationOf = (command: SsmCommand, partition: Partition, now: number) => {
  if (now < command.sentAt + runsMs) return { Status: 'InProgress' as const };
  return answers(partition, command.instance)
    ? { Status: 'Success' as const, ResponseCode: 0, StandardOutputContent: outputOf(command) }
    : { Status: 'TimedOut' as const, ResponseCode: -1, StandardOutputContent: '' };
};

export const ssmHandlers = {
  DescribeInstanceInformation(input: DescribeInstanceInformationCommandInput, { partition }: Call) {
    const [filter, ...more] = input.Filters ?? [];
    if (filter?.Key !== 'InstanceIds' || more.length > 0)
      throw new AwsError(
        'NotImplementedBySimulator',
        'The simulated SSM knows the filter InstanceIds only: add others in src/local/world/ssm.ts',
        501,
      );
    return {
      InstanceInformationList: [...partition.services.ssm.agents]
        .filter(([id]) => filter.Values?.includes(id))
        .map(([InstanceId, PlatformType]) => ({
          InstanceId,
          PlatformType,
          PingStatus: answers(partition, InstanceId) ? 'Online' : 'ConnectionLost',
        })),
    };
  },

  GetDocument(input: GetDocumentCommandInput, { partition }: Call) {
    const { content, version } = findDocument(partition, input.Name, input.DocumentVersion);
    return { Name: input.Name, DocumentVersion: version, Content: content, Status: 'Active' };
  },

  SendCommand(input: SendCommandCommandInput, { partition, world }: Call) {
    const { content } = findDocument(partition, input.DocumentName, input.DocumentVersion);
    const [instance = ''] = input.InstanceIds ?? [];
    const { agents, commands } = partition.services.ssm;
    if (!agents.has(instance))
      throw new AwsError('InvalidInstanceId', 'Instances not in a valid state for account');
    const id = world.nextId('command');
    commands.set(id, { id, instance, content, sentAt: world.now() });
    return { Command: { CommandId: id, InstanceIds: [instance], Status: 'Pending' } };
  },

  GetCommandInvocation(input: GetCommandInvocationCommandInput, { partition, world }: Call) {
    const command = partition.services.ssm.commands.get(input.CommandId ?? '');
    if (!command || command.instance !== input.InstanceId)
      throw new AwsError(
        'InvocationDoesNotExist',
        'The command ID and managed node ID you specified did not match any invocations.',
      );
    return {
      CommandId: command.id,
      InstanceId: command.instance,
      ...invocationOf(command, partition, world.now()),
    };
  },
} satisfies Handlers;
