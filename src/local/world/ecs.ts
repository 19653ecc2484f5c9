/**
 * The simulated ECS, with the part of Application Auto Scaling that changes its services: tasks
 * take a while to end, and a service replaces a task that is stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
 */
import type {
  DescribeScalableTargetsCommandInput,
  RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import type {
  DescribeServicesCommandInput,
  DescribeTasksCommandInput,
  StopTaskCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { AwsError } from './aws-error.ts';
import type { EcsService, EcsTask } from './service-state.ts';
import type { Partition, Tags } from './state.ts';
import type { Call, Handlers } from './world.ts';

const stopMs = 30_000;

const arn = ({ account, region }: Partition, rest: string): string =>
  `arn:aws:ecs:${region}:${account}:${rest}`;

const lastPart = (named: string): string => named.split('/').at(-1) ?? named;

const tagList = (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ key, value }));

const knownCluster = ({ services: { tasks, services } }: Partition, cluster: string): void => {
  const all = [...tasks.values(), ...services.values()];
  if (!all.some((each) => each.cluster === cluster))
    throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
};

const settle = (one: EcsTask | EcsService, now: number): void => {
  if (!one.becoming || one.becoming.at > now) return;
  if ('running' in one) one.running = Number(one.becoming.to);
  else one.status = 'STOPPED';
  delete one.becoming;
};

const viewTask = (partition: Partition, task: EcsTask) => ({
  taskArn: arn(partition, `task/${task.cluster}/${task.id}`),
  clusterArn: arn(partition, `cluster/${task.cluster}`),
  group: task.group,
  startedBy: task.group.startsWith('service:') ? 'ecs-svc/1234567890123456789' : 'ci-deploy',
  launchType: task.launchType,
  lastStatus: task.status === 'STOPPING' ? 'DEACTIVATING' : task.status,
  desiredStatus: task.status === 'RUNNING' ? 'RUNNING' : 'STOPPED',
  containers: [{ name: 'app', image: task.image }],
  tags: tagList(task.tags),
  ...(task.launchType === 'EC2'
    ? { containerInstanceArn: arn(partition, `container-instance/${task.cluster}/0123`) }
    : {}),
});

const viewService = (partition: Partition, service: EcsService) => ({
  serviceArn: arn(partition, `service/${service.cluster}/${service.name}`),
  serviceName: service.name,
  status: service.status,
  schedulingStrategy: service.strategy,
  launchType: service.launchType,
  desiredCount: service.desired,
  runningCount: service.running,
  tags: tagList(service.tags),
  loadBalancers: service.targetGroup ? [{ targetGroupArn: service.targetGroup }] : [],
});

const missing = (partition: Partition, rest: string) => ({
  arn: arn(partition, rest),
  reason: 'MISSING',
});

const findService = ({ partition, world }: Call, cluster: string, named: string): EcsService => {
  const found = partition.services.services.get(`${cluster}/${lastPart(named)}`);
  if (!found) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  settle(found, world.now());
  return found;
};

export const ecsHandlers = {
  DescribeTasks({ cluster = 'default', tasks = [] }: DescribeTasksCommandInput, call: Call) {
    const { partition, world } = call;
    knownCluster(partition, lastPart(cluster));
    const ids = tasks.map((each) => `${lastPart(cluster)}/${lastPart(each)}`);
    const found = ids.flatMap((id) => partition.services.tasks.get(id) ?? []);
    for (const task of found) settle(task, world.now());
    return {
      tasks: found.map((task) => viewTask(partition, task)),
      failures: ids
        .filter((id) => !partition.services.tasks.has(id))
        .map((id) => missing(partition, `task/${id}`)),
    };
  },

  StopTask({ cluster = 'default', task: named = '' }: StopTaskCommandInput, call: Call) {
    const { partition, world } = call;
    knownCluster(partition, lastPart(cluster));
    const task = partition.services.tasks.get(`${lastPart(cluster)}/${lastPart(named)}`);
    if (!task)
      throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
    if (task.status === 'RUNNING') {
      task.status = 'STOPPING';
      task.becoming = { to: 'STOPPED', at: world.now() + stopMs };
      replace(call, task);
    }
    return { task: viewTask(partition, task) };
  },

  DescribeServices(
    { cluster = 'default', services = [] }: DescribeServicesCommandInput,
    { partition, world }: Call,
  ) {
    knownCluster(partition, lastPart(cluster));
    const ids = services.map((each) => `${lastPart(cluster)}/${lastPart(each)}`);
    const found = ids.flatMap((id) => partition.services.services.get(id) ?? []);
    for (const service of found) settle(service, world.now());
    return {
      services: found.map((service) => viewService(partition, service)),
      failures: ids
        .filter((id) => !partition.services.services.has(id))
        .map((id) => missing(partition, `service/${id}`)),
    };
  },

  UpdateService(input: UpdateServiceCommandInput, call: Call) {
    const service = findService(call, lastPart(input.cluster ?? 'default'), input.service ?? '');
    if (service.status !== 'ACTIVE')
      throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
    if (service.strategy === 'DAEMON')
      throw new AwsError(
        'InvalidParameterException',
        'The daemon scheduling strategy does not support a desired count.',
      );
    const { desiredCount: wanted } = input;
    if (wanted !== undefined && wanted !== service.desired) {
      service.desired = wanted;
      service.becoming = { to: wanted, at: call.world.now() + stopMs };
    }
    return { service: viewService(call.partition, service) };
  },
} satisfies Handlers;

/** A service wants as many tasks as before. */
const replace = ({ partition, world }: Call, task: EcsTask): void => {
  const service = task.group.startsWith('service:') ? task.group.slice('service:'.length) : '';
  const owner = partition.services.services.get(`${task.cluster}/${service}`);
  if (!owner || owner.desired === 0) return;
  const id = world.nextId('task').replace('task-', '');
  const next: EcsTask = { ...task, id, status: 'RUNNING' };
  delete next.becoming;
  partition.services.tasks.set(`${task.cluster}/${id}`, next);
};

/** `service/cluster/name`. */
const scaled = ({ services }: Partition, resource: string): EcsService | undefined =>
  services.services.get(resource.replace(/^service\//, ''));

const suspensions = [
  'DynamicScalingInSuspended',
  'DynamicScalingOutSuspended',
  'ScheduledScalingSuspended',
] as const;

export const scalingHandlers = {
  DescribeScalableTargets(input: DescribeScalableTargetsCommandInput, { partition }: Call) {
    return {
      ScalableTargets: (input.ResourceIds ?? []).flatMap((ResourceId) => {
        const scaling = scaled(partition, ResourceId)?.scaling;
        if (!scaling) return [];
        return [
          {
            ServiceNamespace: 'ecs',
            ScalableDimension: 'ecs:service:DesiredCount',
            ResourceId,
            MinCapacity: scaling.minimum,
            MaxCapacity: scaling.maximum,
            SuspendedState: Object.fromEntries(
              suspensions.map((each) => [each, scaling.suspended.includes(each)]),
            ),
          },
        ];
      }),
    };
  },

  /** Only for services that are scaled already: it changes what is suspended. */
  RegisterScalableTarget(input: RegisterScalableTargetCommandInput, { partition }: Call) {
    const scaling = scaled(partition, input.ResourceId ?? '')?.scaling;
    if (!scaling)
      throw new AwsError(
        'ValidationException',
        'MinCapacity and MaxCapacity are required for a new scalable target',
      );
    const { SuspendedState = {} } = input;
    scaling.suspended = suspensions.filter(
      (each) => SuspendedState[each] ?? scaling.suspended.includes(each),
    );
    return {};
  },
} satisfies Handlers;
