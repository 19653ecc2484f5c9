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
import type { Aws, EvidenceFolder } from './aws.ts';
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

const missing = 'not captured';
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
  return {
    kind: 'plan',
    action: captureVolatileEvidence.id,
    target,
    summary: `Capture what ${target.id} shows now: its screen, its console output and how AWS describes it.`,
    changes: captures.map(({ name, label }) => ({
      id: `${target.id}/${name}`,
      label: `${label} ${target.id}`,
      before: missing,
      after: kept,
    })),
    cannot: [
      ...limits,
      isolated
        ? 'Memory is not in it. The instance is isolated, so no agent on it can be reached any more.'
        : 'Memory, processes and connections are not in it: capture them with your own tools before it is isolated, for then no agent on it can be reached.',
    ],
    blastRadius: {
      class: 'this resource only',
      lines: ['The instance is not changed and does not notice.'],
    },
    reversible: { kind: 'no', because: 'nothing is changed in the account, and evidence stays.' },
    tier: captureVolatileEvidence.tier,
  };
};

const folderOf = ({ evidence }: Aws): EvidenceFolder => {
  if (!evidence) throw new Error('There is no evidence bucket to write to');
  return evidence;
};

/** One object: what, of whom, when, and AWS's answer without the wrapping of the SDK. */
const bodyOf = async ({ name, take }: Capture, target: Target, aws: Aws): Promise<string> => {
  const { $metadata: _, ...answer } = (await take(target.id, aws)) as {
    readonly $metadata?: object;
  };
  const { id: instance, account, region } = target;
  const capturedAt = new Date(aws.now()).toISOString();
  return JSON.stringify({ capture: name, instance, account, region, capturedAt, answer });
};

const captureOf = (change: Change, { target }: Plan): { capture: Capture; target: Target } => {
  const capture = captures.find(({ name }) => change.id === `${target.id}/${name}`);
  if (!capture || target.kind !== 'instance')
    throw new Error(`${captureVolatileEvidence.id} does not capture ${change.id}`);
  return { capture, target };
};

const register = (change: Change, planned: Plan): Register => {
  const { capture, target } = captureOf(change, planned);
  return {
    id: change.id,
    title: `Capture: ${change.label}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: false,
    stage: 'capture',
    read: async (aws) => ((await folderOf(aws).get(capture.name)) === undefined ? missing : kept),
    /** Written once: a retry finds what the first try kept, which is the earlier moment. */
    write: async (_value, aws) => {
      await folderOf(aws).put(capture.name, await bodyOf(capture, target, aws));
    },
  };
};

/** Reads every object back and says what it is known by. */
const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const folder = folderOf(aws);
  const lines = await Promise.all(
    planned.changes.map(async (change) => {
      const { capture } = captureOf(change, planned);
      const body = await folder.get(capture.name);
      if (body === undefined) return undefined;
      const digest = createHash('sha256').update(body).digest('hex');
      return `${folder.nameOf(capture.name)}: ${Buffer.byteLength(body)} bytes, SHA-256 ${digest}`;
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
  does: 'Keeps console output, a screenshot and the description of the instance in the evidence bucket, under object lock.',
  label: 'Capture what it shows',
  on: 'instance',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces'],
    execute: [
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:GetConsoleOutput',
      'ec2:GetConsoleScreenshot',
    ],
    verify: [],
    undo: [],
  },
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
