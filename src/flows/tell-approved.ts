/** What the case of an approved request has to know of it; repeatable, for a job may die at any moment. */

import { actorOf } from '../requests/person.ts';
import type { Request } from '../requests/request.ts';
import { requesterUser } from '../requests/requester.ts';
import { endStored } from './keep-suppression.ts';
import type { WorkerPorts } from './ports.ts';
import { tellCase } from './save-case.ts';

/** A suppression, the end of one, or a broken glass. */
export const tellApproved = async (ports: WorkerPorts, request: Request): Promise<void> => {
  if (request.glass)
    await tellCase(ports, request.caseId, {
      kind: 'glass',
      request: request.id,
      by: request.glass.by.user,
      actor: actorOf(request.glass.by),
      reason: request.glass.reason,
    });
  const user = requesterUser(request.requestedBy);
  if (request.holdsUntil && user)
    await tellCase(ports, request.caseId, {
      kind: 'suppress',
      suppression: {
        until: request.holdsUntil,
        reason: request.reason.text || request.reason.label,
        by: user,
        request: request.id,
      },
    });
  const { undoes } = request;
  // What ingest decides by is ended first: from here on it alerts, whatever becomes of this job.
  if (undoes && request.plan.suppresses)
    await endStored(ports, undoes, { because: 'it was undone', ...(user ? { by: user } : {}) });
  if (undoes)
    await tellCase(ports, request.caseId, {
      kind: 'suppression-end',
      request: undoes,
      because: request.reason.code === 'expired' ? 'its time is over' : 'it was undone',
    });
};
