/**
 * What is in force is looked at now and then: whoever changes it is told of once, in a message of its
 * own. Nothing is put back by itself: the approval was for then, and it may have been one of us.
 */
import { worksIn } from '../actions/index.ts';
import { type Part, partsOf } from '../actions/parts.ts';
import { errorInWords } from '../execution/error-in-words.ts';
import { secondLook } from '../execution/second-look.ts';
import { nextLook } from '../requests/deadlines.ts';
import type { CounterMove, Request } from '../requests/request.ts';
import { drillOf } from './drill/drill-of.ts';
import { isoNow, type WorkerPorts } from './ports.ts';
import { moveOf } from './put-back.ts';
import { tellRequest } from './save-request.ts';

/** The actions that hold something; evidence is nothing that could be taken back. */
const partsInForce = ({ plan, outcomes = {} }: Request): readonly Part[] =>
  partsOf(plan).filter(
    ({ key, plan: { reversible } }) =>
      reversible.kind !== 'no' && (!plan.playbook || outcomes[key]?.state === 'done'),
  );

/** What was undone is not held any more; with a part of it undone, new things may be made again. */
const stillHeld = (
  { undoneItems = [] }: Request,
  moves: readonly CounterMove[],
): readonly CounterMove[] =>
  moves.filter(
    ({ id, appeared }) => !undoneItems.includes(id) && !(appeared && undoneItems.length > 0),
  );

const lookAt = async (
  ports: WorkerPorts,
  request: Request,
): Promise<{ readonly moves: readonly CounterMove[]; readonly unseen?: string }> => {
  try {
    const drill = await drillOf(ports, request);
    if (drill) {
      const { twistOnce } = await import('./drill/twist-once.ts');
      await twistOnce(ports, drill, 'counter-move');
    }
    const seen = await Promise.all(
      partsInForce(request).map(async (part) => {
        const aws = await ports.aws.as({
          role: 'read',
          ...worksIn(part.action, part.basis.target, ports.config),
          requestId: request.id,
          caseId: request.caseId,
          drill,
        });
        return (await secondLook(part, aws)).map((one) => moveOf(part.key, one));
      }),
    );
    return { moves: stillHeld(request, seen.flat()) };
  } catch (error) {
    return { moves: [], unseen: errorInWords(error) };
  }
};

/** Does nothing before its time has come. */
export const watchContainment = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const now = isoNow(ports.chance);
  if (!request.watchAt || request.watchAt > now) return;
  const nextAt = nextLook(ports.config.containment, request.ended?.at ?? now, now);
  const found = await lookAt(ports, request);
  await tellRequest(ports, request.id, {
    kind: 'watch',
    ...found,
    ...(nextAt ? { nextAt } : {}),
  });
};
