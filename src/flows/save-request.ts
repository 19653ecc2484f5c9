/** One transition of a request: computed, written on condition, computed again when it lost. */
import { canonicalJson } from '../audit/chain.ts';
import type { Request } from '../requests/request.ts';
import type { RequestEvent, TransitionRefusal } from '../requests/request-event.ts';
import { transition } from '../requests/transition.ts';
import { isoNow, type Ports } from './ports.ts';

const attempts = 50;

/** The write was made and its answer lost: the SDK's retry then finds its own version. */
const isStored = async (ports: Pick<Ports, 'requests'>, next: Request): Promise<boolean> => {
  const stored = await ports.requests.get(next.id);
  return stored?.version === next.version && sameState(stored, next);
};

const sameState = ({ outbox: _, ...a }: Request, { outbox: __, ...b }: Request): boolean =>
  canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(JSON.parse(JSON.stringify(b)));

export type Told =
  | { readonly kind: 'moved'; readonly request: Request }
  | (TransitionRefusal & { readonly request?: Request });

/** One try from `current`; undefined when somebody else was faster. */
const tryFrom = async (
  ports: Pick<Ports, 'requests' | 'chance'>,
  current: Request,
  event: RequestEvent,
): Promise<Told | undefined> => {
  const next = transition(current, event, isoNow(ports.chance));
  if (next.kind === 'refused') return { ...next, request: current };
  if (await ports.requests.save(next.request, current.version)) return next;
  return (await isStored(ports, next.request)) ? next : undefined;
};

/**
 * The loser of a race sees the winner's state and is refused by the state machine with its reason.
 * `known` is the request as the caller has it: where it is still the stored one, it is not read again.
 * Throws after 50 lost races.
 */
export const tellRequest = async (
  ports: Pick<Ports, 'requests' | 'chance'>,
  id: string,
  event: RequestEvent,
  known?: Request,
): Promise<Told> => {
  const first = known && (await tryFrom(ports, known, event));
  // What the caller has may be old: nobody is refused by it.
  if (first?.kind === 'moved') return first;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await ports.requests.get(id);
    if (!current)
      return { kind: 'refused', code: 'wrong-state', because: 'This request does not exist.' };
    const told = await tryFrom(ports, current, event);
    if (told) return told;
  }
  throw new Error(`request ${id} could not be written: ${attempts} races lost`);
};
