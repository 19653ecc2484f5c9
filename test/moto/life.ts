/**
 * One life of an action, from plan to undo, in one cloud, in which whoever acts dies after each change
 * and goes on. Everything in the answer is data and reads
 * alike in every cloud: what a cloud names by itself is numbered in the order in which it appears.
 */
import {
  type Action,
  defaultPlanSettings,
  type Json,
  type Plan,
} from '../../src/actions/action.ts';
import type { Aws } from '../../src/actions/aws.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import { type RunOutcome, type Step, StoreFailure } from '../../src/execution/run-steps.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { type MemoryJournal, memoryJournal } from '../actions/run.ts';
import { planned, runAll } from './contain.ts';

export interface Scene {
  readonly action: Action;
  readonly target: Resource;
  /** The worker's, under the read role. */
  readonly reading: Aws;
  /** The executor's, under the action's response role. */
  readonly acting: Aws;
  /** Until AWS has brought about what it was told to. */
  wait(): unknown;
}

const settings = { ...defaultPlanSettings, breakGlassRoles: ['break-glass'] };

/** What is there now, read over the wire. */
const readBack = async (
  action: Action,
  plan: Plan,
  aws: Aws,
): Promise<Readonly<Record<string, Json>>> => {
  const values: Record<string, Json> = {};
  for (const register of action.registers(plan)) values[register.id] = await register.read(aws);
  return values;
};

const reads = /:(BatchGet|Describe|Get|List)/;

/** Dies once AWS has carried out the first change; nothing is called from then on. */
const dyingAfterChange = (aws: Aws) => {
  const sent: Promise<unknown>[] = [];
  let dead = false;
  const dying: Aws = {
    ...aws,
    async call(operation, input) {
      if (dead) throw new StoreFailure('killed');
      const answered = aws.call(operation, input);
      sent.push(answered);
      const answer = await answered;
      dead ||= !reads.test(operation);
      if (dead) throw new StoreFailure('killed');
      return answer;
    },
  };
  // What it had sent arrives all the same; its lease on the resource lasts longer than that.
  return { dying, quiet: () => Promise.allSettled(sent) };
};

/** More than any action makes. */
const mostDeaths = 40;

/** Every run dies after one change and is taken up again, until there is none left to make. */
const runWithDeaths = async (
  steps: readonly Step[],
  aws: Aws,
  journal: MemoryJournal = memoryJournal(),
): Promise<RunOutcome> => {
  for (let deaths = 0; deaths < mostDeaths; deaths += 1) {
    const { dying, quiet } = dyingAfterChange(aws);
    try {
      return await runAll(steps, dying, journal);
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      await quiet();
    }
  }
  throw new Error(`It was not done after ${mostDeaths} deaths`);
};

const undone = async (
  { action, acting, wait }: Scene,
  plan: Plan,
  made: Parameters<typeof planUndo>[0]['made'],
) => {
  const live = await planUndo({ action, plan, made }, acting);
  if (live.kind === 'refusal') return { refused: live.code };
  const steps = stepsOf(action, plan, live);
  const outcome = await runWithDeaths(steps, acting);
  await wait();
  return { changes: live.changes, outcome, restored: await readBack(action, plan, acting) };
};

export const liveOf = async (scene: Scene) => {
  const { action, target, reading, acting, wait } = scene;
  const plan = planned(await action.plan(target, reading, settings));
  const steps = stepsOf(action, plan, plan);
  const journal = memoryJournal();
  const outcome = await runWithDeaths(steps, acting, journal);
  await wait();
  const verification = await action.verify(plan, acting);
  const made = journal.entries().map(({ before, after }, position) => ({
    id: steps[position]?.register.id ?? '',
    before,
    after,
  }));
  return {
    target,
    summary: plan.summary,
    changes: plan.changes,
    outcome,
    verified: verification.kind === 'verified' ? true : verification.because,
    made,
    contained: await readBack(action, plan, acting),
    undo: await undone(scene, plan, made),
  };
};

/** Ids of AWS's own making, and times. */
const own =
  /\b(?:[a-z]{1,8}-[0-9a-f]{8,17}|ipset-1|A(?:KI|SI|RO|ID)A[A-Z0-9]{12,}|[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9A-Za-z]{12}|[0-9a-f]{32})\b/g;
const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** AWS gives lists in the order of its own ids, and so do plans that follow them. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]));
};

/** What moto's machines have otherwise: the root device, addresses, the zone of a target. */
const furniture = [
  [/\/dev\/(xvda|sda1)/g, 'ROOT'],
  [/\b10\.0\.1\.\d+/g, 'ADDRESS'],
  [/ in eu-west-1a/g, ''],
  [/(targetgroup\/[\w-]+\/)[0-9a-f]{16}/g, '$1ID'],
] as const;

/** Equal for lives that differ only in what their clouds named. `known` are names given to ids. */
export const alike = (life: object, known: Readonly<Record<string, string>>): unknown => {
  const names = new Map(Object.entries(known));
  const numbered = (id: string): string => {
    const kind = /^[a-z]{1,8}(?=-[0-9a-f]{8})/.exec(id)?.[0] ?? 'own';
    const name = names.get(id) ?? `${kind}#${names.size + 1}`;
    names.set(id, name);
    return name;
  };
  const text = furniture.reduce(
    (before, [pattern, word]) => before.replaceAll(pattern, word),
    JSON.stringify(life),
  );
  return sorted(JSON.parse(text.replaceAll(times, 'TIME').replaceAll(own, numbered)));
};
