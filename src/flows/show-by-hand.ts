/** Where Cordon only observes: what a person would do. */
import type { Refusal } from '../actions/action.ts';
import type { Case } from '../cases/case.ts';
import { byHandView } from '../slack/modals/by-hand.ts';
import { type Click, keepRefused, type Refused, refuseClick, show } from './click.ts';
import type { Asking } from './plan-action.ts';
import { type Named, planNamed } from './plan-named.ts';
import type { WorkerPorts } from './ports.ts';

/** Cordon may not, and a person may: it is observed only, or the role is not there. */
const forPeople: readonly Refusal['code'][] = ['observed', 'role-missing', 'role-outdated'];

const refusedFor = ({ code, because, instead }: Refusal): Refused => ({
  code,
  because,
  needed: instead,
});

/**
 * Where Cordon only observes, the plan is shown all the same, with the commands instead of a button. It is
 * a refusal in the record either way; what a person could not do either is told as one.
 */
export const refuseOrShow = async (
  ports: WorkerPorts,
  click: Click,
  asked: {
    readonly theCase: Case;
    readonly found: Named;
    readonly why: Refusal;
    readonly asking: Asking;
  },
): Promise<void> => {
  const { theCase, found, why, asking } = asked;
  const about = { case: theCase.id };
  // A playbook is refused for what all of its actions were refused for.
  if (asking.drill || (found.kind === 'action' && !forPeople.includes(why.code)))
    return refuseClick(ports, click, refusedFor(why), about);
  const plan = await planNamed(ports, { ...asking, byHand: true }, theCase, found);
  if (plan.kind === 'refusal') return refuseClick(ports, click, refusedFor(plan), about);
  await keepRefused(ports, click, refusedFor(why), about);
  const accountName = ports.config.accounts[plan.target.account]?.name;
  await show(ports, click, byHandView({ plan, accountName, why }));
};
