/** A short answer to one person: in the open modal, or as an ephemeral message. */
import type { KnownBlock } from '@slack/types';
import { type ButtonParts, button } from '../cards/button.ts';
import { utc } from '../duration.ts';
import { link } from '../mrkdwn.ts';
import {
  type Element,
  literal,
  mentionElement,
  richText,
  timeElement,
  words,
} from '../rich-text.ts';
import { fairShare, messageRoom } from '../room.ts';
import { safe } from '../text.ts';
import { type ModalView, modal } from './view.ts';

/** One thing of a list, with what can be done about it. */
export interface NoticeEntry {
  /** Drawn literally; the first is the name of the thing. */
  readonly lines: readonly string[];
  /** A time of it, drawn in the reader's own zone; ISO 8601 UTC. */
  readonly when?: { readonly label: string; readonly at: string };
  /** Slack user id of whose it is. */
  readonly who?: string | undefined;
  readonly button?: ButtonParts;
}

export interface Notice {
  readonly title: string;
  /** Drawn literally, one paragraph each. */
  readonly lines: readonly string[];
  /** Slack user id of the one who came first. */
  readonly who?: string;
  /** Slack ids of people and groups to turn to. */
  readonly ask?: readonly string[];
  /** Slack user ids of all whom the answer is about. */
  readonly people?: readonly string[];
  /** An address that we built. */
  readonly link?: { readonly url: string; readonly label: string };
  /** Drawn by a screen of its own; at most 20 blocks. */
  readonly body?: readonly KnownBlock[];
  /** At most 20: a message has 50 blocks. */
  readonly entries?: readonly NoticeEntry[];
  /** Leads to what this message had no room for. */
  readonly next?: ButtonParts;
}

/** The last line: a time and a person, as far as the entry has them. */
const facts = ({ when, who }: NoticeEntry): readonly Element[] => [
  ...(when
    ? [literal(when.label), words(' '), timeElement(Date.parse(when.at) / 1000, utc(when.at))]
    : []),
  ...(when && who ? [words(' · ')] : []),
  ...(who ? [mentionElement(who)] : []),
];

const [longestLine, longestOfEntry, mostEntries] = [1500, 400, 20];

/** `name` is unique in the message or view; `most` characters has a line. */
export const entryBlocks = (
  entry: NoticeEntry,
  name: string,
  most = longestOfEntry,
): readonly KnownBlock[] => [
  richText([
    ...entry.lines.map((line, n) => [literal(line, n === 0 ? 'bold' : undefined, most)]),
    ...(facts(entry).length > 0 ? [facts(entry)] : []),
  ]),
  ...(entry.button
    ? [{ type: 'actions' as const, block_id: name, elements: [button(entry.button)] }]
    : []),
];

/** Beside what a screen of its own draws. */
const bodyLeaves = 2000;

export const noticeBlocks = (notice: Notice): readonly KnownBlock[] => {
  const entries = (notice.entries ?? []).slice(0, mostEntries);
  const texts = [...notice.lines, ...entries.flatMap(({ lines }) => lines)];
  // What a screen of its own draws keeps within its own bounds.
  const share = fairShare(texts, longestLine, notice.body ? bodyLeaves : messageRoom);
  return [
    richText([
      [literal(notice.title, 'bold', 150)],
      ...notice.lines.map((line) => [literal(line, undefined, share)]),
      ...(notice.who ? [[words('Who: '), mentionElement(notice.who)]] : []),
      ...(notice.people
        ? [notice.people.flatMap((id, n) => [...(n > 0 ? [words(', ')] : []), mentionElement(id)])]
        : []),
      ...(notice.ask
        ? [[words('Ask'), ...notice.ask.flatMap((id) => [words(' '), mentionElement(id)])]]
        : []),
    ]),
    ...(notice.link
      ? [
          {
            type: 'section' as const,
            block_id: 'link',
            text: link(notice.link.url, notice.link.label),
          },
        ]
      : []),
    ...(notice.body ?? []),
    ...entries.flatMap((entry, n) =>
      entryBlocks(entry, `entry-${n}`, Math.min(share, longestOfEntry)),
    ),
    ...(notice.next
      ? [{ type: 'actions' as const, block_id: 'next', elements: [button(notice.next)] }]
      : []),
  ];
};

/** Slack parses the text of a message, also beside blocks. */
export const noticeText = (notice: Notice): string =>
  safe([notice.title, ...notice.lines].join('. '), 300);

export const noticeView = (notice: Notice): ModalView =>
  modal({ callback: 'notice', title: 'Cordon', blocks: noticeBlocks(notice) });

/** What web opens at once, and what a submission turns into, until the worker fills it. */
export const workingView = (externalId: string, doing: string): ModalView =>
  modal({
    callback: 'working',
    title: 'Cordon',
    externalId,
    blocks: [richText([[literal(doing)]])],
  });
