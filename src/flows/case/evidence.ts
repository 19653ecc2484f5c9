/** The control of a card that gathers evidence. */
import type { Click } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { caseFor, type Named } from './case-for.ts';

export const gatherNow = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'any', quietens: false });
  if (!theCase) return;
  // Not on the way of any other click.
  const { askForEvidence } = await import('../evidence/ask.ts');
  await askForEvidence(ports, click, theCase);
};
