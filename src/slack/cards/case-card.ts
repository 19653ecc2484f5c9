/**
 * The card of a case, read on a phone at night. First screen: what, how bad, where, state, controls;
 * then what happened, what is at risk, what is next, why it is shown, and when.
 */
import type { KnownBlock } from '@slack/types';
import { type Case, isActive } from '../../cases/case.ts';
import { caseFindings, leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { Finding } from '../../findings/finding.ts';
import { controls, reference } from '../controls.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { type Element, literal, richText, words } from '../rich-text.ts';
import { plain, safe } from '../text.ts';
import { button } from './button.ts';
import { type ControlFacts, cardControls } from './card-controls.ts';
import { caseLinks } from './case-links.ts';
import { caseState } from './case-state.ts';
import { severityMark } from './severity-mark.ts';
import { similarLine } from './similar-line.ts';

export interface CardFacts extends ControlFacts {
  /** Undefined for an account that the configuration does not know. */
  readonly accountName: string | undefined;
  /** Where the account is in the organisation and whom to ask about it; untrusted text. */
  readonly ou: string | undefined;
  readonly owner: string | undefined;
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

/** Names of people and units are not for the many readers of a wide channel. */
const placeAndOwner = ({ ou, owner, masked }: CardFacts): readonly Element[][] => {
  if (masked || !(ou || owner)) return [];
  return [
    [
      ...(ou ? [words('Unit: '), literal(ou, undefined, 80)] : []),
      ...(ou && owner ? [words(' · ')] : []),
      ...(owner ? [words('Account owner: '), literal(owner, undefined, 60)] : []),
    ],
  ];
};

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
    ...placeAndOwner(facts),
  ]);
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
    ...cardControls(facts),
    ...sampleBadge(finding),
    ...(facts.noActions
      ? [richText([[literal('No actions:', 'bold'), words(' '), literal(facts.noActions)]])]
      : []),
    ...(facts.observed && !facts.noActions
      ? [richText([[literal('Observed only:', 'bold'), words(' '), literal(facts.observed)]])]
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
