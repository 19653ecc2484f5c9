/** What a responder may do who is alone, while a request waits: what needs no approver, or gets one. */
import type { KnownBlock } from '@slack/types';
import type { Person } from '../../requests/person.ts';
import type { Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { literal, richText, words } from '../rich-text.ts';
import { button } from './button.ts';

export interface Alone {
  /** Labels of the actions of this case that need nobody else. */
  readonly actions: readonly string[];
  readonly breakGlass: boolean;
}

/** By name, not by mention: nobody is pinged by what they did themselves. */
export const named = (person: Person) => literal(person.name ?? person.user, 'bold', 80);

/** Nobody waits in vain. */
export const alone = ({
  request,
  alone: may,
}: {
  readonly request: Request;
  readonly alone: Alone;
}): readonly KnownBlock[] => {
  if (request.state !== 'pending') return [];
  const value = reference(request.id, request.token);
  const called = request.called
    ? [[words('Approvers paged, asked for by '), named(request.called.by)]]
    : [];
  const own =
    may.actions.length > 0
      ? [[words('On the card, by yourself: '), literal(may.actions.join(', '), undefined, 300)]]
      : [];
  const buttons = [
    ...(request.called
      ? []
      : [button({ id: controls.pageApprovers, label: 'Page approvers', value })]),
    ...(may.breakGlass && request.tier === 2 && !request.plan.suppresses
      ? [button({ id: controls.breakGlass, label: 'Break glass…', value, style: 'danger' })]
      : []),
  ];
  return [
    richText([[literal('Alone? What you may do now', 'bold')], ...called, ...own]),
    ...(buttons.length > 0
      ? [{ type: 'actions' as const, block_id: 'alone', elements: buttons }]
      : []),
  ];
};
