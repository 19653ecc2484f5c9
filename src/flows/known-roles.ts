/** What is known of the roles with which a case could be acted on: no call to AWS. */
import type { DeployedRoles } from '../actions/role-version.ts';
import type { Case } from '../cases/case.ts';
import { caseResources } from '../cases/case-findings.ts';
import type { Ports } from './ports.ts';

export const knownRoles = (
  ports: Pick<Ports, 'config'> & { readonly memberRoles: Pick<Ports['memberRoles'], 'of'> },
  theCase: Case,
): Promise<DeployedRoles> =>
  ports.memberRoles.of([
    ...caseResources(theCase).map(({ account }) => account),
    ports.config.securityAccount,
  ]);
