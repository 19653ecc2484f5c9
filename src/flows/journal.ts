/** The requests table as the journal of an execution. */
import { idInPlan, ownChanges } from '../actions/parts.ts';
import type { MadeChange } from '../execution/plan-undo.ts';
import { type Journal, type JournalLine, type Step, StoreFailure } from '../execution/run-steps.ts';
import { inOwnWorld } from '../requests/in-own-world.ts';
import { same } from '../requests/plan-hash.ts';
import type { Request } from '../requests/request.ts';
import type { JournalEntry } from '../store/requests-table.ts';
import { isoNow, type Ports } from './ports.ts';

const guarded = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw new StoreFailure(error);
  }
};

/** One value in AWS, wherever it is looked at from: a key is the same in every Region. */
const holdOf = ({ plan }: Pick<Request, 'plan'>, step: Step | undefined): string =>
  step ? inOwnWorld(plan, `${step.register.resource}#${step.register.id}`) : '';

/** Where a part's step is in the request's whole list of steps. */
export const placeIn = (request: Pick<Request, 'steps'>, key: string, step: Step): number =>
  request.steps.findIndex(({ id }) => id === idInPlan(key, step.register.id));

/**
 * What was taken back since is to be done once more, from what was found of it: the request says so,
 * which was written before anything else. Redone after a crash, it is done already, and stays so.
 */
const asItStands = (
  { steps, counters = [] }: Request,
  line: JournalEntry | undefined,
): JournalEntry | undefined => {
  if (line?.state !== 'done' || steps[line.position]?.status !== 'waiting') return line;
  const move = counters.flatMap(({ moves }) => moves).findLast(({ id }) => id === line.id);
  return move ? { ...line, state: 'intended', found: move.found } : line;
};

/** `entries`: what the journal held when the lease was taken; `part`: the key of the steps' part. */
export const journalOf = (
  ports: Pick<Ports, 'requests' | 'chance'>,
  {
    request,
    entries,
    part,
  }: {
    readonly request: Request;
    readonly entries: Promise<readonly JournalEntry[]>;
    readonly part: string;
  },
  steps: readonly Step[],
): Journal => {
  const places = steps.map((step) => placeIn(request, part, step));
  const entry = (position: number, line: Parameters<Journal['intend']>[1]): JournalEntry => ({
    ...line,
    request: request.id,
    position: places[position] ?? position,
    id: idInPlan(part, steps[position]?.register.id ?? ''),
    title: steps[position]?.register.title ?? '',
    hold: holdOf(request, steps[position]),
    at: isoNow(ports.chance),
  });
  /** With the intent and before the change; taken again at a resumption, should only the intent be there. */
  const hold = async (position: number, line: JournalLine): Promise<void> => {
    const register = steps[position]?.register;
    if (request.kind !== 'contain' || !register?.undoable) return;
    await ports.requests.holds.take(holdOf(request, steps[position]), request.id, {
      live: line.before,
      held: same(line.before, line.after),
      instead: request.follows ?? [],
    });
  };
  return {
    async lines() {
      const known = await guarded(entries);
      return places.map((place) =>
        asItStands(
          request,
          known.find((one) => one.position === place),
        ),
      );
    },
    async intend(position, line) {
      await guarded(
        Promise.all([hold(position, line), ports.requests.intend(entry(position, line))]),
      );
    },
    async finish(position, line) {
      await guarded(ports.requests.finish(entry(position, line)));
    },
  };
};

/** Everything a request changed or may have changed, in order. */
export const madeChanges = async (
  requests: Pick<Ports['requests'], 'journal' | 'holds'>,
  request: Pick<Request, 'id' | 'undoneItems'>,
): Promise<readonly MadeChange[]> => {
  const entries = (await requests.journal(request.id)).filter(
    ({ id }) => !request.undoneItems?.includes(id),
  );
  return Promise.all(
    entries.map(async ({ id, before, after, hold: name }) => {
      const hold = await requests.holds.get(name);
      return {
        id,
        after,
        before: hold?.holders.includes(request.id) ? hold.baseline : before,
        heldByOthers: hold?.holders.some((holder) => holder !== request.id) ?? false,
      };
    }),
  );
};

/** An undone request holds nothing any more, or an undone step of it, or what was chosen of it. */
export const releaseHolds = async (
  requests: Pick<Ports['requests'], 'journal' | 'holds'>,
  request: Pick<Request, 'id'>,
  { step = '', items }: { readonly step?: string; readonly items?: readonly string[] } = {},
): Promise<void> => {
  const entries = (await requests.journal(request.id)).filter(
    ({ id }) => items?.includes(id) ?? true,
  );
  for (const { hold } of ownChanges(step, entries)) await requests.holds.release(hold, request.id);
};
