/** One run of a request: what the executor holds while it works, and how it tells the request. */
import type { Aws } from '../actions/aws.ts';
import type { Part } from '../actions/parts.ts';
import type { Drill } from '../drills/drill.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import type { Request } from '../requests/request.ts';
import { type RequestEvent, undoneParts } from '../requests/request-event.ts';
import { releaseHolds } from './journal.ts';
import type { Ports } from './ports.ts';
import { type Told, tellRequest } from './save-request.ts';
import type { AskIssuer } from './step-up/sign-in.ts';

export type ExecutePorts = Pick<
  Ports,
  'config' | 'chance' | 'requests' | 'automation' | 'drills' | 'passkeys' | 'site' | 'wake' | 'aws'
> & { readonly issuer: AskIssuer };

export const done: ExecutorAnswer = { status: 'done' };
export const failed: ExecutorAnswer = { status: 'failed' };
export const again = (afterSeconds: number): ExecutorAnswer => ({ status: 'again', afterSeconds });

/** A request with what it is carried out on. */
export interface Work {
  readonly request: Request;
  /** Undo: the request that is undone. */
  readonly basis: Request;
  /** It is rehearsed and changes nothing. */
  readonly drill: Drill | undefined;
}

/** One action of it: the only one, or a step of a playbook. */
export interface PartWork extends Work {
  readonly part: Part;
  /** A session that looks and changes nothing. */
  readonly aws: Aws;
}

type TellPorts = Pick<ExecutePorts, 'requests' | 'chance' | 'wake'>;

/** One transition of the request as the caller knows it, and the wake-up that lets people see it. */
export const tell = async (
  ports: TellPorts,
  request: Request,
  event: RequestEvent,
): Promise<Told> => {
  const told = await tellRequest(ports, request.id, event, request);
  await ports.wake.wake(request.caseId);
  return told;
};

/** The last word about a run. An undo also tells the request that it undid. */
export const endRun = async (
  ports: TellPorts,
  { request, basis }: Pick<Work, 'request' | 'basis'>,
  event: Extract<RequestEvent, { kind: 'succeed' | 'fail' }>,
): Promise<ExecutorAnswer> => {
  // The undone request first: a crash in between is repaired when the undo request runs again.
  if (request.kind === 'undo' && event.kind === 'succeed')
    await releaseHolds(ports.requests, basis, undoneParts(request));
  if (request.kind === 'undo')
    await tell(ports, basis, {
      kind: 'undo-end',
      undo: request.id,
      undone: event.kind === 'succeed',
      ...undoneParts(request),
    });
  await tell(ports, request, event);
  return event.kind === 'succeed' ? done : failed;
};

/**
 * A step did not go well. A playbook stands still there, because what was done before it is in
 * force and somebody has to choose: again, without it, or back. Anything else is over.
 */
export const failRun = async (
  ports: ExecutePorts,
  work: Work,
  failure: { readonly part: string; readonly step: string; readonly because: string },
): Promise<ExecutorAnswer> => {
  const { request } = work;
  const { part, step, because } = failure;
  if (request.kind === 'undo' || !request.plan.playbook)
    return endRun(ports, work, { kind: 'fail', step, because });
  await tell(ports, request, {
    kind: 'halt',
    halt: { step: part, kind: 'failed', at: step, because },
    token: ports.chance.id(),
  });
  return done;
};
