/**
 * What was taken back while a run waited to read back is told, loudly, and then put back: its steps
 * wait again (src/flows/journal.ts goes by that), and what has appeared since joins the plan. A few
 * rounds, then it fails and says so: somebody is faster than Cordon.
 */
import type { Change } from '../actions/action.ts';
import { idInPlan, withMore } from '../actions/parts.ts';
import { type Seen, secondLook } from '../execution/second-look.ts';
import type { CounterMove, Request } from '../requests/request.ts';
import { type ExecutePorts, type PartWork, tell } from './run-work.ts';

/** With each, AWS is given the time to apply it: half a minute in all where it is IAM. */
const mostRounds = 3;

/** How often a part was put back. */
export const roundsOf = ({ counters = [] }: Pick<Request, 'counters'>, part: string): number =>
  counters.filter((one) => one.part === part).length;

export const moveOf = (part: string, { change, found }: Seen): CounterMove => ({
  id: idInPlan(part, change.id),
  label: change.label,
  found,
  left: change.after,
  ...(change.appeared ? { appeared: true } : {}),
});

/** The changes that the plan does not have yet. */
const newIn = ({ part }: PartWork, seen: readonly Seen[]): readonly Change[] =>
  seen
    .map(({ change }) => change)
    .filter(({ id }) => part.plan.changes.every((change) => change.id !== id));

const look = async ({ part, aws }: PartWork): Promise<readonly Seen[]> => {
  try {
    return await secondLook(part, aws);
  } catch {
    // Reading back has failed the same way, and says so.
    return [];
  }
};

/** True when something was taken back, which the run's next turn does again. */
export const putBack = async (ports: ExecutePorts, work: PartWork): Promise<boolean> => {
  const { request, part } = work;
  // The first look may have been too early for AWS itself.
  if (request.kind !== 'contain' || request.checks === 0) return false;
  if (roundsOf(request, part.key) >= mostRounds) return false;
  const seen = await look(work);
  if (seen.length === 0) return false;
  const added = newIn(work, seen);
  const moves = seen.map((one) => moveOf(part.key, one));
  const steps = request.steps.map((step) =>
    moves.some(({ id }) => id === step.id) ? { ...step, status: 'waiting' as const } : step,
  );
  const plan = withMore(request.plan, part.key, added);
  const told = await tell(ports, request, {
    kind: 'counter',
    part: part.key,
    moves,
    plan,
    steps: [
      ...steps,
      ...added.map(({ id, label }) => ({
        id: idInPlan(part.key, id),
        title: label,
        status: 'waiting' as const,
      })),
    ],
  });
  return told.kind === 'moved';
};
