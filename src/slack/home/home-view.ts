/** The app's home tab: one section for each thing that may wait. docs.slack.dev/surfaces/app-home */
import type { KnownBlock } from '@slack/types';
import { entryBlocks, type NoticeEntry } from '../modals/notice.ts';
import { literal, richText } from '../rich-text.ts';
import { plain } from '../text.ts';

export interface HomeSection {
  /** Unique in the tab. */
  readonly id: string;
  readonly title: string;
  /** Drawn literally, one paragraph each. */
  readonly lines: readonly string[];
  readonly entries: readonly NoticeEntry[];
}

export interface HomeView {
  readonly type: 'home';
  readonly blocks: readonly KnownBlock[];
}

/** A home tab has 100 blocks; with five entries a section eight sections fit. */
export const mostEntries = 5;
const mostSections = 8;

const sectionBlocks = ({ id, title, lines, entries }: HomeSection): readonly KnownBlock[] => [
  { type: 'header', block_id: id, text: plain(title, 150) },
  ...(lines.length > 0 ? [richText(lines.map((line) => [literal(line, undefined, 600)]))] : []),
  ...entries.slice(0, mostEntries).flatMap((entry, n) => entryBlocks(entry, `${id}-${n}`)),
];

export const homeView = (sections: readonly HomeSection[]): HomeView => ({
  type: 'home',
  blocks: sections.slice(0, mostSections).flatMap(sectionBlocks),
});
