/**
 * Whether something is a drill, asked of the one record that only worker makes. What a case or a plan says
 * of itself has to agree with it: a real case that looks like a drill would be contained in appearance
 * only, and a drill's that looks real in earnest.
 */
import type { Plan, Refusal } from '../../actions/action.ts';
import { type Drill, drillWord } from '../../drills/drill.ts';
import type { Request } from '../../requests/request.ts';
import type { Ports } from '../ports.ts';

export class DrillMismatch extends Error {
  constructor(caseId: string) {
    super(
      `whether case ${caseId} is a drill is told in two ways, so nothing is done about it: somebody has written to a table of Cordon`,
    );
    this.name = 'DrillMismatch';
  }
}

/** `mark` is what the case or the plan says. Throws `DrillMismatch`. */
export const drillOfCase = async (
  ports: Pick<Ports, 'drills'>,
  caseId: string,
  mark: string | undefined,
): Promise<Drill | undefined> => {
  const drill = await ports.drills.of(caseId);
  if (drill?.id !== mark) throw new DrillMismatch(caseId);
  return drill;
};

/** The drill that a request is rehearsed in. Throws `DrillMismatch`. */
export const drillOf = (
  ports: Pick<Ports, 'drills'>,
  { caseId, plan }: Pick<Request, 'caseId' | 'plan'>,
): Promise<Drill | undefined> => drillOfCase(ports, caseId, plan.drill);

/** The plan as one of the drill: it says so, and its hash covers it. */
export const inDrill = (
  plan: Plan | Refusal,
  drill: Pick<Drill, 'id'> | undefined,
): Plan | Refusal =>
  plan.kind === 'refusal' || !drill
    ? plan
    : {
        ...plan,
        drill: drill.id,
        summary: drillWord + plan.summary.replaceAll(drillWord, ''),
      };
