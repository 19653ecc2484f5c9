/**
 * Stops an EC2 instance: the surest cut, and the end of what was in its memory.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html
 */
import type { Instance } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Json,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import {
  exemptInstance,
  findInstance,
  instanceState,
  instanceTag,
  noInstance,
} from './find-instance.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'already-contained': 'It is stopped or stopping.',
  'wrong-state': 'It is only starting, or terminated.',
  'managed-by-aws': 'It belongs to an Auto Scaling group, which would replace and terminate it.',
  'not-supported': 'Its root device is an instance store, or it is a Spot Instance.',
  'not-permitted': 'It is protected against being stopped.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What is in memory cannot be looked at afterwards: capture it before, where it matters.',
  'Until the operating system has shut down, which can take minutes, what runs on it goes on.',
  'It is not locked: whoever may start instances can start it again.',
];

type Target = ResourceOf<'instance'>;

/** An instance that will not shut down is stopped the hard way by AWS; that takes minutes. */
const settleSeconds = 600;

const refuseState = (target: Target, instance: Instance): Refusal<Code> | undefined => {
  switch (instanceState(instance)) {
    case 'running':
      return undefined;
    case 'stopped':
    case 'stopping':
      return refuse(
        'already-contained',
        `${target.id} is ${instanceState(instance)}.`,
        'Nothing needs to be done. Snapshot its volumes before anybody starts it.',
      );
    case 'pending':
      return refuse(
        'wrong-state',
        `${target.id} is only starting: AWS stops running instances.`,
        'Plan again in half a minute, or isolate it, which works at once.',
      );
    default:
      return refuse(
        'wrong-state',
        `${target.id} is ${instanceState(instance)}: it does not run any more.`,
        'Revoke the sessions of its role and keep the snapshots of its volumes.',
      );
  }
};

const refuseKind = (target: Target, instance: Instance): Refusal<Code> | undefined => {
  if (instanceTag(instance, 'aws:autoscaling:groupName') !== undefined)
    return refuse(
      'managed-by-aws',
      `${target.id} belongs to an Auto Scaling group, which replaces and terminates what is stopped, and the evidence with it.`,
      'Snapshot its volumes and isolate it. To stop it all the same, put it into standby in its group first, or suspend the group’s process ReplaceUnhealthy, and do it in the console.',
    );
  if (instance.RootDeviceType === 'instance-store')
    return refuse(
      'not-supported',
      `The root device of ${target.id} is an instance store: such an instance can be terminated, not stopped.`,
      'Isolate it, and copy what you need from inside before anybody terminates it.',
    );
  if (instance.InstanceLifecycle === 'spot')
    return refuse(
      'not-supported',
      `${target.id} is a Spot Instance: one of a one-time request cannot be stopped, and AWS may end the other kind or start it again by itself.`,
      'Snapshot its volumes and isolate it. Cancel its Spot request so that no other takes its place.',
    );
  return undefined;
};

const refuseProtected = async (target: Target, aws: Aws): Promise<Refusal<Code> | undefined> => {
  const { DisableApiStop } = await aws.call('ec2:DescribeInstanceAttribute', {
    InstanceId: target.id,
    Attribute: 'disableApiStop',
  });
  return DisableApiStop?.Value
    ? refuse(
        'not-permitted',
        `${target.id} is protected against being stopped.`,
        'Ask its owner, switch stop protection off (`aws ec2 modify-instance-attribute --no-disable-api-stop`), then plan again. Isolating it works all the same.',
      )
    : undefined;
};

/** Addresses that AWS takes back at a stop: public, and not Elastic ones. */
const lostAddresses = (instance: Instance): readonly string[] =>
  (instance.NetworkInterfaces ?? []).flatMap(({ Association }) =>
    Association?.PublicIp && (Association.IpOwnerId ?? 'amazon') === 'amazon'
      ? [Association.PublicIp]
      : [],
  );

