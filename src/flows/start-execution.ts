/** Hands an approved request to the state machine; its name makes a second start harmless. */
import { executionName, type Request } from '../requests/request.ts';
import type { Ports } from './ports.ts';

export const startExecution = async (
  ports: Pick<Ports, 'executions'>,
  request: Request,
): Promise<void> => {
  if (request.state === 'approved')
    await ports.executions.start(executionName(request), request.id);
};
