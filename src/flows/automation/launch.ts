/**
 * From announced to approved: what has to hold is asked once more, a place in the budget is taken,
 * and the state machine starts. Whoever comes second (two ticks, a tick and a click) finds it done.
 */
import { isActive } from '../../cases/case.ts';
import { type Held, held } from '../../requests/automation.ts';
import type { Person } from '../../requests/person.ts';
import type { Request } from '../../requests/request.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { type Told, tellRequest } from '../save-request.ts';
import { startExecution } from '../start-execution.ts';
import { takeBudget } from './budget.ts';
import { heldAutomation } from './held-automation.ts';
import { heldByCase } from './held-by-case.ts';

/** Everything but the budget: that is taken last, because it is used up by that. */
const notNow = async (ports: WorkerPorts, request: Request): Promise<Held | undefined> => {
  const theCase = await ports.cases.get(request.caseId);
  if (!theCase || !isActive(theCase))
    return held('case-closed', 'Its case is closed or over by now.');
  return heldByCase(ports.config, theCase) ?? (await heldAutomation(ports, request));
};

/** `hurried`: an approver does not want to wait. Answers what became of it. */
export const launch = async (
  ports: WorkerPorts,
  request: Request,
  hurried?: { readonly by: Person; readonly token: string; readonly authority: string },
): Promise<Told> => {
  const why = (await notNow(ports, request)) ?? (await takeBudget(ports, request));
  const told = await tellRequest(
    ports,
    request.id,
    why
      ? { kind: 'call-off', code: why.code, because: why.because }
      : {
          kind: 'launch',
          stamp: {
            at: isoNow(ports.chance),
            because: hurried?.authority ?? 'the configuration has this run by itself',
          },
          ...(hurried ? { hurried } : {}),
        },
  );
  // Also when somebody else launched it: their job may have died before it came so far.
  if (told.request) await startExecution(ports, told.request);
  await ports.wake.wake(request.caseId);
  return told;
};

/** Its time is over, whoever noticed. */
export const launchDue = async (ports: WorkerPorts, request: Request): Promise<void> => {
  if (!request.automation || request.automation.runsAt > isoNow(ports.chance)) return;
  await launch(ports, request);
};
