/**
 * Doing it: each step is journalled before it is made, compared with live state when it is resumed,
 * and skipped when it is done. The same engine contains and undoes; only the steps differ.
 */
import type { Json, Register } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { same, words } from '../requests/plan-hash.ts';

/** One register and the values it goes between. */
export interface Step {
  readonly register: Register;
  readonly from: Json;
  readonly to: Json;
}

export interface JournalLine {
  readonly before: Json;
  readonly after: Json;
  readonly state: 'intended' | 'done';
}

/** Where steps are recorded, by position. */
export interface Journal {
  lines(): Promise<readonly (JournalLine | undefined)[]>;
  intend(position: number, line: JournalLine): Promise<void>;
  finish(position: number, line: JournalLine): Promise<void>;
}

export interface Run {
  readonly steps: readonly Step[];
  readonly aws: Aws;
  readonly journal: Journal;
  /** Asked before each step that is not done: somebody may have pressed stop. */
  readonly mayContinue: () => Promise<boolean>;
  /** Told how many are done: at the start, and after each step. */
  readonly progress: (done: number) => Promise<void>;
}

export type RunOutcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly step: string; readonly because: string };

/** AWS's error name and message in one line, for people. */
export const errorInWords = (error: unknown): string =>
  error instanceof Error
    ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`.slice(0, 500)
    : 'an unknown error';

const failed = (step: Step, because: string): RunOutcome => ({
  kind: 'failed',
  step: step.register.title,
  because,
});

/** The line to go by: the journal's own when there is one, else a new one for live state. */
const lineFor = async (
  step: Step,
  known: JournalLine | undefined,
  live: Json,
): Promise<JournalLine | string> => {
  const line = known ?? { before: live, after: step.to, state: 'intended' as const };
  if (known) {
    if (same(live, known.before) || same(live, known.after)) return known;
    return `it is ${words(live)}, neither the value before (${words(known.before)}) nor after (${words(known.after)}); somebody else changed it`;
  }
  if (same(live, step.from) || same(live, step.to)) return line;
  return `it is ${words(live)} and no longer ${words(step.from)}; somebody else changed it`;
};

const runStep = async (
  run: Run,
  position: number,
  known: JournalLine | undefined,
): Promise<RunOutcome | undefined> => {
  const step = run.steps[position];
  if (!step) return undefined;
  try {
    const live = await step.register.read(run.aws);
    const line = await lineFor(step, known, live);
    if (typeof line === 'string') return failed(step, line);
    if (!known) await run.journal.intend(position, line);
    if (!same(live, line.after)) await step.register.write(line.after, run.aws);
    await run.journal.finish(position, line);
  } catch (error) {
    if (isOurOwn(error)) throw error;
    return failed(step, errorInWords(error));
  }
  return undefined;
};

/** Errors of our own store or process are not AWS's refusal: they are retried, not reported. */
const isOurOwn = (error: unknown): boolean => error instanceof StoreFailure;

/** Wraps what the journal throws, so that it is retried by the state machine. */
export class StoreFailure extends Error {
  constructor(cause: unknown) {
    super('the record could not be written', { cause });
    this.name = 'StoreFailure';
  }
}

export const runSteps = async (run: Run): Promise<RunOutcome> => {
  const lines = await run.journal.lines();
  // A run that died between the journal and its report left the report behind.
  await run.progress(lines.filter((line) => line?.state === 'done').length);
  for (const [position] of run.steps.entries()) {
    const known = lines[position];
    if (known?.state === 'done') continue;
    if (!(await run.mayContinue())) return { kind: 'stopped' };
    const outcome = await runStep(run, position, known);
    if (outcome) return outcome;
    await run.progress(position + 1);
  }
  return { kind: 'finished' };
};
