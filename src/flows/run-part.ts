/** One action of a request: its journalled steps, then reading back. */
import type { Part } from '../actions/parts.ts';
import { held } from '../execution/held.ts';
import { stepsOf } from '../execution/plan-undo.ts';
import { runSteps, type Step } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import type { Request } from '../requests/request.ts';
import type { JournalEntry } from '../store/requests-table.ts';
import { heldRun } from './automation/held-automation.ts';
import { concludePart, type Verified } from './conclude-run.ts';
import { journalOf, placeIn } from './journal.ts';
import { done, type ExecutePorts, failRun, tell, type Work } from './run-work.ts';
import type { Sessions } from './sessions.ts';

export interface RunFacts {
  readonly entries: Promise<readonly JournalEntry[]>;
  readonly sessions: Sessions;
}

const report = (request: Request, doneSteps: ReadonlySet<number>): Request['steps'] =>
  request.steps.map((step, position) =>
    doneSteps.has(position) ? { ...step, status: 'done' } : step,
  );

const doneIn = (steps: Request['steps']): number =>
  steps.filter(({ status }) => status === 'done').length;

/** What is told of one run, in order: each transition starts from the one before. */
const progressOf = (ports: ExecutePorts, started: Request, places: readonly number[]) => {
  let latest = started;
  let telling: Promise<void> = Promise.resolve();
  const one = async (doneSteps: ReadonlySet<number>): Promise<void> => {
    const inWhole = new Set([...doneSteps].map((position) => places[position] ?? position));
    const steps = report(latest, inWhole);
    if (doneIn(steps) <= doneIn(latest.steps)) return;
    const told = await tell(ports, latest, { kind: 'progress', steps });
    latest = told.request ?? latest;
  };
  return {
    /** The request once everything is told. */
    latest: async (): Promise<Request> => {
      await telling;
      return latest;
    },
    tell: (doneNow: Promise<ReadonlySet<number>>): void => {
      const before = telling;
      telling = held(Promise.all([doneNow, before]).then(([doneSteps]) => one(doneSteps)));
    },
  };
};

export const stepsOfPart = (part: Part): readonly Step[] =>
  stepsOf(part.action, part.basis, part.plan);

/** Answers the state machine where it does not end verified. */
export const runPart = async (
  ports: ExecutePorts,
  work: Work & { readonly part: Part },
  { entries, sessions }: RunFacts,
): Promise<Verified | ExecutorAnswer> => {
  const { request, part } = work;
  const looking = sessions.look(part);
  const steps = stepsOfPart(part);
  const progress = progressOf(
    ports,
    request,
    steps.map((step) => placeIn(request, part.key, step)),
  );
  let heldBecause: string | undefined;
  const outcome = await runSteps({
    steps,
    aws: (step) => sessions.step(part, step),
    journal: journalOf(ports, { request, entries, part: part.key }, steps),
    mayContinue: async () => {
      const [now, held] = await Promise.all([
        ports.requests.get(request.id),
        heldRun(ports, request),
      ]);
      heldBecause = held;
      return now?.state === 'executing' && !held;
    },
    progress: progress.tell,
  });
  const failedAt = async (step: string, because: string): Promise<ExecutorAnswer> =>
    failRun(
      ports,
      { ...work, request: await progress.latest() },
      { part: part.key, step, because },
    );
  switch (outcome.kind) {
    case 'finished': {
      const aws = await looking;
      return 'because' in aws
        ? failedAt('Use the response role', aws.because)
        : concludePart(ports, { ...work, aws, told: held(progress.latest()) }, steps);
    }
    case 'stopped': {
      const latest = await progress.latest();
      if (!heldBecause || latest.state !== 'executing') return done;
      return failedAt('Check between steps', heldBecause);
    }
    case 'failed':
      return failedAt(outcome.step, outcome.because);
    default:
      return outcome satisfies never;
  }
};
