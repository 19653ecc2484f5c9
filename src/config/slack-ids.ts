/** Slack's ids: https://docs.slack.dev/reference/objects/ (letters and digits after the first). */
import type { People } from './config.ts';
import { listOf, optional, type Read, shape, text } from './read.ts';

/** Public channels begin with C, private ones made before 2021 with G. */
export const channelPattern = /^[CG][A-Z0-9]{2,}$/;

const slackId = (first: string, remedy: string): Read<string> =>
  text(new RegExp(`^[${first}][A-Z0-9]{2,}$`), remedy);

export const teamId = slackId(
  'T',
  'Use the Slack team id (T…), as in the address of Slack in a browser.',
);
export const enterpriseId = slackId(
  'E',
  'Use the id of your Slack organisation (E…), or leave it out where the workspace belongs to none.',
);
export const channelId = text(
  channelPattern,
  'Use a channel id (C…), at the end of the channel’s details in Slack.',
);
export const userId = slackId(
  'UW',
  'Use a Slack user id (U… or W…): profile → ⋮ → Copy member ID.',
);
export const groupId = slackId(
  'S',
  'Use a Slack user-group id (S…), as in the address of the group.',
);

/** Users and groups; each kind may be left out. */
export const people: Read<Required<People>> = shape({
  users: optional(listOf(userId), []),
  groups: optional(listOf(groupId), []),
});
