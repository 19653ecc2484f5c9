/**
 * What people may take in or leave out of a plan: the credentials of a user, the values of an undo. The
 * choice is made before the plan is asked for, and is part of what is agreed to: the changes are.
 */
import type { Choice, Plan } from './action.ts';

const withoutLines = (choices: readonly Choice[]): readonly string[] =>
  choices.filter(({ chosen }) => !chosen).map(({ without }) => without);

/** What is chosen and cannot be undone; undefined where the choices have nothing of the kind. */
const reversibleWith = (choices: readonly Choice[]): Pick<Plan, 'reversible'> | undefined => {
  if (choices.every(({ lasting }) => lasting === undefined)) return undefined;
  const lasting = choices.flatMap((each) => (each.chosen && each.lasting ? [each.lasting] : []));
  return {
    reversible:
      lasting.length > 0 ? { kind: 'partly', because: lasting.join(' ') } : { kind: 'yes' },
  };
};

/**
 * The plan with these choices: those that are chosen join its changes, behind what is not up to
 * anybody; those left out are said. What cannot be undone needs two people at least.
 */
export const withChoices = (plan: Plan, choices: readonly Choice[]): Plan => {
  const offered = plan.choices ?? choices;
  const fixed = plan.changes.filter(({ id }) => offered.every(({ change }) => change.id !== id));
  const said = offered.map(({ without }) => without);
  const reversible = reversibleWith(choices);
  return {
    ...plan,
    choices,
    changes: [...fixed, ...choices.filter(({ chosen }) => chosen).map(({ change }) => change)],
    cannot: [...withoutLines(choices), ...plan.cannot.filter((line) => !said.includes(line))],
    ...reversible,
    tier: reversible?.reversible.kind === 'partly' && plan.tier < 2 ? 2 : plan.tier,
  };
};

/** The plan as people chose it. A choice that they did not see stays as the plan proposes it. */
export const choose = (plan: Plan, chosen: (id: string) => boolean | undefined): Plan =>
  plan.choices
    ? withChoices(
        plan,
        plan.choices.map((choice) => ({
          ...choice,
          chosen: choice.barred === undefined && (chosen(choice.change.id) ?? choice.chosen),
        })),
      )
    : plan;

/** As it was chosen in another plan of the same. */
export const chosenAs = (plan: Plan, { choices = [] }: Pick<Plan, 'choices'>): Plan =>
  choose(plan, (id) => choices.find(({ change }) => change.id === id)?.chosen);

/** Whether something was left out. */
export const isInPart = ({ choices = [] }: Pick<Plan, 'choices'>): boolean =>
  choices.some(({ chosen }) => !chosen);
