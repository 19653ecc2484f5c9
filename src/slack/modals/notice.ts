/** A short answer to one person: in the open modal, or as an ephemeral message. */
import type { KnownBlock } from '@slack/types';
import { literal, mentionElement, richText, words } from '../rich-text.ts';
import { plain } from '../text.ts';
import { type ModalView, modal } from './view.ts';

export interface Notice {
  readonly title: string;
  /** Drawn literally, one paragraph each. */
  readonly lines: readonly string[];
  /** Slack user id of the one who came first. */
  readonly who?: string;
  /** Slack ids of people and groups to turn to. */
  readonly ask?: readonly string[];
}

export const noticeBlocks = (notice: Notice): readonly KnownBlock[] => [
  richText([
    [literal(notice.title, 'bold', 150)],
    ...notice.lines.map((line) => [literal(line, undefined, 1500)]),
    ...(notice.who ? [[words('Who: '), mentionElement(notice.who)]] : []),
    ...(notice.ask
      ? [[words('Ask'), ...notice.ask.flatMap((id) => [words(' '), mentionElement(id)])]]
      : []),
  ]),
];

export const noticeText = (notice: Notice): string =>
  plain([notice.title, ...notice.lines].join('. '), 300).text;

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
