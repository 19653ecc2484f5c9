/** The twist in which approvers are away. */
import type { Request } from '../../requests/request.ts';
import { isoNow, type Ports } from '../ports.ts';

/** ISO 8601 UTC; undefined where somebody is there. */
export const absentUntil = async (
  ports: Pick<Ports, 'drills' | 'chance'>,
  { caseId, requestedAt }: Pick<Request, 'caseId' | 'requestedAt'>,
): Promise<string | undefined> => {
  const drill = await ports.drills.of(caseId);
  if (drill?.twist?.kind !== 'approver-absent') return undefined;
  const until = new Date(Date.parse(requestedAt) + drill.twist.minutes * 60_000).toISOString();
  return isoNow(ports.chance) < until ? until : undefined;
};
