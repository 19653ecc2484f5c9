/** What is new in a case since its first finding: told in the thread, what came together in one message. */
import type { KnownBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import { type News, newsIn } from '../../cases/news.ts';
import { originName } from '../../findings/services.ts';
import { type Element, literal, richText, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

/** What did not fit into one line is on the card and in AWS. */
const mostNamed = 3;

const listed = (label: string, ids: readonly string[]): readonly Element[] => {
  if (ids.length === 0) return [];
  const named = ids.slice(0, mostNamed);
  return [
    words(`  ${label} `),
    ...named.flatMap((id, place) => [
      ...(place > 0 ? [words(', ')] : []),
      literal(id, 'code', 100),
    ]),
    ...(ids.length > named.length ? [words(` and ${ids.length - named.length} more`)] : []),
  ];
};

const lines = (news: News): readonly (readonly Element[])[] => {
  const { entry, source, resources, actors } = news;
  const { finding, title } = entry;
  const details = [...listed('resource', resources), ...listed('actor', actors)];
  return [
    [
      literal(title, 'bold', 120),
      words('  '),
      words(finding.severity),
      words('  '),
      literal(finding.type, 'code', 120),
      ...(source ? [words(`  also seen by ${originName(source)}`)] : []),
    ],
    ...(details.length > 0 ? [[words('New:'), ...details]] : []),
  ];
};

/** Findings of so long, counted from the case's first, are one message, edited as more of them come. */
const togetherMs = 120_000;

const partOf = ({ openedAt }: Case, { entry }: News): string =>
  String(Math.floor((Date.parse(entry.receivedAt) - Date.parse(openedAt)) / togetherMs));

const messageOf = (part: string, news: readonly News[]): DesiredMessage => {
  const blocks: readonly KnownBlock[] = [
    richText([
      [literal(news.length > 1 ? 'New in this case' : 'New in this case:', 'bold')],
      ...news.flatMap(lines),
    ]),
  ];
  return {
    key: `news:${part}`,
    inThread: true,
    broadcast: false,
    text: safe(`New in this case: ${news[0]?.entry.title ?? ''}`, 120),
    blocks,
  };
};

export const newsMessages = (theCase: Case): readonly DesiredMessage[] => {
  const parts = new Map<string, News[]>();
  for (const news of newsIn(theCase)) {
    const part = partOf(theCase, news);
    parts.set(part, [...(parts.get(part) ?? []), news]);
  }
  return [...parts].map(([part, news]) => messageOf(part, news));
};
