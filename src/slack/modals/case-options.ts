/** Everything that can be done with a case and has no place on its card, as buttons. */
import type { KnownBlock } from '@slack/types';
import type { Offer } from '../../actions/offers.ts';
import type { Case } from '../../cases/case.ts';
import type { Request } from '../../requests/request.ts';
import { type ButtonParts, button } from '../cards/button.ts';
import { caseLinks } from '../cards/case-links.ts';
import { controlOf, offerLabel, recommended } from '../cards/offered.ts';
import { type CaseVerb, controls, reference } from '../controls.ts';
import { literal, richText, words } from '../rich-text.ts';
import { type ModalView, modal } from './view.ts';

export interface Options {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  /** What its rules recommend for its resources; none where Cordon may not act. */
  readonly offers: readonly Offer[];
  /** Whether somebody is known to be behind a principal of it. */
  readonly canAsk: boolean;
  readonly accountName: string | undefined;
}

/** A modal has 100 blocks, a row of buttons 25 elements; more than this nobody reads. */
const mostOffers = 40;

const inRows = (name: string, parts: readonly ButtonParts[]): readonly KnownBlock[] =>
  Array.from({ length: Math.ceil(parts.length / 5) }, (_, row) => ({
    type: 'actions' as const,
    block_id: `${name}-${row}`,
    elements: parts.slice(row * 5, row * 5 + 5).map(button),
  }));

const heading = (text: string): KnownBlock => richText([[literal(text, 'bold')]]);

const section = (
  name: string,
  title: string,
  parts: readonly ButtonParts[],
): readonly KnownBlock[] => (parts.length === 0 ? [] : [heading(title), ...inRows(name, parts)]);

/** What is possible now, in the order of use. */
const verbs = ({ theCase, canAsk }: Options): readonly (readonly [CaseVerb, string])[] => {
  if (theCase.merged) return [];
  if (theCase.resolved)
    return [
      [controls.reopen, 'Re-open'],
      [controls.followUp, 'Add follow-up…'],
    ];
  return [
    [controls.resolve, 'Resolve…'],
    theCase.snoozed ? [controls.wake, 'End snooze'] : [controls.snooze, 'Snooze…'],
    [controls.assign, 'Assign…'],
    ...(theCase.acknowledged ? [[controls.unacknowledge, 'Un-acknowledge'] as const] : []),
    ...(canAsk ? [[controls.askOwner, 'Ask: was this you?'] as const] : []),
    [controls.merge, 'Merge into…'],
    [controls.followUp, 'Add follow-up…'],
    ...(Object.keys(theCase.findings).length > 1 ? [[controls.split, 'Split…'] as const] : []),
  ];
};

export const optionsView = (options: Options): ModalView => {
  const { theCase, requests } = options;
  const offers = recommended(requests, options.offers).slice(0, mostOffers);
  const links = caseLinks(theCase);
  return modal({
    callback: 'options',
    title: 'Everything else',
    blocks: [
      richText([
        [
          words(`${theCase.severity}  `, 'bold'),
          literal(theCase.decision.title, undefined, 150),
          words('  case '),
          literal(theCase.id, 'code'),
        ],
      ]),
      ...section(
        'offers',
        'Contain, keep evidence, suppress',
        offers.map((offer, place) => ({
          id: controlOf(offer, offers.slice(0, place)),
          label: offerLabel(offer, offers),
          value: reference(theCase.id, theCase.token, offer.id),
        })),
      ),
      ...section('verbs', 'This case', [
        ...verbs(options).map(([id, label]) => ({
          id,
          label,
          value: reference(theCase.id, theCase.token),
        })),
        ...(theCase.merged
          ? []
          : [
              {
                id: controls.evidence,
                label: 'Gather evidence',
                value: reference(theCase.id, theCase.token),
              },
            ]),
        {
          id: controls.timeline,
          label: 'Timeline',
          value: reference(theCase.id, theCase.token),
        },
      ]),
      ...(links ? [{ type: 'section' as const, block_id: 'links', text: links }] : []),
    ],
  });
};
