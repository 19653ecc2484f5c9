/**
 * Doing it: each step is journalled before it is made, compared with live state when it is resumed,
 * and skipped when it is done. The same engine contains and undoes; only the steps differ.
 *
 * Steps of one stage run side by side. While a stage is written the next one is already read and
 * journalled, so that a step waits for the step before it and for nothing else.
 */
import type { Json, Register } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { same, words } from '../requests/plan-hash.ts';
import { errorInWords } from './error-in-words.ts';
import { held } from './held.ts';

/** One register and the values it goes between. */
export interface Step {
  readonly register: Register;
  readonly from: Json;
  readonly to: Json;
}

export interface JournalLine {
  readonly before: Json;
  readonly after: Json;
  /** What somebody made of it when it was done: it is made once more from there. */
  readonly found?: Json;
  readonly state: 'intended' | 'done';
}

/** Where steps are recorded, by position. */
export interface Journal {
  lines(): Promise<readonly (JournalLine | undefined)[]>;
  /** Nothing new where the position has its line already. */
  intend(position: number, line: JournalLine): Promise<void>;
  finish(position: number, line: JournalLine): Promise<void>;
}

export interface Run {
  readonly steps: readonly Step[];
  /** AWS as this step may use it. */
  readonly aws: (step: Step) => Promise<Aws>;
  readonly journal: Journal;
  /** Asked before each stage that is not done: somebody may have pressed stop. */
  readonly mayContinue: () => Promise<boolean>;
  /**
   * Which positions are done: at the start, and after each stage, once that is in the journal. Not
   * waited for: whoever listens waits for the last one before saying how it ended.
   */
  readonly progress: (done: Promise<ReadonlySet<number>>) => unknown;
}

export type RunOutcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly step: string; readonly because: string };

type Failure = Extract<RunOutcome, { kind: 'failed' }>;

/** Errors of our own store or process are not AWS's refusal: they are retried, not reported. */
export class StoreFailure extends Error {
  constructor(cause: unknown, message = 'the record could not be written') {
    super(message, { cause });
    this.name = 'StoreFailure';
  }
}

/** The line to go by: the journal's own when there is one, else a new one for live state. */
const lineFor = (step: Step, known: JournalLine | undefined, live: Json): JournalLine | string => {
  if (known) {
    const expected = [
      known.before,
      known.after,
      ...(known.found === undefined ? [] : [known.found]),
      ...(step.register.passes ?? []),
    ];
    if (expected.some((value) => same(live, value))) return known;
    return `it is ${words(live)}, neither the value before (${words(known.before)}) nor after (${words(known.after)}); somebody else changed it`;
  }
  if (same(live, step.from) || same(live, step.to))
    return { before: live, after: step.to, state: 'intended' };
  return `it is ${words(live)} and no longer ${words(step.from)}; somebody else changed it`;
};

/** A step that is read and journalled, so that it may be written. */
interface Ready {
  readonly kind: 'ready';
  readonly position: number;
  readonly step: Step;
  readonly aws: Aws;
  readonly live: Json;
  readonly line: JournalLine;
}

/** What AWS refuses is the step's failure; our own store's failure is thrown. */
const orFailure = async <T>(step: Step, work: () => Promise<T | string>): Promise<T | Failure> => {
  const failed = (because: string): Failure => ({
    kind: 'failed',
    step: step.register.title,
    because,
  });
  try {
    const result = await work();
    return typeof result === 'string' ? failed(result) : result;
  } catch (error) {
    if (error instanceof StoreFailure) throw error;
    return failed(errorInWords(error));
  }
};

interface Place {
  readonly position: number;
  readonly step: Step;
  readonly known: JournalLine | undefined;
}

const prepareOne = (run: Run, { position, step, known }: Place): Promise<Ready | Failure> =>
  orFailure(step, async () => {
    const aws = await run.aws(step);
    const live = await step.register.read(aws);
    const line = lineFor(step, known, live);
    if (typeof line === 'string') return line;
    await run.journal.intend(position, line);
    return { kind: 'ready', position, step, aws, live, line } as const;
  });

const prepare = (run: Run, stage: readonly Place[]): Promise<readonly (Ready | Failure)[]> =>
  Promise.all(stage.map((place) => prepareOne(run, place)));

const isReady = (one: Ready | Failure): one is Ready => one.kind === 'ready';

const write = (ready: Ready): Promise<Ready | Failure> =>
  orFailure(ready.step, async () => {
    const { live, line, step, aws } = ready;
    if (!same(live, line.after)) await step.register.write(line.after, aws);
    return ready;
  });

/** Neighbours of one stage that are not done yet; a step without a stage is one of its own. */
const stagesOf = (
  steps: readonly Step[],
  lines: readonly (JournalLine | undefined)[],
): readonly (readonly Place[])[] => {
  const stages: Place[][] = [];
  let last: string | undefined;
  for (const [position, step] of steps.entries()) {
    const { stage } = step.register;
    const beside = stage !== undefined && stage === last ? stages.at(-1) : undefined;
    const places = beside ?? [];
    if (!beside) stages.push(places);
    last = stage;
    if (lines[position]?.state !== 'done') places.push({ position, step, known: lines[position] });
  }
  return stages.filter((places) => places.length > 0);
};

/** Throws when the journal cannot be read or written. */
export const runSteps = async (run: Run): Promise<RunOutcome> => {
  const lines = await run.journal.lines();
  const stages = stagesOf(run.steps, lines);
  const done = new Set([...lines.keys()].filter((position) => lines[position]?.state === 'done'));
  // A run that died between the journal and its report left the report behind.
  run.progress(Promise.resolve(new Set(done)));
  let recorded: Promise<unknown> = Promise.resolve();
  let ahead = held(prepare(run, stages[0] ?? []));
  for (const [index, stage] of stages.entries()) {
    const [goOn, early] = await Promise.all([run.mayContinue(), ahead, recorded]);
    if (!goOn) return { kind: 'stopped' };
    // What was read too early, beside the stage before, is read once more.
    const ready = early.every(isReady) || index === 0 ? early : await prepare(run, stage);
    const unready = ready.find((one) => !isReady(one));
    if (unready) return unready;
    ahead = held(prepare(run, stages[index + 1] ?? []));
    const written = await Promise.all(ready.filter(isReady).map(write));
    const record = recordOf(run, done, written.filter(isReady));
    recorded = record;
    run.progress(record);
    const failure = written.find((one) => !isReady(one));
    if (failure) {
      await Promise.all([record, ahead]);
      return failure;
    }
  }
  await recorded;
  return { kind: 'finished' };
};

/** Adds what was written to the journal, and so to what is done. */
const recordOf = (
  run: Run,
  done: Set<number>,
  written: readonly Ready[],
): Promise<ReadonlySet<number>> =>
  held(
    Promise.all(
      written.map(async ({ position, line }) => {
        await run.journal.finish(position, line);
        done.add(position);
      }),
    ).then(() => new Set(done)),
  );
