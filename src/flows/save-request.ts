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

/**
 * The loser of a race sees the winner's state and is refused by the state machine with its reason.
 * Throws after 50 lost races.
 */
export const tellRequest = async (
  ports: Pick<Ports, 'requests' | 'chance'>,
  id: string,
  event: RequestEvent,
): Promise<Told> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await ports.requests.get(id);
    if (!current)
      return { kind: 'refused', code: 'wrong-state', because: 'This request does not exist.' };
    const next = transition(current, event, isoNow(ports.chance));
    if (next.kind === 'refused') return { ...next, request: current };
    if (await ports.requests.save(next.request, current.version)) return next;
    if (await isStored(ports, next.request)) return next;
  }
  throw new Error(`request ${id} could not be written: ${attempts} races lost`);
};