const lossesOf = (instance: Instance): string => {
  const addresses = lostAddresses(instance);
  return [
    'memory and whatever is on instance store volumes are lost for good',
    ...(addresses.length > 0
      ? [`${addresses.join(', ')} goes back to AWS, and start brings another public address`]
      : []),
  ].join('; ');
};

const describePlan = (target: Target, instance: Instance): Plan => ({
  kind: 'plan',
  action: stopInstance.id,
  target,
  summary: `Stop ${target.id}: nothing runs on it any more.`,
  changes: [
    {
      id: `${target.id}/state`,
      label: `State of ${target.id}`,
      before: 'running',
      after: 'stopped',
    },
  ],
  cannot: [
    ...limits,
    ...(instance.IamInstanceProfile
      ? ['Credentials of its role that were already taken keep working from anywhere.']
      : []),
  ],
  blastRadius: {
    class: 'this resource only',
    lines: [
      'Everything that runs on it stops. Load balancers and other systems that depend on it were not looked at.',
      ...lostAddresses(instance).map((ip) => `Whatever reaches it by ${ip} loses it.`),
    ],
  },
  reversible: { kind: 'partly', because: `${lossesOf(instance)}.` },
  tier: stopInstance.tier,
});

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const instance = await findInstance(target.id, aws);
  if (!instance) return noInstance(target);
  return (
    refuseState(target, instance) ??
    exemptInstance(target, instance, settings) ??
    refuseKind(target, instance) ??
    (await refuseProtected(target, aws)) ??
    describePlan(target, instance)
  );
};

/** On its way counts as there: the call was made, and `settles` and `verify` wait for its end. */
const headedFor: Readonly<Record<string, string>> = { stopping: 'stopped', pending: 'running' };

const write = async (id: string, value: Json, aws: Aws): Promise<void> => {
  if (value === 'stopped') await aws.call('ec2:StopInstances', { InstanceIds: [id] });
  else if (value === 'running') await aws.call('ec2:StartInstances', { InstanceIds: [id] });
  else throw new Error(`An instance cannot be made ${JSON.stringify(value)}`);
};

const stateRegister = ({ target: { id, account, region } }: Plan): Register => {
  const live = async (aws: Aws): Promise<string> => {
    const instance = await findInstance(id, aws);
    return instance ? instanceState(instance) : 'gone';
  };
  return {
    id: `${id}/state`,
    title: `Stop or start ${id}`,
    resource: `${account}/${region}/${id}`,
    undoable: true,
    read: async (aws) => {
      const state = await live(aws);
      return headedFor[state] ?? state;
    },
    write: (value, aws) => write(id, value, aws),
    settles: {
      withinSeconds: settleSeconds,
      atRest: async (aws) => headedFor[await live(aws)] === undefined,
    },
  };
};

const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const state = instanceState(await findInstance(target.id, aws));
  return state === 'stopped'
    ? { kind: 'verified', lines: [`AWS lists ${target.id} as stopped.`] }
    : { kind: 'not-verified', because: `AWS lists ${target.id} as ${state}` };
};

export const stopInstance = defineAction<Target, Code>({
  id: 'stop-instance',
  title: 'Stop EC2 instance',
  does: 'Stops the instance in the ordinary way.',
  label: 'Stop instance',
  on: 'instance',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['ec2:DescribeInstanceAttribute', 'ec2:DescribeInstances'],
    execute: ['ec2:DescribeInstances', 'ec2:StopInstances'],
    verify: ['ec2:DescribeInstances'],
    undo: ['ec2:DescribeInstances', 'ec2:StartInstances'],
  },
  reviewAfterHours: 4,
  expires: false,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => [stateRegister(planned)],
  verify,
  undoCannot: [
    'What was in memory and on instance store volumes is lost.',
    'A public address that is no Elastic IP address is another one.',
    'Whatever was on its disks runs again.',
  ],
  byHand: [
    'aws ec2 stop-instances --instance-ids INSTANCE',
    '# What is in its memory and on instance store is lost.',
  ],
});
