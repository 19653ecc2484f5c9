/**
 * The card of a case, read on a phone at night. First screen: what, how bad, where, state, controls;
 * then what happened, what is at risk, what is next, why it is shown, and when.
 */
import type { KnownBlock, Overflow } from '@slack/types';
import type { Offer } from '../../actions/offers.ts';
import { type Case, isActive } from '../../cases/case.ts';
import { caseFindings, leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { Finding } from '../../findings/finding.ts';
import type { PlaybookOffer } from '../../playbooks/offers.ts';
import type { Request } from '../../requests/request.ts';
import { type CaseVerb, controls, reference } from '../controls.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { literal, richText, words } from '../rich-text.ts';
import { plain, safe } from '../text.ts';
import { button } from './button.ts';
import { caseLinks } from './case-links.ts';
import { caseState } from './case-state.ts';
import {
  controlOf,
  lackingLines,
  offerLabel,
  recommended,
  recommendedPlaybook,
} from './offered.ts';
import { severityMark } from './severity-mark.ts';
import { similarLine } from './similar-line.ts';

export interface CardFacts {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  readonly offers: readonly Offer[];
  /** The playbook of its situation. */
  readonly playbook: PlaybookOffer | undefined;
  /** Undefined for an account that the configuration does not know. */
  readonly accountName: string | undefined;
  /** Undefined where Cordon may act; else why not. */
  readonly noActions: string | undefined;
  /** User and group ids to mention, when the severity asks for it. */
  readonly onCall: readonly string[];
  /** How many findings the case has. */
  readonly counted: number;
  /** When the card was posted; milliseconds since 1970. */
  readonly postedAt: number;
  /** In a channel with many readers: ids are masked, and a button shows them to who may act. */
  readonly masked: boolean;
}

const clock = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const where = (facts: CardFacts, finding: Finding): KnownBlock => {
  const resource = mainResource(finding);
  return richText([
    [
      literal(facts.accountName ?? 'Unknown account', 'bold', 60),
      words(' · '),
      literal(finding.account),
      words(' · '),
      literal(finding.region),
    ],
    ...(resource
      ? [
          [
            ...(resource.name ? [literal(resource.name, 'bold', 80), words('  ')] : []),
            literal(resource.id, 'code', 120),
          ],
        ]
      : []),
  ]);
};

/** What is always one tap away, without a place of its own on the card. */
const menu = ({ theCase }: CardFacts): Overflow => {
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
const actions = (facts: CardFacts): readonly KnownBlock[] => {
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
            style: 'primary',
          }),
        ]
      : []),
    ...shown.map((offer, position) =>
      button({
        id: controlOf(offer, shown.slice(0, position)),
        label: offerLabel(offer, offers),
        value: reference(theCase.id, theCase.token, offer.id),
        ...(position === 0 && !whole && !offer.lacking && offer.action.on !== 'finding'
          ? { style: 'primary' as const }
          : {}),
      }),
    ),
    ...nextVerb(theCase).map(([id, label]) =>
      button({ id, label, value: reference(theCase.id, theCase.token) }),
    ),
    menu(facts),
  ];
  return [
    { type: 'actions', block_id: 'controls', elements },
    ...lackingLines(shown)
      .slice(0, 2)
      .map((line) => richText([[literal('Not yet:', 'bold'), words(' '), literal(line)]])),
  ];
};

const whatHappened = (finding: Finding): KnownBlock =>
  richText([
    [literal('What happened', 'bold')],
    [literal(finding.title, undefined, 300)],
    ...finding.facts
      .slice(0, 2)
      .map((fact) => [
        words('• '),
        literal(fact.label),
        words(': '),
        literal(fact.value, 'code', 200),
      ]),
  ]);

/** One finding was perhaps seen often; of several, how many they are says more. */
const seen = ({ theCase, counted }: CardFacts, finding: Finding): MrkdwnText => {
  const told = caseFindings(theCase);
  const first = told.map(({ firstSeen }) => firstSeen).sort()[0] ?? finding.firstSeen;
  const last =
    told
      .map(({ lastSeen }) => lastSeen)
      .sort()
      .at(-1) ?? finding.lastSeen;
  const times =
    counted > 1
      ? mrkdwn`*${ours(counted.toLocaleString('en-US'))} findings* about this`
      : mrkdwn`Seen ${finding.count}×`;
  return first === last
    ? mrkdwn`${times}, ${clock(last)}`
    : mrkdwn`${times}, first ${clock(first)}, last ${clock(last)}`;
};

const receivedAt = (theCase: Case, finding: Finding): string =>
  theCase.findings[finding.canonicalId]?.receivedAt ?? theCase.openedAt;

