/** Hands an approved request to the state machine; its name makes a second start harmless. */
import { staysInCordon } from '../actions/suppression-plan.ts';
import { executionName, type Request } from '../requests/request.ts';
import type { WorkerPorts } from './ports.ts';
import { runInCordon } from './run-in-cordon.ts';

/** What changes nothing in AWS needs no execution. */
export const startExecution = async (ports: WorkerPorts, request: Request): Promise<void> => {
  if (request.state !== 'approved') return;
  if (staysInCordon(request.plan)) return runInCordon(ports, request);
  await ports.executions.start(executionName(request), request.id);
};
