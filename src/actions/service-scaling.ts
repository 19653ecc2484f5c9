/**
 * What Application Auto Scaling does by itself to an ECS service, and how it is suspended: otherwise it
 * scales out again what was scaled to zero.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-suspend-resume-scaling.html
 */
import type { SuspendedState } from '@aws-sdk/client-application-auto-scaling';
import type { Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { type InCluster, inCluster } from './ecs-names.ts';

/** The three ways in which Application Auto Scaling changes a service by itself. */
const ways = {
  in: 'DynamicScalingInSuspended',
  out: 'DynamicScalingOutSuspended',
  schedule: 'ScheduledScalingSuspended',
} as const satisfies Record<string, keyof SuspendedState>;
export type Way = keyof typeof ways;
export const allWays = Object.keys(ways).filter((way): way is Way => Object.hasOwn(ways, way));

const scalable = ({ cluster, name }: InCluster) =>
  ({
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: `service/${cluster}/${name}`,
  }) as const;

/** The ways that are suspended; undefined when Application Auto Scaling does not know the service. */
export const suspendedOf = async (
  place: InCluster,
  aws: Aws,
): Promise<readonly Way[] | undefined> => {
  const { ResourceId, ...which } = scalable(place);
  const { ScalableTargets } = await aws.call('application-autoscaling:DescribeScalableTargets', {
    ...which,
    ResourceIds: [ResourceId],
  });
  const target = ScalableTargets?.[0];
  return target && allWays.filter((way) => target.SuspendedState?.[ways[way]]);
};

export const scalingId = (id: string): string => `${id}/scaling`;

export const placeOf = ({ id }: Plan['target']): InCluster => {
  const place = inCluster(id);
  if (!place) throw new Error(`A plan to scale a service names a service of a cluster`);
  return place;
};

export const scalingRegister = (target: Plan['target']): Register => ({
  id: scalingId(target.id),
  title: `Suspend or resume the scaling of ${target.id}`,
  resource: `${target.account}/${target.region}/service/${target.id}`,
  undoable: true,
  read: async (aws) => (await suspendedOf(placeOf(target), aws)) ?? null,
  write: async (value, aws) => {
    if (!Array.isArray(value)) throw new Error('Suspended scaling is a list');
    await aws.call('application-autoscaling:RegisterScalableTarget', {
      ...scalable(placeOf(target)),
      SuspendedState: Object.fromEntries(allWays.map((way) => [ways[way], value.includes(way)])),
    });
  },
});
