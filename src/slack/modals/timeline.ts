/** The timeline of a case: what happens next, then what happened, the newest first, by pages. */
import type { KnownBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import { button } from '../cards/button.ts';
import type { Moment, Timeline } from '../cards/timeline.ts';
import { controls, reference } from '../controls.ts';
import {
  type Element,
  literal,
  mentionElement,
  richText,
  timeElement,
  words,
} from '../rich-text.ts';
import { type ModalView, modal } from './view.ts';

const perPage = 25;

const line = ({ at, what, by }: Moment): readonly Element[] => [
  timeElement(Date.parse(at) / 1000, `${at.slice(0, 16).replace('T', ' ')} UTC`),
  words('  '),
  literal(what, undefined, 300),
  ...(by ? [words('  '), mentionElement(by)] : []),
];

const block = (title: string, lines: readonly (readonly Element[])[]): readonly KnownBlock[] =>
  lines.length === 0 ? [] : [richText([[literal(title, 'bold')], ...lines])];

/** A page's number, where an offer would be in a reference: eight digits of hexadecimal. */
const pageRef = (page: number): string => page.toString(16).padStart(8, '0');

const turning = (theCase: Case, page: number, pages: number): readonly KnownBlock[] => {
  const to = (label: string, target: number) =>
    button({
      id: target > page ? controls.older : controls.newer,
      label,
      value: reference(theCase.id, theCase.token, pageRef(target)),
    });
  const elements = [
    ...(page > 0 ? [to('Newer', page - 1)] : []),
    ...(page + 1 < pages ? [to('Older', page + 1)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'pages', elements }];
};

/** `wanted`: 0 for the newest page; one that there is not becomes the last. */
export const timelineView = (theCase: Case, timeline: Timeline, wanted: number): ModalView => {
  const newest = timeline.past.toReversed();
  const pages = Math.max(1, Math.ceil(newest.length / perPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const shown = newest.slice(page * perPage, (page + 1) * perPage);
  return modal({
    callback: 'timeline',
    title: 'Timeline',
    blocks: [
      ...(page === 0
        ? block('What happens next', timeline.planned.slice(0, perPage).map(line))
        : []),
      ...(page === 0 && timeline.planned.length === 0
        ? [richText([[literal('Nothing is planned: what comes next is up to people.')]])]
        : []),
      ...block(`What happened (${newest.length})`, shown.map(line)),
      ...turning(theCase, page, pages),
    ],
  });
};
