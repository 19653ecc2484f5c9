/** What was gathered about a case, as one message of its thread: a line a source, a short timeline, what is missing. */
import type { Case } from '../../cases/case.ts';
import type { GatheredEvidence, Gathering } from '../../cases/gathering.ts';
import { type Element, literal, richList, richText, timeElement, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

/** Of what one value may take on a phone; the whole is in the bucket. */
const [longestFact, longestMoment] = [120, 140];

const clock = (iso: string): Element =>
  timeElement(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const sectionLines = ({ sections }: GatheredEvidence): readonly (readonly Element[])[] =>
  sections
    .filter(({ facts }) => facts.length > 0)
    .map(({ title, facts }) => [
      literal(title, 'bold'),
      ...facts.flatMap(({ label, value }, place) => [
        words(place > 0 ? ' · ' : '  '),
        literal(label),
        words(' '),
        literal(value, 'code', longestFact),
      ]),
    ]);

const momentLines = ({ moments }: GatheredEvidence): readonly (readonly Element[])[] =>
  moments.map(({ at, what }) => [clock(at), words('  '), literal(what, 'code', longestMoment)]);

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
        ...sectionLines(found),
      ]),
      ...(moments.length > 0 ? [richList('bullet', moments)] : []),
      richText([...gapLines(found), footer(found, gathering)]),
    ],
  };
};

export const evidenceMessages = (theCase: Case): readonly DesiredMessage[] =>
  (theCase.gatherings ?? []).flatMap((gathering) =>
    gathering.found ? [messageOf(theCase, gathering, gathering.found)] : [],
  );
