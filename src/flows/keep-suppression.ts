/**
 * A suppression that Cordon keeps follows its request: hidden from when the request is carried out,
 * told a day before the end, over as soon as the request is no longer in force. Ingest reads only
 * what is stored here, so the worker brings it in line; each step can be repeated after a crash.
 */

import type { Request } from '../requests/request.ts';
import { requesterUser } from '../requests/requester.ts';
import type { ScopedSuppression } from '../rules/suppression.ts';
import { owesNotice, type SuppressionEnd } from '../store/suppressions.ts';
import { isoNow, type Ports } from './ports.ts';
import { tellRequest } from './save-request.ts';

type KeepPorts = Pick<Ports, 'requests' | 'suppressions' | 'chance'>;

/** One suppression a request, whoever computes it. */
const suppressionIdOf = (request: string): string => `S${request.slice(1)}`;

const suppressionOf = (request: Request, now: string): ScopedSuppression | undefined => {
  const { plan, holdsUntil, requestedBy, reason } = request;
  const owner = requesterUser(requestedBy);
  // A rule hides nothing: it has no name to ask.
  if (!owner || !plan.suppresses || !holdsUntil || request.kind !== 'contain') return undefined;
  return {
    ...plan.suppresses,
    id: suppressionIdOf(request.id),
    reason: reason.text ? `${reason.label}: ${reason.text}` : reason.label,
    by: owner,
    owner,
    createdAt: now,
    until: holdsUntil,
    request: request.id,
  };
};

/** Why the suppression of a request in force is over; undefined while it holds. */
export const endOf = async (ports: KeepPorts, request: Request): Promise<string | undefined> => {
  const now = isoNow(ports.chance);
  if (request.holdsUntil && request.holdsUntil <= now) return 'its time is over';
  if (!request.plan.suppresses) return undefined;
  return (await ports.suppressions.get(suppressionIdOf(request.id)))?.ended?.because;
};

/** Marks it as over; nothing when it is over already, or never was. */
export const endStored = async (
  ports: KeepPorts,
  request: string,
  end: Omit<SuppressionEnd, 'at'>,
): Promise<void> => {
  await ports.suppressions.end(suppressionIdOf(request), { at: isoNow(ports.chance), ...end });
};

/** Stored first: a crash in between is repaired, and a request that ended meanwhile takes it back. */
const hide = async (ports: KeepPorts, request: Request): Promise<void> => {
  const suppression = suppressionOf(request, isoNow(ports.chance));
  if (!suppression) return;
  await ports.suppressions.put(suppression);
  const told = await tellRequest(ports, request.id, { kind: 'hides' });
  if (told.kind === 'refused' && told.request?.state !== 'contained')
    await endStored(ports, request.id, { because: 'it was undone' });
};

const announce = async (ports: KeepPorts, request: Request): Promise<void> => {
  const id = suppressionIdOf(request.id);
  const now = isoNow(ports.chance);
  const stored = await ports.suppressions.get(id);
  if (!stored || !owesNotice(stored, now)) return;
  await tellRequest(ports, request.id, { kind: 'ends-soon' });
  await ports.suppressions.noted(id, now);
};

/** Brings what is stored in line with the request as it is now. */
export const keepSuppression = async (ports: KeepPorts, id: string): Promise<void> => {
  const request = await ports.requests.get(id);
  if (!request?.plan.suppresses || request.kind !== 'contain') return;
  if (request.state !== 'contained') {
    await endStored(ports, id, { because: 'it was undone' });
    return ports.suppressions.settle(suppressionIdOf(id));
  }
  if (await endOf(ports, request)) return;
  return request.hidesSince ? announce(ports, request) : hide(ports, request);
};
