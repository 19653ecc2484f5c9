/** An action's steps through the engine, with a journal in memory. */
import type { Action, Plan } from '../../src/actions/action.ts';
import type { Aws } from '../../src/actions/aws.ts';
import { stepsOf } from '../../src/execution/plan-undo.ts';
import { type Journal, type JournalLine, runSteps } from '../../src/execution/run-steps.ts';

export interface MemoryJournal extends Journal {
  entries(): readonly JournalLine[];
}

export const memoryJournal = (): MemoryJournal => {
  const lines: JournalLine[] = [];
  const keep = async (position: number, line: JournalLine, state: JournalLine['state']) => {
    lines[position] = { ...line, state };
  };
  return {
    lines: async () => lines,
    intend: (position, line) => keep(position, line, 'intended'),
    finish: (position, line) => keep(position, line, 'done'),
    entries: () => lines,
  };
};

export const runPlan = (
  action: Action,
  plan: Plan,
  { aws, journal }: { readonly aws: Aws; readonly journal: Journal },
) =>
  runSteps({
    steps: stepsOf(action, plan, plan),
    aws: async () => aws,
    journal,
    mayContinue: async () => true,
    progress: async () => undefined,
  });
