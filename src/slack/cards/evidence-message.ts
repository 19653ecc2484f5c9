/** What was gathered about a case, as one message of its thread: a table, a short timeline, what is missing. */
import type { KnownBlock, TableBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import type { GatheredEvidence, Gathering } from '../../cases/gathering.ts';
import { type Element, literal, richList, richText, timeElement, words } from '../rich-text.ts';
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

const gapLines = ({ gaps }: GatheredEvidence): readonly (readonly Element[])[] => {
  const [shown, more] = [gaps.slice(0, 3), gaps.length - 3];
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

const footer = ({ manifest }: GatheredEvidence, { number, by }: Gathering): readonly Element[] => [
  words(by ? `Gathered at the wish of ` : 'Gathered by itself'),
  ...(by ? [literal(by)] : []),
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
      richText([...gapLines(found), footer(found, gathering)]),
    ],
  };
};

export const evidenceMessages = (theCase: Case): readonly DesiredMessage[] =>
  (theCase.gatherings ?? []).flatMap((gathering) =>
    gathering.found ? [messageOf(theCase, gathering, gathering.found)] : [],
  );
