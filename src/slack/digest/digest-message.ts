/** The digest as one message: what a person on call wants to know in the morning, in half a minute. */
import type { KnownBlock } from '@slack/types';
import type { DigestFacts, NoisyRule, Targets } from '../../cases/digest.ts';
import type { DigestSlot } from '../../cases/digest-slot.ts';
import { type Severity, severities } from '../../findings/finding.ts';
import type { DesiredMessage } from '../cards/desired-message.ts';
import { duration } from '../duration.ts';
import { literal, richList, richText, words } from '../rich-text.ts';
import { fairShare } from '../room.ts';
import { plain, safe } from '../text.ts';
import { type BarChart, chartBlock, chartTable } from './chart.ts';
import { acknowledgeTarget, timesLine } from './times.ts';

export interface DigestMessageFacts {
  readonly slot: DigestSlot;
  readonly digest: DigestFacts;
  readonly within: Targets;
  /** One line each, the one to look at first is first. */
  readonly contained: readonly string[];
  readonly automation: readonly string[];
  readonly followUps: readonly string[];
  readonly drills: readonly string[];
  readonly suppressions: readonly string[];
  readonly posture: readonly string[];
  readonly delivery: readonly string[];
}

const mostLines = 8;

const falling = severities.toReversed();

const total = (counts: { readonly [S in Severity]?: number }): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** `3 (1 CRITICAL, 2 HIGH)`. */
const counted = (counts: { readonly [S in Severity]?: number }): string => {
  const parts = falling.flatMap((one) => (counts[one] ? [`${counts[one]} ${one}`] : []));
  return parts.length === 0 ? '0' : `${total(counts)} (${parts.join(', ')})`;
};

/** Nothing happened and nothing is open. */
const isQuiet = ({
  digest,
  contained,
  automation,
  followUps,
  drills,
  suppressions,
}: DigestMessageFacts): boolean =>
  total(digest.opened) +
    total(digest.open) +
    digest.resolved +
    digest.approvals +
    digest.denials +
    digest.expired +
    digest.digested.length +
    contained.length +
    automation.length +
    followUps.length +
    drills.length +
    suppressions.length ===
  0;

const proposal = ({ rule, cases, findings, untouched }: NoisyRule): string => {
  const what = `${rule}: ${cases} cases, ${findings} findings`;
  return untouched === cases
    ? `${what}; nobody took up any of them. Suppress what is expected, or route it to the digest`
    : `${what}; ${untouched} of them untouched`;
};

const list = (title: string, lines: readonly string[], most: number): readonly KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        richText([[literal(title, 'bold')]]),
        richList('bullet', [
          ...lines.slice(0, mostLines).map((line) => [literal(line, undefined, most)]),
          ...(lines.length > mostLines
            ? [[words('and '), literal(String(lines.length - mostLines)), words(' more')]]
            : []),
        ]),
      ];

/** A week by its days, a day by severity; nothing where there is nothing to see. */
const chartOf = ({ slot, digest }: DigestMessageFacts): BarChart | undefined => {
  if (total(digest.opened) + total(digest.open) + digest.resolved === 0) return undefined;
  if (slot.kind === 'weekly')
    return {
      title: 'Cases by day (UTC)',
      categories: digest.days.map(({ day }) => day.slice(5)),
      series: [
        { name: 'New', values: digest.days.map(({ opened }) => opened) },
        { name: 'Resolved', values: digest.days.map(({ resolved }) => resolved) },
      ],
      unit: 'cases',
    };
  return {
    title: 'Cases by severity',
    categories: falling,
    series: [
      { name: 'New', values: falling.map((one) => digest.opened[one] ?? 0) },
      { name: 'Open', values: falling.map((one) => digest.open[one] ?? 0) },
    ],
    unit: 'cases',
  };
};

const lists = (facts: DigestMessageFacts): readonly (readonly [string, readonly string[]])[] => {
  const { digest, within } = facts;
  return [
    [
      'Times, from the opening of the case',
      [
        ...timesLine('To acknowledge', digest.toAcknowledge, acknowledgeTarget(within)),
        ...timesLine('To contain', digest.toContain, duration(within.contain)),
        ...timesLine('To resolve', digest.toResolve, duration(within.resolve)),
      ],
    ],
    ['Containments still in force', facts.contained],
    ['Automation', facts.automation],
    ['Follow-ups of reviews, by their day', facts.followUps],
    ['Drills', facts.drills],
    ['Suppressions that end within a week', facts.suppressions],
    [
      'Told only here',
      digest.digested.map(({ title, severity, count }) => `${severity} · ${title}: ${count}`),
    ],
    ['Noisiest rules', digest.noisy.map(proposal)],
    ['Posture', facts.posture],
    ['Delivery', facts.delivery],
  ];
};

/** All lists are there, whatever is in them: then the long lines are shorter. */
const body = (facts: DigestMessageFacts): readonly KnownBlock[] => {
  const all = lists(facts);
  const shown = all.flatMap(([, lines]) => lines.slice(0, mostLines));
  const most = fairShare(shown, 300);
  return all.flatMap(([title, lines]) => list(title, lines, most));
};

const titleOf = ({ id, kind }: DigestSlot): string =>
  kind === 'weekly' ? `The week to ${id}` : `The day to ${id}`;

const summary = ({ digest }: DigestMessageFacts): readonly KnownBlock[] => [
  richText([
    [
      words('New: ', 'bold'),
      literal(counted(digest.opened)),
      words(' · '),
      words('Resolved: ', 'bold'),
      literal(String(digest.resolved)),
    ],
    [
      words('Open: ', 'bold'),
      literal(counted(digest.open)),
      ...(digest.oldestMs === undefined
        ? []
        : [words(', the oldest for '), literal(duration(digest.oldestMs))]),
    ],
    [
      words('Approvals: ', 'bold'),
      literal(String(digest.approvals)),
      words(' · '),
      words('Denied: ', 'bold'),
      literal(String(digest.denials)),
      words(' · '),
      words('Expired: ', 'bold'),
      literal(String(digest.expired)),
    ],
  ]),
];

/** The blocks, with the chart drawn by Slack or as a table. */
export const digestBlocks = (
  facts: DigestMessageFacts,
  draw: 'chart' | 'table',
): readonly KnownBlock[] => {
  if (isQuiet(facts))
    return [
      richText([
        [
          literal(`${titleOf(facts.slot)} was quiet.`, 'bold'),
          words(' '),
          literal(facts.delivery.join(' '), undefined, 600),
        ],
      ]),
    ];
  const chart = chartOf(facts);
  return [
    { type: 'header', block_id: 'digest', text: plain(titleOf(facts.slot), 150) },
    ...summary(facts),
    ...(chart ? [draw === 'chart' ? chartBlock(chart) : chartTable(chart)] : []),
    ...body(facts),
  ];
};

export const digestText = (facts: DigestMessageFacts): string =>
  isQuiet(facts)
    ? safe(`${titleOf(facts.slot)} was quiet`, 120)
    : safe(
        `${titleOf(facts.slot)}: ${total(facts.digest.opened)} new, ${total(facts.digest.open)} open, ${facts.digest.resolved} resolved`,
        120,
      );

export const digestMessage = (
  facts: DigestMessageFacts,
  draw: 'chart' | 'table',
): DesiredMessage => ({
  key: 'digest',
  inThread: false,
  broadcast: false,
  text: digestText(facts),
  blocks: digestBlocks(facts, draw),
});
