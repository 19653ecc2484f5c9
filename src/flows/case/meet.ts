/** Open cases that a finding named together become one, as soon as nothing stands in the way. */
import type { Case } from '../../cases/case.ts';
import { byAge, decideMeeting } from '../../cases/meeting.ts';
import { isOpen } from '../../requests/request.ts';
import { requestsOf } from '../pacing/show-case.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { goesOnIn } from './goes-on.ts';
import { joinCases } from './join-cases.ts';

/** Both as they are now, the one that was opened first first. */
const bothOf = async (
  ports: WorkerPorts,
  id: string,
  other: string,
): Promise<readonly (Case | undefined)[]> => {
  const found = await Promise.all([id, other].map((one) => goesOnIn(ports.cases, one)));
  const [one, two] = found;
  return one && two ? [one, two].sort(byAge) : found;
};

/** Its requests stay where people decide about them, so none may be open. */
const isBusy = async (ports: WorkerPorts, theCase: Case | undefined): Promise<boolean> =>
  theCase !== undefined && (await requestsOf(ports, theCase.requests)).some(isOpen);

/** Looks at every meeting of this case that is due. */
export const meetCases = async (ports: WorkerPorts, theCase: Case): Promise<void> => {
  const now = isoNow(ports.chance);
  for (const [other, meeting] of Object.entries(theCase.meets ?? {})) {
    if (meeting.next > now) continue;
    const [older, younger] = await bothOf(ports, theCase.id, other);
    const busy = await isBusy(ports, younger);
    const decision = decideMeeting(meeting, { older, younger, busy, now });
    if (decision.kind === 'merge') {
      const { into, from } = decision;
      await joinCases(
        ports,
        { into: into.id, from: from.id },
        { actor: 'cordon:worker', because: meeting.because },
      );
    }
    const next = decision.kind === 'wait' ? decision.next : undefined;
    await tellCase(ports, theCase.id, { kind: 'met', other, next });
  }
};
