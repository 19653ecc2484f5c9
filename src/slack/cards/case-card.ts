/**
 * The card of a case, read on a phone at night. First screen: what, how bad, where, state, controls;
 * then what happened, what is at risk, what is next, why it is shown, and when.
 */
import type { KnownBlock, Overflow, StaticSelect } from '@slack/types';
import type { Offer } from '../../actions/offers.ts';
import { type Case, caseFindings, leadFinding, mainResource } from '../../cases/case.ts';
import type { Finding } from '../../findings/finding.ts';
import { isOpen, type Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { literal, richText, words } from '../rich-text.ts';
import { plain, safe } from '../text.ts';
import { button } from './button.ts';
import { caseState } from './case-state.ts';
import { severityMark } from './severity-mark.ts';

export interface CardFacts {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  readonly offers: readonly Offer[];
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

/** What failed can be tried again; what waits, runs or is in force cannot be asked for twice. */
const inTheWay = (request: Request): boolean =>
  isOpen(request) || request.state === 'contained' || request.state === 'undo-failed';

const recommended = (facts: CardFacts): readonly Offer[] => {
  const taken = facts.requests.filter(inTheWay);
  return facts.offers.filter(
    ({ action, target }) =>
      !taken.some(({ plan }) => plan.action === action.id && plan.target.id === target.id),
  );
};

/** `Isolate instance`, or with the id where several targets would look the same. */
const label = (offer: Offer, offers: readonly Offer[]): string =>
  offers.filter(({ action }) => action.id === offer.action.id).length > 1
    ? `${offer.action.label} ${offer.target.id}`
    : offer.action.label;

/** An overflow menu holds five options, a select a hundred: docs.slack.dev/reference/block-kit/block-elements */
const mostInOverflow = 5;
const mostInSelect = 100;

const menu = (theCase: Case, offers: readonly Offer[]): readonly (Overflow | StaticSelect)[] => {
  if (offers.length === 0) return [];
  const options = offers.slice(0, mostInSelect).map((offer) => ({
    text: plain(label(offer, offers), 75),
    value: reference(theCase.id, theCase.token, offer.id),
  }));
  return options.length <= mostInOverflow
    ? [{ type: 'overflow', action_id: controls.more, options }]
    : [
        {
          type: 'static_select',
          action_id: controls.more,
          placeholder: plain('More actions', 20),
          options,
        },
      ];
};

/** `plan:` and the action; a second target of the same action on one card adds its offer's id. */
const controlOf = ({ action, id }: Offer, before: readonly Offer[]): string =>
  before.some((other) => other.action.id === action.id)
    ? `${controls.plan}${action.id}:${id}`
    : `${controls.plan}${action.id}`;

/** The recommended action, and the way to say that it is none: both one tap away. */
const prominent = (offers: readonly Offer[]): readonly Offer[] => {
  const [first, second] = offers;
  if (!first) return [];
  const harmless = offers.find((offer) => offer !== first && offer.action.on === 'finding');
  const other = harmless ?? second;
  return other ? [first, other] : [first];
};

/** At most four: the recommended action, the next one, Acknowledge, and a menu with the rest. */
const actions = (facts: CardFacts): readonly KnownBlock[] => {
  const { theCase } = facts;
  const offers = facts.noActions ? [] : recommended(facts);
  const shown = prominent(offers);
  const elements = [
    ...shown.map((offer, position) =>
      button({
        id: controlOf(offer, shown.slice(0, position)),
        label: label(offer, offers),
        value: reference(theCase.id, theCase.token, offer.id),
        ...(position === 0 && offer.action.on !== 'finding' ? { style: 'primary' as const } : {}),
      }),
    ),
    ...(theCase.acknowledged
      ? []
      : [
          button({
            id: controls.acknowledge,
            label: 'Acknowledge',
            value: reference(theCase.id, theCase.token),
          }),
        ]),
    ...menu(
      theCase,
      offers.filter((offer) => !shown.includes(offer)),
    ),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'controls', elements }];
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
  return {
    type: 'context',
    block_id: 'times',
    elements: [
      seen(facts, finding),
      mrkdwn`AWS saw it ${clock(finding.updatedAt)}, received ${clock(receivedAt(theCase, finding))}, posted ${clock(posted)}`,
      mrkdwn`Case ${safe(theCase.id, 20)}, rule ${safe(theCase.decision.rule, 60)}, type ${safe(finding.type, 120)}`,
      ...paged(theCase),
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
  (theCase.assignee ? [] : onCall).reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);

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
