/**
 * Stops all tasks of an ECS service and keeps them stopped: its scaling is suspended where
 * Application Auto Scaling has a hold of it, then its desired count becomes 0.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-suspend-resume-scaling.html
 */
import type { Service } from '@aws-sdk/client-ecs';
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
import { type InCluster, inCluster } from './ecs-names.ts';
import { refuseExempt, refuseOwn } from './off-limits.ts';
import {
  allWays,
  placeOf,
  scalingId,
  scalingRegister,
  suspendedOf,
  type Way,
} from './service-scaling.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such service in the account and Region.',
  'wrong-state': 'It is being deleted.',
  'not-supported': 'It is a daemon, which has no desired count.',
  'already-contained': 'It is at zero, and none of its tasks runs.',
  exempt: 'It carries the exempt tag.',
  'own-resource': 'It is one of Cordon’s own.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Tasks get up to two minutes to end, and work on in that time.',
  'What is in the memory and on the own disks of its tasks is lost.',
  'Credentials of its task role that were taken keep working: revoke the older sessions of that role.',
  'A deployment, or whoever may change the service, can scale it up again: it is read back, and you are told.',
];

type Target = ResourceOf<'service'>;

const settleSeconds = 600;

const find = async ({ cluster, name }: InCluster, aws: Aws): Promise<Service | undefined> => {
  const answer = await unlessNamed(
    ['ClusterNotFoundException', 'InvalidParameterException'],
    aws.call('ecs:DescribeServices', { cluster, services: [name], include: ['TAGS'] }),
  );
  return answer?.services?.[0];
};

const noService = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no service ${id} in account ${account}, region ${region}.`,
    'It was deleted, or the finding names another account or Region. Tasks that run without a service are stopped one by one.',
  );

const refuseService = (
  { id }: Target,
  service: Service,
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  if (service.status !== 'ACTIVE')
    return refuse(
      'wrong-state',
      `The service ${id} is ${service.status}: it is being deleted.`,
      'Stop its remaining tasks one by one.',
    );
  if (service.schedulingStrategy === 'DAEMON')
    return refuse(
      'not-supported',
      `${id} is a daemon: it runs one task on each host and has no desired count.`,
      'Give it a placement constraint that no host meets (`aws ecs update-service --placement-constraints`), or isolate the hosts.',
    );
  if (service.desiredCount === 0 && service.runningCount === 0)
    return refuse(
      'already-contained',
      `The service ${id} is scaled to zero: none of its tasks runs.`,
      'Look at its image and its task role before anybody scales it up.',
    );
  return (
    refuseOwn(
      `The service ${id}`,
      service.serviceName ?? '',
      'scale it down in the ECS console, with a break-glass role.',
    ) ??
    refuseExempt(
      `The service ${id}`,
      (service.tags ?? []).map(({ key }) => key),
      settings,
    )
  );
};

const countId = (id: string): string => `${id}/desired-count`;

const changesOf = (
  id: string,
  { desiredCount = 0 }: Service,
  suspended: readonly Way[] | undefined,
): readonly Change[] => [
  ...(suspended
    ? [
        {
          id: scalingId(id),
          label: `Suspended scaling of ${id}`,
          before: suspended,
          after: allWays,
        },
      ]
    : []),
  { id: countId(id), label: `Desired count of ${id}`, before: desiredCount, after: 0 },
];

const describePlan = (
  target: Target,
  service: Service,
  suspended: readonly Way[] | undefined,
): Plan => ({
  kind: 'plan',
  action: scaleServiceToZero.id,
  target,
  summary: `Scale the service ${target.id} to zero: all its tasks stop.`,
  changes: changesOf(target.id, service, suspended),
  cannot: [
    ...limits,
    ...(service.launchType === 'EC2'
      ? ['Its hosts are not touched: if a container broke out, isolate the instance.']
      : []),
  ],
  blastRadius: {
    class: 'shared with others',
    lines: [
      `${service.runningCount ?? 0} tasks run now, and nobody is served any more.`,
      ...(service.loadBalancers ?? []).map(
        ({ targetGroupArn, loadBalancerName }) =>
          `Out of the load balancer: ${targetGroupArn?.split(':').at(-1) ?? loadBalancerName}.`,
      ),
    ],
  },
  reversible: {
    kind: 'partly',
    because: 'new tasks are started from the same definition; what was in the old ones is lost.',
  },
  tier: scaleServiceToZero.tier,
});

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const place = inCluster(target.id);
  if (!place) return noService(target);
  const [service, suspended] = await Promise.all([find(place, aws), suspendedOf(place, aws)]);
  if (!service) return noService(target);
  return refuseService(target, service, settings) ?? describePlan(target, service, suspended);
};

const countRegister = (target: Plan['target']): Register => {
  const place = placeOf(target);
  return {
    id: countId(target.id),
    title: `Set the desired count of ${target.id}`,
    resource: `${target.account}/${target.region}/service/${target.id}`,
    undoable: true,
    read: async (aws) => (await find(place, aws))?.desiredCount ?? null,
    write: async (value, aws) => {
      if (typeof value !== 'number') throw new Error(`A desired count is a number, not ${value}`);
      await aws.call('ecs:UpdateService', {
        cluster: place.cluster,
        service: place.name,
        desiredCount: value,
      });
    },
    /** Only the way down is waited for: new tasks may take as long as they like. */
    settles: {
      withinSeconds: settleSeconds,
      atRest: async (aws) => {
        const service = await find(place, aws);
        return (service?.desiredCount ?? 0) > 0 || (service?.runningCount ?? 0) === 0;
      },
    },
  };
};

const registers = ({ target, changes }: Plan): readonly Register[] =>
  changes.map(({ id }) =>
    id === scalingId(target.id) ? scalingRegister(target) : countRegister(target),
  );

const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const service = await find(placeOf(target), aws);
  const { desiredCount = 0, runningCount = 0 } = service ?? {};
  if (desiredCount > 0)
    return {
      kind: 'not-verified',
      because: `The desired count of ${target.id} is ${desiredCount}: somebody scaled it up`,
    };
  return runningCount === 0
    ? { kind: 'verified', lines: [`No task of ${target.id} runs, and none is wanted.`] }
    : { kind: 'not-verified', because: `${runningCount} tasks of ${target.id} still run` };
};

export const scaleServiceToZero = defineAction<Target, Code>({
  id: 'scale-service-to-zero',
  title: 'Scale ECS service to zero',
  does: 'Suspends what scales the service by itself, then sets its desired count to 0.',
  label: 'Scale service to zero',
  on: 'service',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['application-autoscaling:DescribeScalableTargets', 'ecs:DescribeServices'],
    execute: [
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:RegisterScalableTarget',
      'ecs:DescribeServices',
      'ecs:UpdateService',
    ],
    verify: ['ecs:DescribeServices'],
    undo: [
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:RegisterScalableTarget',
      'ecs:DescribeServices',
      'ecs:UpdateService',
    ],
  },
  reviewAfterHours: 4,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: ({ id }) => inCluster(id) !== undefined,
  plan,
  registers,
  verify,
  undoCannot: ['The tasks are new ones: what was in the old ones is lost.'],
  byHand: [
    "aws ecs describe-services --cluster CLUSTER --services SERVICE --query 'services[].desiredCount'",
    '# Write the count down: undo needs it.',
    'aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/CLUSTER/SERVICE --suspended-state DynamicScalingInSuspended=true,DynamicScalingOutSuspended=true,ScheduledScalingSuspended=true',
    'aws ecs update-service --cluster CLUSTER --service SERVICE --desired-count 0',
  ],
});
