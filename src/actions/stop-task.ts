/**
 * Stops one task of ECS. A task that belongs to a service is replaced at once.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
 */
import type { Task } from '@aws-sdk/client-ecs';
import type { ResourceOf } from '../findings/finding.ts';
import {
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
import { inCluster } from './ecs-names.ts';
import { refuseExempt, refuseOwn } from './off-limits.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such task, or no such cluster, in the account and Region.',
  'already-contained': 'It is stopped or stopping.',
  exempt: 'It carries the exempt tag.',
  'own-resource': 'It is one of Cordon’s own.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What is in its memory and on its own disk is lost: copy what you need before.',
  'Credentials of its task role that were taken keep working: revoke the older sessions of that role.',
];

type Target = ResourceOf<'task'>;

/** A container gets 30 seconds to end, up to 120 where its definition says so. */
const settleSeconds = 300;

const find = async (id: string, aws: Aws): Promise<Task | undefined> => {
  const place = inCluster(id);
  if (!place) return undefined;
  const answer = await unlessNamed(
    ['ClusterNotFoundException', 'InvalidParameterException'],
    aws.call('ecs:DescribeTasks', {
      cluster: place.cluster,
      tasks: [place.name],
      include: ['TAGS'],
    }),
  );
  return answer?.tasks?.[0];
};

const noTask = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no task ${id} in account ${account}, region ${region}.`,
    'ECS forgets a stopped task after about an hour: what it did is in its logs. If a service made it, look at the task that took its place.',
  );

const isStopped = ({ desiredStatus, lastStatus }: Task): boolean =>
  desiredStatus === 'STOPPED' || lastStatus === 'STOPPED';

/** `checkout` of `service:checkout`. */
const serviceOf = ({ group = '' }: Task): string | undefined => /^service:(.+)$/.exec(group)?.[1];

const describePlan = (target: Target, task: Task): Plan => {
  const service = serviceOf(task);
  return {
    kind: 'plan',
    action: stopTask.id,
    target,
    summary: `Stop the task ${target.id}.`,
    changes: [
      {
        id: `${target.id}/state`,
        label: `State of the task ${target.id}`,
        before: 'running',
        after: 'stopped',
      },
    ],
    cannot: [
      ...(service
        ? [
            `The service ${service} starts another task in its place, from the same image: if that is the way in, scale the service to zero.`,
          ]
        : []),
      ...limits,
      ...(task.containerInstanceArn
        ? ['Its host is not touched: if the container broke out, isolate the instance.']
        : []),
    ],
    blastRadius: {
      class: 'this resource only',
      lines: [
        service
          ? `It is one of the tasks of the service ${service}.`
          : `It was started by hand or by another service (${task.startedBy ?? 'unknown'}), and nothing replaces it.`,
        ...(task.containers ?? []).slice(0, 6).map(({ name, image }) => `${name}: ${image}`),
      ],
    },
    reversible: {
      kind: 'no',
      because: 'a stopped task does not start again; another one is run from its definition.',
    },
    tier: stopTask.tier,
  };
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const task = await find(target.id, aws);
  if (!task) return noTask(target);
  if (isStopped(task))
    return refuse(
      'already-contained',
      `The task ${target.id} is ${task.lastStatus === 'STOPPED' ? 'stopped' : 'being stopped'}.`,
      'Look at the task that took its place, and revoke the older sessions of its task role.',
    );
  return (
    refuseOwn(
      `The task ${target.id}`,
      serviceOf(task) ?? '',
      'stop it in the ECS console, with a break-glass role.',
    ) ??
    refuseExempt(
      `The task ${target.id}`,
      (task.tags ?? []).map(({ key }) => key),
      settings,
    ) ??
    describePlan(target, task)
  );
};

const stateRegister = ({ target: { id, account, region } }: Plan): Register => ({
  id: `${id}/state`,
  title: `Stop ${id}`,
  resource: `${account}/${region}/task/${id}`,
  undoable: false,
  read: async (aws) => {
    const task = await find(id, aws);
    return !task || isStopped(task) ? 'stopped' : 'running';
  },
  write: async (value, aws) => {
    const place = inCluster(id);
    if (value !== 'stopped' || !place) throw new Error(`A task cannot be made ${value}`);
    await aws.call('ecs:StopTask', {
      cluster: place.cluster,
      task: place.name,
      reason: 'Contained by Cordon',
    });
  },
  settles: {
    withinSeconds: settleSeconds,
    atRest: async (aws) => ((await find(id, aws))?.lastStatus ?? 'STOPPED') === 'STOPPED',
  },
});

const verify = async ({ target: { id } }: Plan, aws: Aws): Promise<Verification> => {
  const status = (await find(id, aws))?.lastStatus ?? 'STOPPED';
  return status === 'STOPPED'
    ? { kind: 'verified', lines: [`ECS lists ${id} as stopped.`] }
    : { kind: 'not-verified', because: `ECS lists ${id} as ${status}` };
};

export const stopTask = defineAction<Target, Code>({
  id: 'stop-task',
  title: 'Stop ECS task',
  does: 'Stops one task of ECS.',
  label: 'Stop task',
  on: 'task',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['ecs:DescribeTasks'],
    execute: ['ecs:DescribeTasks', 'ecs:StopTask'],
    verify: ['ecs:DescribeTasks'],
    undo: [],
  },
  lasting: true,
  reviewAfterHours: 4,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: ({ id }) => inCluster(id) !== undefined,
  plan,
  registers: (planned) => [stateRegister(planned)],
  verify,
  undoCannot: ['A stopped task does not start again: run another one from its definition.'],
  byHand: ["aws ecs stop-task --cluster CLUSTER --task TASK --reason 'Contained by hand'"],
});
