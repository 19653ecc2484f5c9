/** The card that counts for all that wait while a storm lasts, and the message that reconciles after it. */
import type { KnownBlock } from '@slack/types';
import type { Balance } from '../../cases/balance.ts';
import type { Case } from '../../cases/case.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import { severities } from '../../findings/finding.ts';
import { type MrkdwnText, mrkdwn, ours, time } from '../mrkdwn.ts';
import { literal, richList, richText, words } from '../rich-text.ts';
import { plain, safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';
import { severityMark } from './severity-mark.ts';

/** One of the cases that wait for their card, or for its next state. */
export interface RollUpLine {
  readonly theCase: Case;
  /** How many of its findings nobody sees on its card yet. */
  readonly unseen: number;
}

export interface RollUp {
  /** When the first finding of the storm arrived; ISO 8601 UTC. */
  readonly startedAt: string;
  /** Now; milliseconds since 1970. */
  readonly at: number;
  /** Distinct findings since then that are in cases. */
  readonly findings: number;
  /** Arrived as well, and nothing is decided about them yet. */
  readonly reading: number;
  /** Of these, the ones that no card of a case counts yet. */
  readonly waiting: number;
  readonly waitingCases: number;
  /** The first to be shown. */
  readonly lines: readonly RollUpLine[];
}

const clock = (milliseconds: number): MrkdwnText =>
  time(
    milliseconds / 1000,
    `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  );

const worst = (lines: readonly RollUpLine[]) =>
  severities.findLast((severity) => lines.some(({ theCase }) => theCase.severity === severity));

const worseFirst = (a: RollUpLine, b: RollUpLine): number =>
  severities.indexOf(b.theCase.severity) - severities.indexOf(a.theCase.severity);

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

const lineOf = ({ theCase, unseen }: RollUpLine) => {
  const resource = mainResource(leadFinding(theCase));
  return [
    words(`${theCase.severity}  `, 'bold'),
    literal(theCase.decision.title, undefined, 80),
    ...(resource ? [words('  '), literal(resource.id, 'code', 60)] : []),
    words('  '),
    literal(`${counted(unseen, 'finding')} waiting`),
  ];
};

const list = ({ lines, waitingCases }: RollUp): readonly KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        richList('bullet', lines.toSorted(worseFirst).map(lineOf)),
        ...(waitingCases > lines.length
          ? [richText([[literal(`and ${counted(waitingCases - lines.length, 'more case')}`)]])]
          : []),
      ];

export const rollUpCard = (facts: RollUp): DesiredMessage => {
  const { findings, reading, waiting, waitingCases, startedAt, at } = facts;
  const severity = worst(facts.lines);
  const onCards = Math.max(0, findings - waiting);
  const all = findings + reading;
  return {
    key: 'roll-up',
    inThread: false,
    broadcast: false,
    text: `Many alerts at once: ${counted(all, 'finding')}, ${counted(waitingCases, 'case')} waiting`,
    findings: all,
    waiting,
    blocks: [
      { type: 'header', block_id: 'title', text: plain('Many alerts at once', 150) },
      {
        type: 'section',
        block_id: 'state',
        text: mrkdwn`${severity ? severityMark(severity) : mrkdwn``} *${ours(counted(all, 'finding'))}* since ${clock(Date.parse(startedAt))}. ${ours(counted(onCards, 'finding'))} on cards, *${ours(counted(waiting, 'finding'))} in ${ours(counted(waitingCases, 'case'))}* waiting for Slack’s limits, what is CRITICAL first${ours(reading > 0 ? `, ${reading.toLocaleString('en-US')} being read` : '')}.`,
      },
      ...list(facts),
      {
        type: 'context',
        block_id: 'times',
        elements: [
          mrkdwn`As of ${clock(at)}. Nothing is lost: what waits is stored and counted here.`,
        ],
      },
    ],
  };
};

export interface StormOver {
  readonly startedAt: string;
  /** When the last finding arrived. */
  readonly endedAt: string;
  readonly findings: number;
  readonly cases: number;
  readonly balance: Balance;
}

const sum = (balance: Balance): readonly (readonly [label: string, count: number])[] => [
  ['on cards of their own', balance.shown],
  ['grouped with them', balance.grouped],
  ['suppressed', balance.suppressed],
  ['for the digest', balance.digest],
  ['ignored, with a reason', balance.ignored],
  ['waiting for their card', balance.waiting],
  ['still being decided', balance.undecided],
];

/** What waited while Slack was away had come before: then there is nothing to add up, and no empty list. */
const addedUp = (balance: StormOver['balance']): readonly KnownBlock[] => {
  const terms = sum(balance).filter(([, count]) => count > 0);
  const text =
    terms.length === 0
      ? mrkdwn`*The burst is over.* What waited is on its cards, and nothing more came meanwhile.`
      : mrkdwn`*The burst is over: it adds up.* ${ours(balance.received.toLocaleString('en-US'))} received =`;
  const section: KnownBlock = { type: 'section', block_id: 'over', text };
  if (terms.length === 0) return [section];
  return [
    section,
    richList(
      'bullet',
      terms.map(([label, count]) => [
        literal(count.toLocaleString('en-US'), 'bold'),
        words(' '),
        literal(label),
      ]),
    ),
  ];
};

/** The roll-up's last state, and the message that wakes nobody and adds up. */
export const stormOver = (facts: StormOver): readonly DesiredMessage[] => {
  const { findings, cases, startedAt, endedAt, balance } = facts;
  const what = `${counted(findings, 'finding')} in ${counted(cases, 'case')}`;
  return [
    {
      key: 'roll-up',
      inThread: false,
      broadcast: false,
      text: `It is calm again: ${what}, all on their cards`,
      findings,
      waiting: 0,
      blocks: [
        { type: 'header', block_id: 'title', text: plain('Many alerts at once: over', 150) },
        {
          type: 'section',
          block_id: 'state',
          text: mrkdwn`:white_check_mark: *${ours(what)}* from ${clock(Date.parse(startedAt))} to ${clock(Date.parse(endedAt))}. All of them are on their cards.`,
        },
      ],
    },
    {
      key: 'over',
      inThread: false,
      broadcast: false,
      text: safe(`The burst is over: ${what}`, 120),
      blocks: addedUp(balance),
    },
  ];
};
