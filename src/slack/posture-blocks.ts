/**
 * Where an organisation or an account stands, for a person who has a minute: what to act on first,
 * each number with its way into the console, then what is worth a look, unknown, and in order.
 */
import type { KnownBlock } from '@slack/types';
import type { Figure } from '../posture/question.ts';
import {
  figuresWith,
  fineTitles,
  oldest,
  type PostureReport,
  scoreFigure,
  type TitledFigure,
} from '../posture/report.ts';
import { mrkdwn, time } from './mrkdwn.ts';
import { type Element, linkElement, literal, richList, richText, words } from './rich-text.ts';

/** Lines under one heading: more than this nobody reads in a chat. */
const most = { act: 10, look: 14, unknown: 6 };

const number = (value: number, unit = ''): string => `${value.toLocaleString('en-US')}${unit}`;

/** `1 of 4 (was 2)`. */
const amount = ({ value, unit, of, was }: Figure): string =>
  [
    number(value, unit),
    ...(of === undefined ? [] : [`of ${number(of)}`]),
    ...(was === undefined ? [] : [`(was ${number(was, unit)})`]),
  ].join(' ');

const line = ({ figure }: TitledFigure): readonly Element[] => [
  literal(figure.label, undefined, 120),
  words(': '),
  literal(amount(figure), 'bold', 60),
  ...(figure.names ?? []).flatMap((name) => [words('  '), literal(name, 'code', 60)]),
  words('  '),
  linkElement(figure.link, 'Open'),
];

const heading = (text: string): KnownBlock => richText([[literal(text, 'bold')]]);

const listOf = (
  title: string,
  lines: readonly (readonly Element[])[],
  limit: number,
): readonly KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        heading(`${title} (${lines.length})`),
        richList('bullet', [
          ...lines.slice(0, limit),
          ...(lines.length > limit ? [[literal(`and ${lines.length - limit} more`)]] : []),
        ]),
      ];

/** What is not known at all, then what answers leave out; one line for each reason. */
const unknowns = ({ sections }: PostureReport): readonly (readonly Element[])[] => {
  const said = [
    ...sections.flatMap(({ title, answer }) =>
      answer.kind === 'unknown' ? [[`unknown, because ${answer.because}`, title] as const] : [],
    ),
    ...sections.flatMap(({ title, answer }) =>
      answer.kind === 'answered' && answer.partly ? [[answer.partly, title] as const] : [],
    ),
  ];
  return [...new Set(said.map(([why]) => why))].map((why) => {
    const titles = said.flatMap(([each, title]) => (each === why ? [title] : []));
    return [literal(titles.join(', '), 'bold', 300), words(': '), literal(why, undefined, 300)];
  });
};

/** Scores of standards and accounts are one line, not a list of their own. */
const isScore = ({ figure }: TitledFigure): boolean => figure.unit === '%';

const score = (report: PostureReport): readonly KnownBlock[] => {
  const total = scoreFigure(report);
  if (!total) return [];
  const others = (['act', 'look', 'fine'] as const)
    .flatMap((verdict) => figuresWith(report, verdict))
    .filter((one) => isScore(one) && one.figure !== total)
    .map(({ figure }) => `${figure.label.replace('score, ', '')} ${amount(figure)}`);
  return [
    richText([
      [
        words('Security score ', 'bold'),
        literal(`${amount(total)}, computed`, 'bold', 60),
        words('  '),
        linkElement(total.link, 'Open'),
      ],
      ...(others.length > 0 ? [[literal(others.join(' · '), undefined, 500)]] : []),
    ]),
  ];
};

const clock = (iso: string) =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

/** Answers are kept for different times: the oldest is the one to know. */
const age = (report: PostureReport): readonly KnownBlock[] => {
  const since = oldest(report);
  const compared = report.comparedWith;
  return since
    ? [
        {
          type: 'context',
          block_id: 'age',
          elements: [
            mrkdwn`The oldest of these answers is of ${clock(since)}`,
            ...(compared ? [mrkdwn`"was" is of ${clock(`${compared}T12:00:00.000Z`)}`] : []),
          ],
        },
      ]
    : [];
};

export const postureBlocks = (report: PostureReport): readonly KnownBlock[] => {
  const lines = (verdict: Figure['verdict']) =>
    figuresWith(report, verdict)
      .filter((one) => !isScore(one))
      .map(line);
  const fine = fineTitles(report);
  return [
    ...score(report),
    ...listOf('To act on', lines('act'), most.act),
    ...listOf('Worth a look', lines('look'), most.look),
    ...listOf('Not known', unknowns(report), most.unknown),
    ...(fine.length > 0
      ? [richText([[words('In order: ', 'bold'), literal(fine.join(', '), undefined, 400)]])]
      : []),
    ...age(report),
  ];
};

/** What is not as it was when it was compared, what is to act on first, in one line. */
export const postureChanges = (report: PostureReport): readonly string[] => {
  const changed = (['act', 'look', 'fine'] as const)
    .flatMap((verdict) => figuresWith(report, verdict))
    .filter(({ figure }) => figure.was !== undefined);
  return report.comparedWith && changed.length > 0
    ? [
        `Changed since ${report.comparedWith}: ${changed
          .slice(0, 3)
          .map(({ figure }) => `${figure.label} ${amount(figure)}`)
          .join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}`,
      ]
    : [];
};

/** A few lines for a screen with other things on it: the score, and what to act on first. */
export const postureLines = (report: PostureReport): readonly string[] => {
  const total = scoreFigure(report);
  const act = figuresWith(report, 'act').filter((one) => !isScore(one));
  return report.sections.length === 0
    ? ['Nobody has asked yet: /cordon posture reads it.']
    : [
        ...(total ? [`Security score ${amount(total)}, computed`] : []),
        `To act on: ${act.length}. All of it: /cordon posture`,
        ...act.slice(0, 3).map(({ figure }) => `• ${figure.label}: ${amount(figure)}`),
      ];
};
