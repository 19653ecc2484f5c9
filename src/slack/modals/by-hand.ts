/** A plan that a person carries out: what would change, why Cordon does not, and the commands. Nothing to submit. */
import type { Plan, Refusal } from '../../actions/action.ts';
import { byHand } from '../../actions/by-hand.ts';
import { blastRadiusList, cannotList, changeList, planPlace } from '../cards/plan-blocks.ts';
import { literal, richText } from '../rich-text.ts';
import { type ModalView, modal } from './view.ts';

/** A modal has 100 blocks; a playbook of more actions is longer than anybody reads here. */
const mostActions = 20;

export const byHandView = ({
  plan,
  accountName,
  why,
}: {
  readonly plan: Plan;
  readonly accountName: string | undefined;
  readonly why: Refusal;
}): ModalView =>
  modal({
    callback: 'notice',
    title: 'The plan, by hand',
    blocks: [
      richText([
        [literal(plan.summary, 'bold', 300)],
        planPlace(plan, accountName),
        [literal(`Cordon does not do this. ${why.because} ${why.instead}`, undefined, 900)],
      ]),
      ...changeList(plan, 20),
      { type: 'divider' },
      ...byHand(plan)
        .slice(0, mostActions)
        .map(({ title, commands }) =>
          richText([
            [literal(`By hand: ${title}`, 'bold', 300)],
            ...commands.map((line) => [
              literal(line, line.startsWith('#') ? 'italic' : 'code', 600),
            ]),
          ]),
        ),
      ...cannotList(plan, 8),
      ...blastRadiusList(plan, 8),
    ],
  });
