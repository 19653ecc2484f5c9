/**
 * Keeps what an EC2 instance shows now and would not show later: how AWS describes it, its console
 * output and a picture of its screen. Each is one object of the evidence bucket, known by its SHA-256.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshoot-unreachable-instance.html
 */
import { createHash } from 'node:crypto';
import type { Instance } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import {
  type CommandFacts,
  commandChange,
  commandFacts,
  commandOutput,
  commandRegister,
  commandStatus,
  ran,
} from './captured-commands.ts';
import { folderOf, keep, missing } from './evidence-objects.ts';
import { exemptInstance, findInstance, instanceState, noInstance } from './find-instance.ts';
import { interfacesOf, isQuarantined } from './network-interfaces.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'wrong-state': 'It is terminated or being so.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It contains nothing: the instance and whoever is on it go on.',
  'What is on the console was written by whoever controls the instance.',
];

type Target = ResourceOf<'instance'>;

/** One thing that is captured, in the order in which it is. */
interface Capture {
  /** The object's name in the request's folder. */
  readonly name: string;
  readonly label: string;
  readonly take: (instance: string, aws: Aws) => Promise<object>;
}

/** Types before Nitro know no newest output: what AWS has kept is taken instead. */
const consoleOutput = async (InstanceId: string, aws: Aws): Promise<object> => {
  try {
    return await aws.call('ec2:GetConsoleOutput', { InstanceId, Latest: true });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'UnsupportedOperation')) throw error;
    return aws.call('ec2:GetConsoleOutput', { InstanceId });
  }
};

/** Some types have no screen: that too is written down. */
const screenshot = async (InstanceId: string, aws: Aws): Promise<object> => {
  try {
    return await aws.call('ec2:GetConsoleScreenshot', { InstanceId, WakeUp: false });
  } catch (error) {
    const none = ['UnsupportedOperation', 'InvalidParameterCombination'];
    if (!(error instanceof Error && none.includes(error.name))) throw error;
    return { NotTaken: `${error.name}: ${error.message}` };
  }
};

const description = async (InstanceId: string, aws: Aws): Promise<object> => {
  const [instance, interfaces] = await Promise.all([
    aws.call('ec2:DescribeInstances', { InstanceIds: [InstanceId] }),
    interfacesOf(InstanceId, aws),
  ]);
  return { Reservations: instance.Reservations, NetworkInterfaces: interfaces };
};

const captures: readonly Capture[] = [
  { name: 'screenshot', label: 'Picture of the screen of', take: screenshot },
  { name: 'console-output', label: 'Console output of', take: consoleOutput },
  { name: 'description', label: 'Description of', take: description },
];

const kept = 'captured';

const refuseInstance = (
  target: Target,
  instance: Instance,
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  const state = instanceState(instance);
  return state === 'running'
    ? exemptInstance(target, instance, settings)
    : refuse(
        'wrong-state',
        `${target.id} is ${state}: it shows nothing any more.`,
        'Snapshot its volumes. Look in CloudTrail for what happened before.',
      );
};

const notCaptured = (isolated: boolean, facts: CommandFacts | undefined): string => {
  if (isolated)
    return 'Memory is not in it. The instance is isolated, so no agent on it can be reached any more.';
  if (facts?.kind === 'can')
    return 'Memory is not in it, and of what the commands say AWS keeps the first 24,000 characters. What runs on the instance can lie to them. They run only while it is not isolated.';
  const ownTools =
    'Memory, processes and connections are not in it: capture them with your own tools before it is isolated, for then no agent on it can be reached.';
  return facts ? `${ownTools} The configured commands are left out: ${facts.because}` : ownTools;
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [instance, interfaces] = await Promise.all([
    findInstance(target.id, aws),
    interfacesOf(target.id, aws),
  ]);
  if (!instance) return noInstance(target);
  const refusal = refuseInstance(target, instance, settings);
  if (refusal) return refusal;
  const isolated = interfaces.length > 0 && interfaces.every(isQuarantined);
  const commands = settings.evidence?.commands ?? [];
  const facts =
    isolated || commands.length === 0 ? undefined : await commandFacts(target, commands, aws);
  return {
    kind: 'plan',
    action: captureVolatileEvidence.id,
    target,
    summary: `Capture what ${target.id} shows now: its screen, its console output and how AWS describes it.`,
    changes: [
      ...captures.map(({ name, label }) => ({
        id: `${target.id}/${name}`,
        label: `${label} ${target.id}`,
        before: missing,
        after: kept,
      })),
      ...(facts?.kind === 'can' ? [commandChange(target.id, facts)] : []),
    ],
    cannot: [...limits, notCaptured(isolated, facts)],
    blastRadius: {
      class: 'this resource only',
      lines: [
        facts?.kind === 'can'
          ? `Its SSM agent runs these commands as root, and whoever is on it can see that: ${commands.join(' · ')}`
          : 'The instance is not changed and does not notice.',
      ],
    },
    reversible: { kind: 'no', because: 'nothing is changed in the account, and evidence stays.' },
    tier: captureVolatileEvidence.tier,
  };
};

