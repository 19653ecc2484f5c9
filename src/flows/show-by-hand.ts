/** Where Cordon only observes: what a person would do. */
import type { Plan, Refusal } from '../actions/action.ts';
import { byHandView } from '../slack/modals/by-hand.ts';
import { type Click, keepRefused, type Refused, refuseClick, show } from './click.ts';
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
    readonly about: { readonly case?: string };
    readonly why: Refusal;
    /** The plan as a person would carry it out; left out where nobody is to. */
    readonly byHand?: () => Plan | Refusal | Promise<Plan | Refusal>;
    /** It is shown for whatever reason Cordon does not do it. */
    readonly whatever?: boolean;
  },
): Promise<void> => {
  const { about, why, byHand, whatever = false } = asked;
  const plan = byHand && (whatever || forPeople.includes(why.code)) ? await byHand() : why;
  if (plan.kind === 'refusal') return refuseClick(ports, click, refusedFor(plan), about);
  await keepRefused(ports, click, refusedFor(why), about);
  const accountName = ports.config.accounts[plan.target.account]?.name;
  await show(ports, click, byHandView({ plan, accountName, why }));
};
