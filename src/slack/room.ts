/** How long each of many texts may be, so that all of them fit into one message. Pure. */
import { escaped } from './text.ts';

/**
 * Below the 12,000 characters of src/slack/limits.ts, so that titles, times and buttons fit beside them.
 */
export const messageRoom = 9500;

/**
 * The longest that one of `texts` may be, in characters as Slack stores them, at most `most`: short
 * ones stay whole, and the long ones share what those leave of `room`.
 */
export const fairShare = (texts: readonly string[], most: number, room = messageRoom): number => {
  const lengths = texts.map((text) => Math.min(escaped(text).length, most)).sort((a, b) => a - b);
  let left = room;
  for (const [place, length] of lengths.entries()) {
    const share = Math.floor(left / (lengths.length - place));
    if (length > share) return Math.max(share, 1);
    left -= length;
  }
  return most;
};