const captureOf = (change: Change, { target }: Plan): { capture: Capture; target: Target } => {
  const capture = captures.find(({ name }) => change.id === `${target.id}/${name}`);
  if (!capture || target.kind !== 'instance')
    throw new Error(`${captureVolatileEvidence.id} does not capture ${change.id}`);
  return { capture, target };
};

const register = (change: Change, planned: Plan): Register => {
  const command = commandRegister(change, planned);
  if (command) return { ...command, stage: 'capture' };
  const { capture, target } = captureOf(change, planned);
  return {
    id: change.id,
    title: `Capture: ${change.label}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: false,
    stage: 'capture',
    read: async (aws) => ((await folderOf(aws).get(capture.name)) === undefined ? missing : kept),
    write: async (_value, aws) =>
      keep({ name: capture.name, target }, await capture.take(target.id, aws), aws),
  };
};

/** Reads every object back and says what it is known by. */
const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const folder = folderOf(aws);
  const commanded = planned.changes.some((change) => commandRegister(change, planned));
  const status = commanded ? await commandStatus(planned.target, aws) : undefined;
  if (commanded && status === undefined)
    return { kind: 'not-verified', because: 'the commands have not ended yet' };
  const names = planned.changes.map((change) =>
    commandRegister(change, planned) ? commandOutput : captureOf(change, planned).capture.name,
  );
  const lines = await Promise.all(
    names.map(async (name) => {
      const body = await folder.get(name);
      if (body === undefined) return undefined;
      const digest = createHash('sha256').update(body).digest('hex');
      const ended = name === commandOutput && status !== ran ? ` The commands: ${status}` : '';
      return `${folder.nameOf(name)}: ${Buffer.byteLength(body)} bytes, SHA-256 ${digest}.${ended}`;
    }),
  );
  const found = lines.filter((line) => line !== undefined);
  return found.length === planned.changes.length
    ? { kind: 'verified', lines: found }
    : {
        kind: 'not-verified',
        because: `${planned.changes.length - found.length} of ${planned.changes.length} captures are not in the evidence bucket`,
      };
};

export const captureVolatileEvidence = defineAction<Target, Code>({
  id: 'capture-volatile-evidence',
  title: 'Capture volatile evidence',
  does: 'Keeps console output, a screenshot and the description of the instance in the evidence bucket, under object lock. Where `evidence.commands` in the configuration names commands and SSM reaches the instance, their output too.',
  label: 'Capture what it shows',
  on: 'instance',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: [
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ssm:DescribeInstanceInformation',
      'ssm:GetDocument',
    ],
    execute: [
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:GetConsoleOutput',
      'ec2:GetConsoleScreenshot',
      'ssm:GetDocument',
      'ssm:SendCommand',
    ],
    verify: ['ssm:GetCommandInvocation'],
    undo: [],
  },
  lasting: true,
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['isolate-instance'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => planned.changes.map((change) => register(change, planned)),
  verify,
  undoCannot: ['The captures stay: evidence is not undone.'],
  byHand: [
    'aws ec2 get-console-output --instance-id INSTANCE --latest --output text > console.txt',
    'aws ec2 get-console-screenshot --instance-id INSTANCE --query ImageData --output text | base64 -d > screen.jpg',
    'aws ec2 describe-instances --instance-ids INSTANCE > instance.json',
    'sha256sum console.txt screen.jpg instance.json > SHA256SUMS',
  ],
});
