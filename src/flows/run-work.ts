/** One run of a request: what the executor holds while it works, and how it tells the request. */
import type { Action } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import type { Request } from '../requests/request.ts';
import type { RequestEvent } from '../requests/request-event.ts';
import { releaseHolds } from './journal.ts';
import type { Ports } from './ports.ts';
import { type Told, tellRequest } from './save-request.ts';

export type ExecutePorts = Pick<
  Ports,
  'config' | 'chance' | 'requests' | 'passkeys' | 'site' | 'wake' | 'aws'
>;

export const done: ExecutorAnswer = { status: 'done' };
export const failed: ExecutorAnswer = { status: 'failed' };
export const again = (afterSeconds: number): ExecutorAnswer => ({ status: 'again', afterSeconds });

export interface Work {
  readonly action: Action;
  readonly request: Request;
  /** Undo: the request that is undone. */
  readonly basis: Request;
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
  work: Pick<Work, 'request' | 'basis'>,
  event: Extract<RequestEvent, { kind: 'succeed' | 'fail' }>,
): Promise<ExecutorAnswer> => {
  // The undone request first: a crash in between is repaired when the undo request runs again.
  if (work.request.kind === 'undo' && event.kind === 'succeed')
    await releaseHolds(ports.requests, work.basis);
  if (work.request.kind === 'undo')
    await tell(ports, work.basis, {
      kind: 'undo-end',
      undo: work.request.id,
      undone: event.kind === 'succeed',
    });
  await tell(ports, work.request, event);
  return event.kind === 'succeed' ? done : failed;
};
