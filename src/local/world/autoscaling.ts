/**
 * The simulated Auto Scaling: standby and its replacement, and what a group does by itself with a
 * member that fails its health check. Termination protection does not stop it.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-enter-exit-standby.html
 */
import type {
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingInstancesCommandInput,
  EnterStandbyCommandInput,
  ExitStandbyCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from './aws-error.ts';
import { drained, registered } from './elb-targets.ts';
import type { ScalingGroup } from './network-state.ts';
import type { Instance, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const standbyMs = 20_000;
const inServiceMs = 20_000;
/** From the first failed health check to the end. */
const unhealthyMs = 90_000;

type Scaling = NonNullable<Instance['scaling']>;

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

const findGroup = ({ network }: Partition, name: string | undefined): ScalingGroup => {
  const group = network.scalingGroups.get(name ?? '');
  if (!group) throw invalid('AutoScalingGroup name not found - null');
  return group;
};

const membersOf = ({ instances }: Partition, group: string): readonly Instance[] =>
  [...instances.values()].filter((each) => each.scaling?.group === group);

const members = (
  partition: Partition,
  group: ScalingGroup,
  ids: readonly string[],
  state: string,
): readonly (Instance & { scaling: Scaling })[] =>
  ids.map((id) => {
    const instance = partition.instances.get(id);
    const scaling = instance?.scaling;
    if (!instance || scaling?.group !== group.name)
      throw invalid(`The instance ${id} is not part of Auto Scaling group ${group.name}.`);
    if (scaling.state !== state)
      throw invalid(`The instance ${id} is not in ${state}. It is in ${scaling.state}.`);
    return Object.assign(instance, { scaling });
  });

/** From the same image, with the groups that the member has now. */
const replacement = (like: Instance, { partition, world }: Call): void => {
  const id = world.nextId('i');
  partition.instances.set(id, {
    ...like,
    id,
    tags: { ...like.tags },
    terminationProtected: false,
    scaling: { group: like.scaling?.group ?? '', state: 'InService' },
  });
  const primary = [...partition.interfaces.values()].find(
    ({ instance, deviceIndex }) => instance === like.id && deviceIndex === 0,
  );
  if (!primary) return;
  const { publicIp: _, groupsSince: __, ...about } = primary;
  const eni = world.nextId('eni');
  partition.interfaces.set(eni, { ...about, id: eni, instance: id, ip: '10.0.1.99', ipv6: [] });
};

const health = (partition: Partition, { id }: Instance): string =>
  isCut(partition, id) ? 'Unhealthy' : 'Healthy';

/** Nothing reaches it: its health check cannot either. */
const isCut = ({ interfaces, groups }: Partition, instance: string): boolean => {
  const own = [...interfaces.values()].filter((each) => each.instance === instance);
  return (
    own.length > 0 &&
    own.every((each) => each.groups.every((id) => groups.get(id)?.ingress.length === 0))
  );
};

/** Lets happen what was due by now: standby reached, service taken up, unhealthy members ended. */
export const settleScaling = (partition: Partition, now: number): void => {
  for (const instance of partition.instances.values()) {
    const { scaling } = instance;
    if (!scaling) continue;
    if (scaling.next && scaling.next.at <= now)
      instance.scaling = { group: scaling.group, state: scaling.next.state };
    if (instance.scaling?.state !== 'InService' || instance.next) continue;
    if (instance.state !== 'running' || !isCut(partition, instance.id)) continue;
    instance.scaling = { group: scaling.group, state: 'Terminating' };
    instance.next = { state: 'terminated', at: now + unhealthyMs };
  }
};

export const autoScalingHandlers = {
  DescribeAutoScalingInstances(
    input: DescribeAutoScalingInstancesCommandInput,
    { partition }: Call,
  ) {
    const wanted = [...partition.instances.values()].filter(
      ({ id, state }) => (input.InstanceIds ?? [id]).includes(id) && state !== 'terminated',
    );
    return {
      AutoScalingInstances: wanted.flatMap((each) =>
        each.scaling
          ? [
              {
                InstanceId: each.id,
                AutoScalingGroupName: each.scaling.group,
                LifecycleState: each.scaling.state,
                HealthStatus: health(partition, each),
              },
            ]
          : [],
      ),
    };
  },

  DescribeAutoScalingGroups(input: DescribeAutoScalingGroupsCommandInput, { partition }: Call) {
    const names = input.AutoScalingGroupNames ?? [...partition.network.scalingGroups.keys()];
    return {
      AutoScalingGroups: names.flatMap((name) => {
        const group = partition.network.scalingGroups.get(name);
        return group
          ? [
              {
                AutoScalingGroupName: group.name,
                MinSize: group.min,
                MaxSize: group.max,
                DesiredCapacity: group.desired,
                TargetGroupARNs: [...group.targetGroups],
                Instances: membersOf(partition, group.name)
                  .filter(({ state }) => state !== 'terminated')
                  .map((each) => ({
                    InstanceId: each.id,
                    LifecycleState: each.scaling?.state,
                    HealthStatus: health(partition, each),
                  })),
              },
            ]
          : [];
      }),
    };
  },

  EnterStandby(input: EnterStandbyCommandInput, call: Call) {
    const { partition, world } = call;
    const group = findGroup(partition, input.AutoScalingGroupName);
    const found = members(partition, group, input.InstanceIds ?? [], 'InService');
    const fewer = input.ShouldDecrementDesiredCapacity === true;
    if (fewer && group.desired - found.length < group.min)
      throw invalid(
        `AutoScalingGroup ${group.name} has min-size=${group.min}, max-size=${group.max}, and desired-size=${group.desired}. To place into standby ${found.length} instance, please update the AutoScalingGroup sizes appropriately.`,
      );
    if (fewer) group.desired -= found.length;
    for (const instance of found) {
      const at = world.now() + standbyMs;
      instance.scaling = {
        group: group.name,
        state: 'EnteringStandby',
        next: { state: 'Standby', at },
      };
      for (const arn of group.targetGroups) drained(partition, arn, instance.id, world.now());
      if (!fewer) replacement(instance, call);
    }
    return { Activities: [] };
  },

  ExitStandby(input: ExitStandbyCommandInput, { partition, world }: Call) {
    const group = findGroup(partition, input.AutoScalingGroupName);
    const found = members(partition, group, input.InstanceIds ?? [], 'Standby');
    for (const instance of found) {
      const at = world.now() + inServiceMs;
      instance.scaling = { group: group.name, state: 'Pending', next: { state: 'InService', at } };
      for (const arn of group.targetGroups) registered(partition, arn, { id: instance.id });
      group.desired += 1;
    }
    return { Activities: [] };
  },
} satisfies Handlers;
