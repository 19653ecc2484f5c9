/** `POST /export`: a case of the local world, as an operator would export it from a deployment. */
import { randomUUID } from 'node:crypto';
import { type CaseBundle, exportCase } from '../flows/evidence/export-case.ts';
import { auditIndex } from '../store/audit-index.ts';
import { casesTable } from '../store/cases-table.ts';
import { requestsTable } from '../store/requests-table.ts';
import type { LocalWorld } from './local-world.ts';

/** Undefined when there is no such case. */
export const exportOf = async (
  world: LocalWorld,
  caseId: string,
): Promise<CaseBundle | undefined> => {
  // What waits in outboxes is chained first.
  await world.tick();
  const { cases, requests } = world.owners;
  return exportCase(
    {
      cases: casesTable(cases),
      requests: requestsTable(requests),
      auditIndex: auditIndex(requests),
      chance: { now: world.clock.now, id: randomUUID },
      bucket: world.vault,
    },
    caseId,
    'local:operator',
  );
};
