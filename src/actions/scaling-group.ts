/**
 * An instance in its Auto Scaling group. Standby takes it out of health checks and load balancers
 * and keeps it a member; the group starts a replacement, because its desired size stays.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-enter-exit-standby.html
 */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { ResourceOf } from '../findings/finding.ts';
import { type Change, type Plan, type Refusal, type Register, refuse } from './action.ts';
import type { Aws } from './aws.ts';

type Target = ResourceOf<'instance'>;

interface Member {
  readonly group: string;
  /** AWS's word: `InService`, `EnteringStandby` … */
  readonly state: string;
}

export interface ScalingFacts extends Member {
  readonly about: AutoScalingGroup | undefined;
}

const memberOf = async (instance: string, aws: Aws): Promise<Member | undefined> => {
  const { AutoScalingInstances } = await aws.call('autoscaling:DescribeAutoScalingInstances', {
    InstanceIds: [instance],
  });
  const found = AutoScalingInstances?.[0];
  return found?.AutoScalingGroupName
    ? { group: found.AutoScalingGroupName, state: found.LifecycleState ?? 'unknown' }
    : undefined;
};

/** Undefined for an instance that belongs to no group. */
export const scalingFacts = async (
  instance: string,
  aws: Aws,
): Promise<ScalingFacts | undefined> => {
  const member = await memberOf(instance, aws);
  if (!member) return undefined;
  const { AutoScalingGroups } = await aws.call('autoscaling:DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [member.group],
  });
  return { ...member, about: AutoScalingGroups?.[0] };
};

const standby = 'Standby';
const inService = 'InService';

/** On its way counts as there: the call was made. */
const headedFor: Readonly<Record<string, string>> = {
  EnteringStandby: standby,
  Pending: inService,
  'Pending:Wait': inService,
  'Pending:Proceed': inService,
};

const headed = (state: string): string => headedFor[state] ?? state;

export const refuseScaling = (
  target: Target,
  facts: ScalingFacts | undefined,
): Refusal<'wrong-state'> | undefined => {
  if (!facts || [inService, standby, 'EnteringStandby'].includes(facts.state)) return undefined;
  if (/^Terminat/.test(facts.state))
    return refuse(
      'wrong-state',
      `Auto Scaling is terminating ${target.id} (${facts.state}).`,
      'Snapshot its volumes at once, and suspend the process Terminate of its group so that no other is lost.',
    );
  return refuse(
    'wrong-state',
    `${target.id} is ${facts.state} in its Auto Scaling group, which takes only instances in service out into standby.`,
    'Plan again in half a minute. If it stays so, suspend the processes Terminate and ReplaceUnhealthy of its group, detach the instance from it, then plan again.',
  );
};

const suffix = '/auto-scaling';

export const scalingChange = (target: Target, facts: ScalingFacts): Change => ({
  id: target.id + suffix,
  label: `State of ${target.id} in its Auto Scaling group`,
  before: headed(facts.state),
  after: standby,
});

const write = async (instance: string, value: string, aws: Aws): Promise<void> => {
  const member = await memberOf(instance, aws);
  if (!member) throw new Error(`${instance} belongs to no Auto Scaling group any more`);
  const which = { AutoScalingGroupName: member.group, InstanceIds: [instance] };
  if (value === standby)
    await aws.call('autoscaling:EnterStandby', { ...which, ShouldDecrementDesiredCapacity: false });
  else if (value === inService) await aws.call('autoscaling:ExitStandby', which);
  else throw new Error(`An instance of a group cannot be made ${value}`);
};

/** Standby waits until load balancers have drained it. */
const settleSeconds = 360;

/** Undefined for the change of something else. */
export const scalingRegister = (
  change: Change,
  { target: { id, account, region } }: Plan,
): Register | undefined =>
  change.id === id + suffix
    ? {
        id: change.id,
        title: `Take ${id} out of service in its Auto Scaling group, or back`,
        resource: `${account}/${region}/${id}`,
        undoable: true,
        uses: [
          'autoscaling:DescribeAutoScalingInstances',
          'autoscaling:EnterStandby',
          'autoscaling:ExitStandby',
        ],
        read: async (aws) => headed((await memberOf(id, aws))?.state ?? 'no member'),
        write: (value, aws) => write(id, String(value), aws),
        settles: {
          withinSeconds: settleSeconds,
          atRest: async (aws) => headedFor[(await memberOf(id, aws))?.state ?? ''] === undefined,
        },
      }
    : undefined;

/** Names are other people's words: the lines may only be drawn as plain text. */
const longestName = 64;

/** What the group does without it. */
export const scalingReach = (instance: string, facts: ScalingFacts): readonly string[] => {
  const { about, group } = facts;
  const others = (about?.Instances ?? []).filter(
    (each) => each.InstanceId !== instance && each.LifecycleState === inService,
  );
  return [
    `It belongs to the Auto Scaling group "${group.slice(0, longestName)}" (at least ${about?.MinSize ?? '?'}, wanted ${about?.DesiredCapacity ?? '?'}, at most ${about?.MaxSize ?? '?'}): ${others.length} other${others.length === 1 ? ' stays' : 's stay'} in service, and the group starts a replacement from the same image.`,
  ];
};
