/** What was gathered about a case, as one message of its thread: a table, a short timeline, what is missing. */
import type { KnownBlock, TableBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import type { GatheredEvidence, Gathering } from '../../cases/gathering.ts';
import {
  type Element,
  literal,
  mentionElement,
  richList,
  richText,
  timeElement,
  words,
} from '../rich-text.ts';
import { safe, unparsed } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

/** Of what one value may take on a phone; the whole is in the bucket. */
const [longestFact, longestMoment, mostRows] = [160, 140, 14];

const clock = (iso: string): Element =>
  timeElement(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

/** A row a fact; the first of a source says whose it is. A table cell of raw text is never parsed. */
const factTable = ({ sections }: GatheredEvidence): readonly KnownBlock[] => {
  const rows = sections
    .flatMap(({ title, facts }) => facts.map((fact, place) => ({ title, place, ...fact })))
    .slice(0, mostRows)
    .map(({ title, place, label, value }): TableBlock['rows'][number] => [
      richText([
        [
          ...(place === 0 ? [literal(title, 'bold', 40), words(' ')] : []),
          literal(label, undefined, 60),
        ],
      ]),
      { type: 'raw_text', text: unparsed(value, longestFact) },
    ]);
  const table: TableBlock = {
    type: 'table',
    block_id: 'facts',
    column_settings: [{ is_wrapped: true }, { is_wrapped: true }],
    rows,
  };
  return rows.length > 0 ? [table] : [];
};

const momentLines = ({ moments }: GatheredEvidence): readonly (readonly Element[])[] =>
  moments.map(({ at, what }) => [clock(at), words('  '), literal(what, undefined, longestMoment)]);

const shownGaps = 3;

const gapLines = ({ gaps, more: left }: GatheredEvidence): readonly (readonly Element[])[] => {
  const [shown, more] = [gaps.slice(0, shownGaps), gaps.length - shownGaps + (left?.gaps ?? 0)];
  return [
    ...shown.map(({ what, because }, place) => [
      ...(place === 0 ? [literal('Not in it:', 'bold'), words(' ')] : []),
      literal(what),
      words(': '),
      literal(because),
      ...(place === shown.length - 1 && more > 0 ? [words(`, and ${more} more`)] : []),
    ]),
  ];
};

const freshLine = ({ fresh }: GatheredEvidence): readonly (readonly Element[])[] => {
  if (!fresh) return [];
  return [
    [
      literal('New since the last time:', 'bold'),
      words(' '),
      ...(fresh.length === 0
        ? [words('nothing')]
        : fresh.flatMap((one, place) => [
            ...(place > 0 ? [words(', ')] : []),
            literal(one, 'code', 100),
          ])),
    ],
  ];
};

/** What was found and is not drawn: nobody takes this message for all of it. */
const moreLine = (
  { id }: Case,
  { sections, more }: GatheredEvidence,
): readonly (readonly Element[])[] => {
  const rows = sections.flatMap(({ facts }) => facts).length;
  const left = [
    [Math.max(0, rows - mostRows) + (more?.facts ?? 0), 'facts'],
    [more?.moments ?? 0, 'moments'],
    [more?.fresh ?? 0, 'that are new'],
  ] as const;
  const told = left.filter(([count]) => count > 0).map(([count, what]) => `${count} more ${what}`);
  return told.length === 0
    ? []
    : [
        [
          words('And '),
          literal(told.join(', ')),
          words(' in the bundle: '),
          literal(`cordon export ${id}`, 'code'),
        ],
      ];
};

const footer = ({ manifest }: GatheredEvidence, { number, by }: Gathering): readonly Element[] => [
  words(by ? `Gathered at the wish of ` : 'Gathered by itself'),
  ...(by ? [mentionElement(by)] : []),
  words(`, number ${number}. Kept as `),
  literal(manifest.key, 'code', 120),
  words(', SHA-256 '),
  literal(manifest.sha256.slice(0, 16), 'code'),
];

const messageOf = (
  theCase: Case,
  gathering: Gathering,
  found: GatheredEvidence,
): DesiredMessage => {
  const moments = momentLines(found);
  return {
    key: `evidence:${gathering.number}`,
    inThread: true,
    broadcast: false,
    text: safe(`Evidence: ${theCase.decision.title}`, 120),
    blocks: [
      richText([
        [literal('Evidence', 'bold'), words('  what AWS and the record tell, read only')],
        ...freshLine(found),
      ]),
      ...factTable(found),
      ...(moments.length > 0 ? [richList('bullet', moments)] : []),
      richText([...moreLine(theCase, found), ...gapLines(found), footer(found, gathering)]),
    ],
  };
};

/** Whoever asked waits for it: that it was left out is told them. What Cordon left out by itself is in the timeline. */
const leftOutMessage = (
  theCase: Case,
  number: number,
  { by, because }: { readonly by: string; readonly because: string },
): DesiredMessage => ({
  key: `evidence:${number}`,
  inThread: true,
  broadcast: false,
  text: safe(`No evidence was gathered: ${theCase.decision.title}`, 120),
  blocks: [
    richText([
      [
        mentionElement(by),
        words(' the evidence that you asked for was not gathered: '),
        literal(because),
      ],
    ]),
  ],
});

export const evidenceMessages = (theCase: Case): readonly DesiredMessage[] =>
  (theCase.gatherings ?? []).flatMap((gathering) => {
    const { number, by, found, skipped: because } = gathering;
    if (found) return [messageOf(theCase, gathering, found)];
    return by && because !== undefined ? [leftOutMessage(theCase, number, { by, because })] : [];
  });
