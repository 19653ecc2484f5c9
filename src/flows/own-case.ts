/**
 * Nobody decides about a case of their own AWS identity: their Slack session may be the thief's too.
 * They may still contain: that is the safe direction.
 */
import { isOnFindings } from '../actions/parts.ts';
import type { Case } from '../cases/case.ts';
import { caseFindings } from '../cases/case-findings.ts';
import { isAffected } from '../requests/affected.ts';
import type { Person } from '../requests/person.ts';
import type { Request } from '../requests/request.ts';
import type { OfferedPlan } from '../store/requests-table.ts';
import { type Click, type Refused, refuseClick } from './click.ts';
import type { WorkerPorts } from './ports.ts';

/** Why this person decides nothing in this case; undefined when it is not about them. */
export const ownCase = (
  { config }: Pick<WorkerPorts, 'config'>,
  person: Person,
  theCase: Case,
): Refused | undefined =>
  isAffected(person, caseFindings(theCase), config.identities)
    ? {
        code: 'affected-person',
        because: 'This case is about your own AWS identity, so you decide nothing in it.',
        needed: 'somebody whom the case is not about',
      }
    : undefined;

/** True when it is theirs; then they have been told. */
export const isOwnCase = async (
  ports: WorkerPorts,
  click: Click,
  request: Request,
): Promise<boolean> => {
  const theCase = await ports.cases.get(request.caseId);
  const refused = theCase && ownCase(ports, click.person, theCase);
  if (!refused) return false;
  const ask = request.ask.filter((id) => id !== click.person.user);
  await refuseClick(
    ports,
    click,
    { ...refused, ...(ask.length > 0 ? { ask } : {}) },
    { case: request.caseId, request: request.id },
  );
  return true;
};

/** What takes a containment back, or says that the finding is nothing. */
export const lessens = ({ kind, plan }: Pick<OfferedPlan, 'kind' | 'plan'>): boolean => {
  const hides = plan.suppresses !== undefined || isOnFindings(plan);
  // To alert again is the safe direction.
  return kind === 'undo' ? !hides : hides;
};
