/** One storm through Cordon's own functions, measured. */
import { readEvent } from '../../src/flows/alerts/judge-event.ts';
import { type Random, randomFrom } from '../random.ts';
import type { Arrived } from './arrived.ts';
import { type ClickResult, clickAcknowledge } from './click.ts';
import type { Contestant } from './contestant.ts';
import type { Delivery } from './deliveries.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import type { Storm } from './findings.ts';
import { killAtRandom } from './killer.ts';
import type { Units } from './ledger.ts';
import { spread } from './percentile.ts';
import type { Usage } from './pool.ts';
import { cardDelays, type SentFinding, seen, slowestSent } from './shown.ts';

export interface CordonRun {
  readonly name: string;
  readonly storm: Storm;
  readonly deliveries: readonly Delivery[];
  readonly built: string;
  readonly logs?: string | undefined;
  readonly seed: number;
  readonly seconds: number;
  readonly kills: boolean;
  /** Seconds that everything may take to be shown after the last finding was sent. */
  readonly drainSeconds: number;
  /** When the person clicks; seconds after the start. */
  readonly clicks: readonly number[];
}

export interface CordonResult extends Contestant {
  /** Milliseconds, of each click. */
  readonly clicks: readonly (number | undefined)[];
  /** Seconds from a group's first finding to its own card. */
  readonly ownCard: Contestant['visible'];
  /** Seconds after the first finding at which the slowest one in a hundred were sent. */
  readonly slowestSent: Contestant['visible'];
  /** Without the findings whose message waited out the queue's visibility timeout. */
  readonly visibleWithoutRedelivered: Contestant['visible'];
  readonly redelivered: number;
  readonly duplicates: number;
  readonly units: Units;
  readonly functions: Readonly<Record<string, Usage>>;
  readonly slackCalls: Readonly<Record<string, number>>;
  readonly slackLimited: Readonly<Record<string, number>>;
  readonly deadLetters: number;
  /** What the roll-ups said last: findings counted, and of these not on cards. */
  readonly rollUps: readonly { readonly findings: number; readonly waiting: number }[];
  /** Deliveries given back or lost with their process, by queue. */
  readonly failedDeliveries: Readonly<Record<string, number>>;
  /** Requests that no stand-in knows: the figures are not valid while there is any. */
  readonly unknown: readonly string[];
  /** Seconds after the last finding was sent until everything was right, or the patience. */
  readonly drained: number;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends each finding at its moment; answers when each was first sent. */
const send = async (
  deliveries: readonly Delivery[],
  deployment: Deployment,
  first: Map<string, number>,
): Promise<void> => {
  const start = Date.now();
  for (const { at, finding } of deliveries) {
    const ahead = start + at - Date.now();
    if (ahead > 2) await pause(ahead);
    if (!first.has(finding.id)) first.set(finding.id, Date.now());
    deployment.queues.ingest.send({ body: JSON.stringify(finding.event) });
  }
};

const clickAt = async (
  seconds: number,
  deployment: Deployment,
  pressed: Set<string>,
): Promise<ClickResult | undefined> => {
  await pause(seconds * 1000);
  for (let tries = 0; tries < 20; tries += 1) {
    const result = await clickAcknowledge(deployment, pressed);
    if (result) return result;
    await pause(500);
  }
  return undefined;
};

interface Measured {
  readonly deployment: Deployment;
  readonly sent: ReadonlyMap<string, number>;
  /** When an invocation with this finding died first, by its id. */
  readonly again: ReadonlyMap<string, number>;
}

/** `arrived`: when it was stored that they had arrived; of no interest before the end. */
const sentFindings = (
  { storm }: CordonRun,
  { sent }: Measured,
  arrived?: Arrived,
): readonly SentFinding[] =>
  storm.findings.flatMap(({ id, group, event }) => {
    const sentAt = sent.get(id);
    if (sentAt === undefined) return [];
    return [{ id, group, sentAt, acceptedAt: arrived?.[readEvent(event).id] }];
  });

const settleMs = 3_000;

/** Until nothing is lost, wrong or waiting any more, or patience ends; answers the seconds. */
const drain = async (run: CordonRun, measured: Measured): Promise<number> => {
  const { queues, slack } = measured.deployment;
  const from = Date.now();
  const isRight = (): boolean => {
    if (queues.ingest.depth() > 0) return false;
    const { lost, wrongGroups } = seen(
      sentFindings(run, measured),
      run.storm.groups.length,
      slack.states,
    );
    return lost === 0 && wrongGroups === 0;
  };
  while (Date.now() - from < run.drainSeconds * 1000) {
    await pause(1000);
    if (!isRight()) continue;
    const drained = (Date.now() - from) / 1000;
    await pause(settleMs);
    return drained;
  }
  return run.drainSeconds;
};

const groupFinder =
  ({ groups }: Storm) =>
  (drawn: string): number | undefined => {
    const found = groups.findIndex(({ marks }) => marks.some((mark) => drawn.includes(mark)));
    return found < 0 ? undefined : found;
  };

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const summary = async (
  run: CordonRun,
  measured: Measured,
  rest: { readonly clicks: readonly (ClickResult | undefined)[]; readonly drained: number },
): Promise<CordonResult> => {
  const { deployment, again } = measured;
  const { slack, functions, queues } = deployment;
  const { units, arrived } = await deployment.tables.counted();
  const findings = sentFindings(run, measured, arrived);
  // What its function had stored before it died did not wait for another delivery.
  const waited = new Set(
    findings.flatMap(({ id, acceptedAt = Number.POSITIVE_INFINITY }) =>
      acceptedAt > (again.get(id) ?? Number.POSITIVE_INFINITY) ? [id] : [],
    ),
  );
  const groups = run.storm.groups.length;
  const { delays, lost, wrongGroups, falseStates } = seen(findings, groups, slack.states);
  const usage = Object.fromEntries(
    Object.entries(functions).map(([name, pool]) => [name, pool.usage()]),
  );
  const granted = (method: string): number =>
    (slack.calls[method] ?? 0) - (slack.limited[method] ?? 0);
  const alert = [usage['ingest'], usage['notify']];
  const seconds = (values: readonly number[]) => spread(values.map((value) => value / 1000));
  return {
    name: run.name,
    findings: findings.length,
    lost,
    wrong: wrongGroups + falseStates,
    limited: total(slack.limited),
    calls: total(slack.calls),
    posts: granted('chat.postMessage'),
    updates: granted('chat.update'),
    visible: seconds(delays.map(({ delay }) => delay)),
    writeUnits: units.write,
    gbSeconds: alert.reduce((sum, one) => sum + (one?.gbSeconds ?? 0), 0),
    leaptAfter: undefined,
    clicks: rest.clicks.map((click) => click?.shownAfter),
    slowestSent: seconds(slowestSent(findings, delays)),
    ownCard: seconds(cardDelays(findings, groups, slack.states)),
    visibleWithoutRedelivered: seconds(
      delays.filter(({ id }) => !waited.has(id)).map(({ delay }) => delay),
    ),
    redelivered: waited.size,
    duplicates: run.deliveries.length - run.storm.findings.length,
    units,
    functions: usage,
    slackCalls: slack.calls,
    slackLimited: slack.limited,
    deadLetters: Object.values(queues).reduce((sum, queue) => sum + queue.dead(), 0),
    rollUps: [...slack.messages.values()].flatMap(({ metadata }) => {
      const { name = '', findings: counted = 0, waiting = 0 } = metadata?.event_payload ?? {};
      return name.endsWith('/roll-up') ? [{ findings: counted, waiting }] : [];
    }),
    failedDeliveries: Object.fromEntries(
      Object.entries(queues).map(([name, queue]) => [name, queue.failed()]),
    ),
    unknown: [...deployment.aws.unknown, ...slack.unknown, ...units.uncounted],
    drained: rest.drained,
  };
};

const killers = (run: CordonRun, deployment: Deployment, random: Random): Promise<void> => {
  const { ingest, notify } = deployment.functions;
  return killAtRandom([ingest, notify], random, { forMs: run.seconds * 1000, everyMs: 5000 });
};

export const runCordon = async (run: CordonRun): Promise<CordonResult> => {
  const random = randomFrom(run.seed);
  const [sent, again] = [new Map<string, number>(), new Map<string, number>()];
  const deployment = await startDeployment({
    built: run.built,
    logs: run.logs,
    random,
    groupOf: groupFinder(run.storm),
    onIngestFailed(messages) {
      for (const { body } of messages) {
        const { detail }: { readonly detail: { readonly id: string } } = JSON.parse(body);
        if (!again.has(detail.id)) again.set(detail.id, Date.now());
      }
    },
  });
  const measured = { deployment, sent, again };
  try {
    const pressed = new Set<string>();
    const clicks = Promise.all(run.clicks.map((after) => clickAt(after, deployment, pressed)));
    const killed = run.kills ? killers(run, deployment, random) : undefined;
    await send(run.deliveries, deployment, sent);
    await killed;
    const drained = await drain(run, measured);
    return await summary(run, measured, { clicks: await clicks, drained });
  } finally {
    await deployment.close();
  }
};
