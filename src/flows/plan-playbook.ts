/** A playbook on a case as it is now: every action planned beside the others, then one plan of all. */
import { type Plan, type Refusal, refuse } from '../actions/action.ts';
import type { Case } from '../cases/case.ts';
import { caseFindings, caseResources, leadFinding, mainResource } from '../cases/case-findings.ts';
import { combine } from '../playbooks/combined-plan.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { type Answered, plannedSteps, type Wanted, wantedOf } from '../playbooks/steps.ts';
import { gateSample, gateTarget } from './gate-target.ts';
import { type Asking, type PlanPorts, planAction } from './plan-action.ts';

/** What a step works on may be derived, so that no finding names it: the lead answers for it. */
const findingFor = (theCase: Case, { target }: Wanted) =>
  caseFindings(theCase).find(({ resources }) =>
    resources.some(({ kind, id }) => kind === target.kind && id === target.id),
  ) ?? leadFinding(theCase);

const unlessLeftOut = (
  planned: Plan | Refusal,
  fits: (plan: Plan) => Refusal | undefined,
): Plan | Refusal => (planned.kind === 'plan' ? (fits(planned) ?? planned) : planned);

export const planPlaybook = async (
  ports: PlanPorts,
  asking: Asking,
  {
    playbook,
    theCase,
    fits = () => undefined,
  }: {
    readonly playbook: Playbook;
    readonly theCase: Case;
    /** Why an action with this plan is left out of the whole. */
    readonly fits?: (plan: Plan) => Refusal | undefined;
  },
): Promise<Plan | Refusal> => {
  const resources = caseResources(theCase);
  const answered = await Promise.all(
    wantedOf(playbook, resources).map(async (wanted): Promise<Answered> => {
      const finding = findingFor(theCase, wanted);
      return {
        ...wanted,
        plan: unlessLeftOut(
          (asking.byHand
            ? gateSample(ports.config, finding)
            : gateTarget(ports.config, wanted, finding)) ??
            (await planAction(ports, asking, wanted)),
          fits,
        ),
      };
    }),
  );
  const target = mainResource(leadFinding(theCase)) ?? resources[0];
  if (!target)
    return refuse('not-found', 'The case names nothing to work on.', 'Follow docs/playbooks.md.');
  return combine({
    id: playbook.id,
    title: playbook.title,
    target,
    ...plannedSteps(playbook, resources, answered),
  });
};
