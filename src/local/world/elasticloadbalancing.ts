/**
 * The simulated load balancing: target groups and their targets.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
import type {
  DeregisterTargetsCommandInput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetHealthCommandInput,
  RegisterTargetsCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from './aws-error.ts';
import { drained, registered, targetsAt } from './elb-targets.ts';
import type { Target, TargetGroup } from './network-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const findGroup = ({ network }: Partition, arn: string | undefined): TargetGroup => {
  const group = network.targetGroups.get(arn ?? '');
  if (!group)
    throw new AwsError('TargetGroupNotFoundException', 'One or more target groups not found');
  return group;
};

const stateOf = ({ drainingUntil, unhealthy }: Target): string => {
  if (drainingUntil !== undefined) return 'draining';
  return unhealthy ? 'unhealthy' : 'healthy';
};

const zoned = (zone: string | undefined): { readonly AvailabilityZone?: string } =>
  zone ? { AvailabilityZone: zone } : {};

export const elasticLoadBalancingHandlers = {
  DescribeTargetGroups(input: DescribeTargetGroupsCommandInput, { partition }: Call) {
    const arns = input.TargetGroupArns ?? [...partition.network.targetGroups.keys()];
    return {
      TargetGroups: arns.map((arn) => {
        const { name, vpc, type } = findGroup(partition, arn);
        return { TargetGroupArn: arn, TargetGroupName: name, VpcId: vpc, TargetType: type };
      }),
    };
  },

  DescribeTargetHealth(input: DescribeTargetHealthCommandInput, { partition, world }: Call) {
    const targets = targetsAt(findGroup(partition, input.TargetGroupArn), world.now());
    return {
      TargetHealthDescriptions: targets.map((each) => ({
        Target: { Id: each.id, Port: each.port, ...zoned(each.zone) },
        TargetHealth: { State: stateOf(each) },
      })),
    };
  },

  DeregisterTargets(input: DeregisterTargetsCommandInput, { partition, world }: Call) {
    const { arn } = findGroup(partition, input.TargetGroupArn);
    for (const { Id = '', Port } of input.Targets ?? [])
      drained(partition, arn, Id, world.now(), Port);
    return {};
  },

  RegisterTargets(input: RegisterTargetsCommandInput, { partition }: Call) {
    const { arn, type } = findGroup(partition, input.TargetGroupArn);
    for (const { Id = '', Port, AvailabilityZone: zone } of input.Targets ?? []) {
      if (type === 'instance' && partition.instances.get(Id)?.state !== 'running')
        throw new AwsError(
          'InvalidTargetException',
          `The following targets are not in a running state and cannot be registered: '${Id}'`,
        );
      registered(partition, arn, {
        id: Id,
        ...(Port === undefined ? {} : { port: Port }),
        ...(zone ? { zone } : {}),
      });
    }
    return {};
  },
} satisfies Handlers;
