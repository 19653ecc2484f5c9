/** What becomes of a containment when somebody takes parts of it back. */
import { same } from './plan-hash.ts';
import { type CounterMove, isChanged, type Request } from './request.ts';
import {
  type Moved,
  moved,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';

/** Told before it is put back; the waiting and reading back begin anew. */
export const counter = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'counter' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'executing'
    ? moved(request, at, {
        change: {
          plan: event.plan,
          steps: event.steps,
          checks: 0,
          counters: [...(request.counters ?? []), { at, part: event.part, moves: event.moves }],
        },
        audit: 'containment.countered',
        actor: 'cordon:executor',
        because: 'read back after it was changed, it was taken back; it is put back',
        detail: { moves: event.moves },
      })
    : wrongState(request);

const known = ({ changed }: Request, move: CounterMove): boolean =>
  changed?.moves.some(({ id, found }) => id === move.id && same(found, move.found)) ?? false;

type Watched = Extract<RequestEvent, { kind: 'watch' }>;

/** What a look adds to the record; undefined where everything is as the look before found it. */
const news = (
  request: Request,
  { moves, unseen }: Watched,
  at: string,
):
  | { readonly change: Partial<Request>; readonly audit: string; readonly because: string }
  | undefined => {
  if (unseen !== undefined)
    return request.unseen
      ? undefined
      : {
          change: { unseen: { at, because: unseen } },
          audit: 'containment.unseen',
          because: unseen,
        };
  if (moves.length === 0)
    return isChanged(request) && request.changed
      ? {
          change: { changed: { ...request.changed, over: at } },
          audit: 'containment.as-left',
          because: 'every value is again as Cordon left it',
        }
      : undefined;
  return isChanged(request) && moves.every((move) => known(request, move))
    ? undefined
    : {
        change: { changed: { at, moves } },
        audit: 'containment.changed',
        because: 'somebody changed what was contained',
      };
};

/** A look that finds nothing new only says when the next one is: that is no entry of the record. */
export const watch = (before: Request, event: Watched, at: string): Moved | TransitionRefusal => {
  if (before.state !== 'contained') return wrongState(before);
  if (!before.watchAt || before.watchAt > at)
    return refused('wrong-state', 'It is not time to look yet.');
  const found = news(before, event, at);
  const { unseen, watchAt: _, ...request } = before;
  const change: Partial<Request> = {
    ...(event.unseen !== undefined && unseen ? { unseen } : {}),
    ...(event.nextAt ? { watchAt: event.nextAt } : {}),
  };
  if (!found)
    return { kind: 'moved', request: { ...request, ...change, version: request.version + 1 } };
  return moved(request, at, {
    ...found,
    change: { ...change, ...found.change },
    actor: 'cordon:worker',
    ...(event.moves.length > 0 ? { detail: { moves: event.moves } } : {}),
  });
};
