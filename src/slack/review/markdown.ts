/**
 * A review as Markdown, in what a Slack canvas and everybody else's Markdown have in common: headings,
 * paragraphs, lists, checklists. What others wrote is in code spans, where nothing is parsed: no mention,
 * link, heading or emoji survives. docs.slack.dev/surfaces/canvases
 */
import type { Piece, ReviewLine, ReviewSection } from '../../cases/case-review.ts';
import { unparsed } from '../text.ts';

/** In UTF-16 units; what is longer is in the record. */
const longestPiece = 400;

/** A backtick would end the span; without one nothing in it can. */
const span = (text: string): string =>
  `\`${unparsed(text, longestPiece).replaceAll('`', "'").trim() || '—'}\``;

/** Our own words hold none of these; should they ever, they are not parsed either. */
const ours = (text: string): string => text.replace(/[\\`*_[\]<>#|!~@&]/g, '\\$&');

const piece = (one: Piece): string => ('quoted' in one ? span(one.quoted) : ours(one.words));

const text = (line: ReviewLine): string => line.map(piece).join('');

const section = ({ title, kind, lines }: ReviewSection): readonly string[] => [
  `## ${ours(title)}`,
  '',
  ...lines.flatMap((line) => {
    switch (kind) {
      case 'facts':
        return [`- ${text(line)}`];
      case 'tasks':
        return [`- [ ] ${text(line)}`];
      case 'prompts':
        return [`- *${text(line)}*`];
      default:
        return kind satisfies never;
    }
  }),
  '',
];

/** `id`: of the case. */
export const reviewMarkdown = (id: string, sections: readonly ReviewSection[]): string =>
  [`# Review of case ${ours(id)}`, '', ...sections.flatMap(section)].join('\n');
