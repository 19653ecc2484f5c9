/**
 * The output of fixed commands on an instance, run by its SSM agent while that can be reached. Sending
 * them and what they said are two objects of the evidence bucket.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html
 */
import type { GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { commandSeconds, digestOf, evidenceDocument, isOurs } from './evidence-document.ts';
import { type Captured, folderOf, keep, missing } from './evidence-objects.ts';
import { interfacesOf, isQuarantined } from './network-interfaces.ts';

const suffix = '/commands';
/** Objects of the request's folder. */
const sent = 'commands-sent';
export const commandOutput = 'command-output';

const isNamed = (error: unknown, pattern: RegExp): boolean =>
  error instanceof Error && pattern.test(error.name);

/** Why the commands cannot run on this instance, or with which version of the document they can. */
export type CommandFacts =
  | { readonly kind: 'not'; readonly because: string }
  | { readonly kind: 'can'; readonly version: string; readonly digest: string };

const not = (because: string): CommandFacts => ({ kind: 'not', because });

const documentFacts = async (
  commands: readonly string[],
  region: string,
  aws: Aws,
): Promise<CommandFacts> => {
  const deploy = `Make it with \`npx cordon document\` (docs/install.md).`;
  try {
    const { Content = '', DocumentVersion = '' } = await aws.call('ssm:GetDocument', {
      Name: evidenceDocument,
      DocumentFormat: 'JSON',
    });
    return isOurs(Content, commands)
      ? { kind: 'can', version: DocumentVersion, digest: digestOf(Content) }
      : not(
          `the document ${evidenceDocument} in ${region} does not say what the configuration says. ${deploy}`,
        );
  } catch (error) {
    if (!isNamed(error, /^InvalidDocument$/)) throw error;
    return not(`the document ${evidenceDocument} is not in ${region}. ${deploy}`);
  }
};

/** Asked only where the configuration names commands. */
export const commandFacts = async (
  { id, region }: Plan['target'],
  commands: readonly string[],
  aws: Aws,
): Promise<CommandFacts> => {
  try {
    const [{ InstanceInformationList = [] }, document] = await Promise.all([
      aws.call('ssm:DescribeInstanceInformation', {
        Filters: [{ Key: 'InstanceIds', Values: [id] }],
      }),
      documentFacts(commands, region, aws),
    ]);
    const [agent] = InstanceInformationList;
    if (!agent)
      return not('SSM does not manage this instance: it has no agent, or no role for one.');
    if (agent.PingStatus !== 'Online')
      return not(`its SSM agent does not answer (${agent.PingStatus}).`);
    if (agent.PlatformType !== 'Linux')
      return not(`the commands are for Linux, and it runs ${agent.PlatformType}.`);
    return document;
  } catch (error) {
    if (!isNamed(error, /^AccessDenied/)) throw error;
    return not('the role to read with may not ask SSM: deploy the newest member role there.');
  }
};

const words = ({ version, digest }: Extract<CommandFacts, { kind: 'can' }>): string =>
  `captured with ${evidenceDocument} version ${version}, SHA-256 ${digest}`;
const pattern = /version (\S+), SHA-256 ([0-9a-f]{64})$/;

export const commandChange = (
  instance: string,
  facts: Extract<CommandFacts, { kind: 'can' }>,
): Change => ({
  id: instance + suffix,
  label: `Output of commands on ${instance}`,
  before: missing,
  after: words(facts),
});

/** A document's version never changes; that it is not another document of that name is looked at again. */
const send = async (instance: string, value: string, aws: Aws): Promise<object> => {
  const interfaces = await interfacesOf(instance, aws);
  if (interfaces.every(isQuarantined))
    return { NotRun: 'The instance was isolated before, so its agent could not be reached.' };
  const [, DocumentVersion, digest] = pattern.exec(value) ?? [];
  const { Content = '' } = await aws.call('ssm:GetDocument', {
    Name: evidenceDocument,
    DocumentVersion,
    DocumentFormat: 'JSON',
  });
  if (digestOf(Content) !== digest)
    throw new Error(`Version ${DocumentVersion} of ${evidenceDocument} is not what was planned`);
  return aws.call('ssm:SendCommand', {
    DocumentName: evidenceDocument,
    DocumentVersion,
    InstanceIds: [instance],
    TimeoutSeconds: commandSeconds,
    Comment: 'Cordon: volatile evidence',
  });
};

interface Sent extends Captured {
  readonly planned: string;
  readonly answer: { readonly Command?: { readonly CommandId?: string }; readonly NotRun?: string };
}

const readSent = async (aws: Aws): Promise<Sent | undefined> => {
  const body = await folderOf(aws).get(sent);
  return body === undefined ? undefined : JSON.parse(body);
};

const running = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

const invocation = async (
  InstanceId: string,
  CommandId: string,
  aws: Aws,
): Promise<GetCommandInvocationCommandOutput | undefined> => {
  try {
    const found = await aws.call('ssm:GetCommandInvocation', { CommandId, InstanceId });
    return running.includes(found.Status ?? '') ? undefined : found;
  } catch (error) {
    // AWS knows a command some time after it took it.
    if (isNamed(error, /^InvocationDoesNotExist$/)) return undefined;
    throw error;
  }
};

/** Keeps what the commands said, once they have ended; false while they run. */
const collect = async (target: Plan['target'], aws: Aws): Promise<boolean> => {
  if ((await folderOf(aws).get(commandOutput)) !== undefined) return true;
  const { answer } = (await readSent(aws)) ?? {};
  if (!answer) return false;
  const ended = answer.NotRun
    ? { Status: answer.NotRun }
    : await invocation(target.id, answer.Command?.CommandId ?? '', aws);
  if (!ended) return false;
  await keep({ name: commandOutput, target }, ended, aws);
  return true;
};

/** Undefined for the change of something else. */
export const commandRegister = (change: Change, { target }: Plan): Register | undefined =>
  change.id === target.id + suffix
    ? {
        id: change.id,
        title: `Run the commands on ${target.id}`,
        resource: `${target.account}/${target.region}/${target.id}`,
        undoable: false,
        read: async (aws) => (await readSent(aws))?.planned ?? missing,
        /** A retry between sending and writing that down runs them again: they only read. */
        write: async (value, aws) => {
          const answer = await send(target.id, String(value), aws);
          await keep({ name: sent, target, planned: String(value) }, answer, aws);
        },
        settles: {
          withinSeconds: 3 * commandSeconds,
          atRest: (aws) => collect(target, aws),
        },
      }
    : undefined;

/** How the commands ended, once they have: `Success`, or AWS's word for anything else. */
export const commandStatus = async (
  target: Plan['target'],
  aws: Aws,
): Promise<string | undefined> => {
  if (!(await collect(target, aws))) return undefined;
  const body = await folderOf(aws).get(commandOutput);
  return body === undefined ? undefined : String(JSON.parse(body).answer?.Status);
};

/** AWS's word for a run that came to its end. */
export const ran = 'Success';
