/** The export of a case out of a deployment, with whatever rights the caller has. */
import { type CaseBundle, exportCase } from '../flows/evidence/export-case.ts';
import type { Deployment } from './deployment.ts';
import { openVault } from './evidence-vault.ts';
import type { Outside } from './outside.ts';
import { tables } from './tables.ts';

const unused = async (): Promise<never> => {
  throw new Error('an export has no queue');
};

/** `undefined` when there is no such case. `arn`: the caller's, for the audit. */
export const exportDeployed = async (
  deployment: Pick<Deployment, 'region' | 'casesTable' | 'requestsTable' | 'evidenceBucket'>,
  chance: Outside['chance'],
  { caseId, arn }: { readonly caseId: string; readonly arn: string },
): Promise<CaseBundle | undefined> => {
  const outside: Outside = {
    chance,
    log: () => {},
    measure: () => {},
    ownCall: unused,
    viewPatienceMs: 0,
  };
  const { cases, requests, auditIndex } = tables(deployment, outside);
  const bucket = await openVault(deployment, outside);
  return exportCase({ cases, requests, auditIndex, chance, bucket }, caseId, `aws:${arn}`);
};
