/** Who asked for a request, as its messages call or name them. */
import type { Request } from '../../requests/request.ts';
import { requesterName, requesterUser } from '../../requests/requester.ts';
import { type MrkdwnText, mention, mrkdwn } from '../mrkdwn.ts';
import { literal, mentionElement } from '../rich-text.ts';

/** The person who asked; where a rule did, whoever was called by its announcement. */
export const callRequester = ({
  requestedBy,
  ask,
}: Pick<Request, 'requestedBy' | 'ask'>): MrkdwnText => {
  const user = requesterUser(requestedBy);
  if (user) return mention(user);
  const [first, ...others] = ask;
  return first
    ? others.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mention(first))
    : mrkdwn`*Automation*:`;
};

/** By name: nobody is pinged by what they did themselves. */
export const namedRequester = ({ requestedBy }: Pick<Request, 'requestedBy'>) =>
  literal(requesterName(requestedBy), 'bold', 120);

/** Drawn where only one person sees it. */
export const mentionedRequester = ({ requestedBy }: Pick<Request, 'requestedBy'>) => {
  const user = requesterUser(requestedBy);
  return user ? mentionElement(user) : literal(requesterName(requestedBy), undefined, 120);
};
