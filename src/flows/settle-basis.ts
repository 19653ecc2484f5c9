/**
 * An undo that ends without having undone leaves the containment in force: the request that it was
 * to undo is told, whatever ended it (denied, expired, withdrawn, failed).
 */

import { undoneParts } from '../requests/request-event.ts';
import type { Ports } from './ports.ts';
import { tellRequest } from './save-request.ts';

const overWithoutUndo = ['denied', 'expired', 'withdrawn', 'failed'];

/** Harmless when there is nothing to settle. */
export const settleBasis = async (
  ports: Pick<Ports, 'requests' | 'chance'>,
  id: string,
): Promise<void> => {
  const undo = await ports.requests.get(id);
  if (!undo?.undoes || !overWithoutUndo.includes(undo.state)) return;
  await tellRequest(ports, undo.undoes, {
    kind: 'undo-end',
    undo: undo.id,
    undone: false,
    ...undoneParts(undo),
  });
};
