/** A drill that was resolved, or whose time is over: what waits is ended, and the score is told. */
import type { Case } from '../../cases/case.ts';
import { drillEndsAt } from '../../cases/drill-end.ts';
import { isOpen, type Request } from '../../requests/request.ts';
import { requestsOf } from '../pacing/show-case.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { tellRequest } from '../save-request.ts';
import { scoreOf } from './score.ts';

/** A run that goes on so long after the end is not waited for. */
const patienceMs = 600_000;
/** More entries than this of one drill nobody makes. */
const mostEntries = 300;

/** What waits for people would go on asking them. */
const close = async (ports: WorkerPorts, request: Request): Promise<void> => {
  if (request.state === 'pending') await tellRequest(ports, request.id, { kind: 'expire' });
  if (request.state === 'stopping')
    await tellRequest(ports, request.id, {
      kind: 'fail',
      step: 'End of the drill',
      because: 'the drill was over before somebody finished it',
    });
  if (request.state === 'contained')
    await tellRequest(ports, request.id, {
      kind: 'release',
      because: 'the drill is over; nothing was changed, so nothing has to be undone',
      restored: true,
    });
};

/** Does nothing before its time has come, and nothing twice. */
export const endDrill = async (ports: WorkerPorts, theCase: Case): Promise<void> => {
  const at = drillEndsAt(theCase);
  const now = isoNow(ports.chance);
  if (!at || at > now) return;
  const drill = await ports.drills.of(theCase.id);
  if (!drill) return;
  const requests = await requestsOf(ports, theCase.requests);
  const running = requests.some(
    (request) => isOpen(request) && !['pending', 'stopping'].includes(request.state),
  );
  if (running && now < new Date(Date.parse(at) + patienceMs).toISOString()) return;
  const [entries, rehearsed] = await Promise.all([
    ports.auditIndex.of(theCase.id, mostEntries),
    ports.drills.after(drill, 0),
  ]);
  const ended = scoreOf({
    drill,
    theCase,
    requests,
    entries,
    rehearsed,
    config: ports.config,
    now,
  });
  for (const request of requests) await close(ports, request);
  await tellCase(ports, theCase.id, { kind: 'drill-end', ended });
  await ports.wake.wake(theCase.id);
};
