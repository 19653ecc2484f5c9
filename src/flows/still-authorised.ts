/** Whether everybody behind a request may still do it: asked again, never remembered. */
import type { Need } from '../requests/authority.ts';
import type { Person } from '../requests/person.ts';
import { isAutomatic, type Request } from '../requests/request.ts';
import { isPerson } from '../requests/requester.ts';
import { targetOf } from '../requests/scope.ts';
import { isGlassBroken } from '../requests/tiers.ts';
import { heldAutomation } from './automation/held-automation.ts';
import { authorityOf } from './click.ts';
import type { WorkerPorts } from './ports.ts';

export type StillAuthorised =
  | { readonly kind: 'yes' | 'no'; readonly because: string }
  /** Slack could not be asked: neither a yes nor a no, so nothing is stamped and nothing ends. */
  | { readonly kind: 'unknown'; readonly because: string };

/** The end of a containment that was announced with it needs no rule: undoing is the safe direction. */
const stillAutomatic = async (
  ports: Pick<WorkerPorts, 'config' | 'automation'>,
  request: Request,
): Promise<StillAuthorised> => {
  if (!isAutomatic(request))
    return { kind: 'yes', because: 'its end was announced with what a rule asked for' };
  const why = await heldAutomation(ports, request);
  return why
    ? { kind: 'no', because: why.because }
    : { kind: 'yes', because: 'the configuration still has this run by itself' };
};

/** Whose authority the request rests on. A quick undo may rest on the approver who takes it back. */
const peopleBehind = async (
  ports: WorkerPorts,
  request: Request,
  requester: Person,
): Promise<readonly { readonly person: Person; readonly need: Need; readonly as: string }[]> => {
  const undone = request.undoes ? await ports.requests.get(request.undoes) : undefined;
  const approved = undone?.votes.some(({ person }) => person.id === requester.id);
  return [
    { person: requester, need: approved ? 'approve' : 'respond', as: 'requester' },
    ...(request.glass && isGlassBroken(request)
      ? [{ person: request.glass.by, need: 'respond' as const, as: 'who broke the glass' }]
      : []),
    ...request.votes
      .filter(({ verdict, planHash }) => verdict === 'approve' && planHash === request.planHash)
      .map(({ person }) => ({ person, need: 'approve' as const, as: 'approver' })),
  ];
};

export const stillAuthorised = async (
  ports: WorkerPorts,
  request: Request,
): Promise<StillAuthorised> => {
  const { requestedBy } = request;
  if (!isPerson(requestedBy)) return stillAutomatic(ports, request);
  for (const { person, need, as } of await peopleBehind(ports, request, requestedBy)) {
    const authority = await authorityOf(ports, person, need, targetOf(request.plan));
    if (authority.kind === 'allowed') continue;
    const kind = authority.code === 'lookup-failed' ? 'unknown' : 'no';
    return { kind, because: `${as}: ${authority.because}` };
  }
  return { kind: 'yes', because: 'requester and approvers looked up again' };
};
