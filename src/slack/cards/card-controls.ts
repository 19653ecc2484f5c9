/** What a case's card offers: one row of at most four, with a menu for the rest. */
import type { KnownBlock, Overflow } from '@slack/types';
import type { Offer } from '../../actions/offers.ts';
import { type Case, isActive } from '../../cases/case.ts';
import type { PlaybookOffer } from '../../playbooks/offers.ts';
import type { Request } from '../../requests/request.ts';
import { type CaseVerb, controls, reference } from '../controls.ts';
import { literal, richText, words } from '../rich-text.ts';
import { plain } from '../text.ts';
import { button } from './button.ts';
import {
  controlOf,
  lackingLines,
  offerLabel,
  recommended,
  recommendedPlaybook,
} from './offered.ts';

export interface ControlFacts {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  readonly offers: readonly Offer[];
  /** The playbook of its situation. */
  readonly playbook: PlaybookOffer | undefined;
  /** Undefined where Cordon may act; else why not. */
  readonly noActions: string | undefined;
  /** Why plans are only shown. */
  readonly observed: string | undefined;
}

/** What is always one tap away, without a place of its own on the card. */
const menu = (theCase: Case): Overflow => {
  const entry = (verb: CaseVerb, label: string) => ({
    text: plain(label, 75),
    value: reference(theCase.id, theCase.token, verb),
  });
  const waiting = isActive(theCase);
  return {
    type: 'overflow',
    action_id: controls.more,
    options: [
      ...(waiting && !theCase.acknowledged ? [entry(controls.resolve, 'Resolve…')] : []),
      ...(waiting && !theCase.snoozed ? [entry(controls.snooze, 'Snooze…')] : []),
      ...(waiting ? [entry(controls.assign, 'Assign…')] : []),
      // An overflow menu has five places; else it is behind the last one.
      ...(waiting && theCase.acknowledged ? [entry(controls.evidence, 'Gather evidence')] : []),
      entry(controls.timeline, 'Timeline'),
      entry(controls.options, 'Everything else…'),
    ],
  };
};

/** The recommended action, and the way to say that it is none: both one tap away. */
const prominent = (offers: readonly Offer[]): readonly Offer[] => {
  const [first, second] = offers;
  if (!first) return [];
  const harmless = offers.find((offer) => offer !== first && offer.action.on === 'finding');
  const other = harmless ?? second;
  return other ? [first, other] : [first];
};

/** The next thing to do with the case itself. */
const nextVerb = (theCase: Case): readonly (readonly [CaseVerb, string])[] => {
  if (theCase.merged || theCase.drill?.ended) return [];
  if (theCase.resolved) return [[controls.reopen, 'Re-open']];
  return theCase.acknowledged
    ? [[controls.resolve, 'Resolve…']]
    : [[controls.acknowledge, 'Acknowledge']];
};

/** At most four: the recommended playbook and action, or two actions; what to do with the case, and a menu. */
export const cardControls = (facts: ControlFacts): readonly KnownBlock[] => {
  const { theCase } = facts;
  const closed =
    theCase.resolved !== undefined ||
    theCase.merged !== undefined ||
    theCase.drill?.ended !== undefined;
  const offers = facts.noActions || closed ? [] : recommended(facts.requests, facts.offers);
  const whole =
    facts.noActions || closed ? undefined : recommendedPlaybook(facts.requests, facts.playbook);
  // Beside a playbook one action is enough: what else there is lies behind the menu.
  const shown = whole ? prominent(offers).slice(0, 1) : prominent(offers);
  const elements = [
    ...(whole
      ? [
          button({
            id: `${controls.plan}${whole.playbook.id}`,
            label: whole.playbook.label,
            value: reference(theCase.id, theCase.token, whole.id),
            ...(facts.observed ? {} : { style: 'primary' as const }),
          }),
        ]
      : []),
    ...shown.map((offer, position) =>
      button({
        id: controlOf(offer, shown.slice(0, position)),
        label: offerLabel(offer, offers),
        value: reference(theCase.id, theCase.token, offer.id),
        ...(position === 0 &&
        !whole &&
        !offer.lacking &&
        !facts.observed &&
        offer.action.on !== 'finding'
          ? { style: 'primary' as const }
          : {}),
      }),
    ),
    ...nextVerb(theCase).map(([id, label]) =>
      button({ id, label, value: reference(theCase.id, theCase.token) }),
    ),
    menu(theCase),
  ];
  return [
    { type: 'actions', block_id: 'controls', elements },
    ...lackingLines(shown)
      .slice(0, 2)
      .map((line) => richText([[literal('Not yet:', 'bold'), words(' '), literal(line)]])),
  ];
};