/** That people were called past Slack, and why: one line, the newest last. */
const paged = (theCase: Case): readonly MrkdwnText[] => {
  const pages = Object.values(theCase.pages ?? {}).toSorted((a, b) => a.at.localeCompare(b.at));
  const line = pages
    .slice(-3)
    .reduce(
      (text, { at, because }, place) =>
        mrkdwn`${text}${ours(place > 0 ? ', ' : 'Paged ')}${clock(at)} because ${ours(because)}`,
      mrkdwn``,
    );
  return pages.length > 0 ? [line] : [];
};

const footer = (facts: CardFacts, finding: Finding): KnownBlock => {
  const { theCase } = facts;
  const posted = new Date(facts.postedAt).toISOString();
  const links = caseLinks(theCase);
  const similar = similarLine(theCase);
  return {
    type: 'context',
    block_id: 'times',
    elements: [
      seen(facts, finding),
      mrkdwn`AWS saw it ${clock(finding.updatedAt)}, received ${clock(receivedAt(theCase, finding))}, posted ${clock(posted)}`,
      mrkdwn`Case ${safe(theCase.id, 20)}, rule ${safe(theCase.decision.rule, 60)}, type ${safe(finding.type, 120)}`,
      ...(similar ? [similar] : []),
      ...paged(theCase),
      ...(links ? [links] : []),
    ],
  };
};

const sampleBadge = (finding: Finding): readonly KnownBlock[] =>
  finding.sample
    ? [
        {
          type: 'context',
          block_id: 'sample',
          elements: [
            mrkdwn`:test_tube: *SAMPLE* made by the service itself; what it names need not exist`,
          ],
        },
      ]
    : [];

/** Whoever is on call, until somebody has it. */
const mentions = ({ theCase, onCall }: CardFacts): MrkdwnText =>
  (theCase.assignee || theCase.acknowledged || !isActive(theCase) ? [] : onCall).reduce(
    (text, id) => mrkdwn`${text} ${mention(id)}`,
    mrkdwn``,
  );

/** Why it was closed or can wait, and what was said last: drawn apart from the state, literally. */
const inTheirWords = ({ resolved, snoozed, comments = [] }: Case): readonly KnownBlock[] => {
  const last = comments.at(-1);
  const lines = [
    ...(resolved ? [['Resolved with the note:', resolved.note] as const] : []),
    ...(snoozed ? [['Snoozed, because:', snoozed.reason] as const] : []),
    ...(last
      ? [
          [
            `Last of ${comments.length} comment${comments.length > 1 ? 's' : ''}:`,
            last.text,
          ] as const,
        ]
      : []),
  ];
  return lines.length === 0
    ? []
    : [
        richText(
          lines.map(([label, text]) => [
            literal(label, 'bold'),
            words(' '),
            literal(text, 'italic', 250),
          ]),
        ),
      ];
};

const details = ({ id, token }: Case) =>
  button({ id: controls.showCase, label: 'Details', value: reference(id, token) });

export const caseCard = (facts: CardFacts): readonly KnownBlock[] => {
  const { theCase } = facts;
  const finding = leadFinding(theCase);
  const { state, next } = caseState(theCase, facts.requests, facts.counted);
  return [
    { type: 'header', block_id: 'title', text: plain(theCase.decision.title, 150) },
    {
      type: 'section',
      block_id: 'state',
      text: mrkdwn`${severityMark(theCase.severity)} · ${state}${mentions(facts)}`,
      ...(facts.masked ? { accessory: details(theCase) } : {}),
    },
    where(facts, finding),
    ...actions(facts),
    ...sampleBadge(finding),
    ...(facts.noActions
      ? [richText([[literal('No actions:', 'bold'), words(' '), literal(facts.noActions)]])]
      : []),
    whatHappened(finding),
    richText([
      [literal('At risk:', 'bold'), words(' '), literal(theCase.decision.atRisk, undefined, 300)],
      [
        literal('Why you see this:', 'bold'),
        words(' '),
        literal(theCase.decision.because, undefined, 300),
      ],
    ]),
    ...inTheirWords(theCase),
    { type: 'section', block_id: 'next', text: mrkdwn`*Next:* ${next}` },
    footer(facts, finding),
  ];
};

/** What a lock screen shows: severity, what, where; at most 120 characters. */
export const caseText = (facts: Pick<CardFacts, 'theCase' | 'accountName'>): string => {
  const finding = leadFinding(facts.theCase);
  const account = facts.accountName ?? finding.account;
  const head = `${facts.theCase.severity}: ${facts.theCase.decision.title}`;
  return safe(`${head} · ${account} · ${mainResource(finding)?.id ?? finding.region}`, 120);
};
