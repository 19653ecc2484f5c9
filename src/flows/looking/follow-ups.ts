/** A follow-up as a line of the digest and as an entry of a list. */
import { type FollowUp, isOverdue } from '../../reviews/follow-up.ts';
import { controls, reference } from '../../slack/controls.ts';
import type { NoticeEntry } from '../../slack/modals/notice.ts';

const standing = (followUp: FollowUp, now: string): string => {
  if (followUp.done) return `done ${followUp.done.at.slice(0, 10)}`;
  return isOverdue(followUp, now.slice(0, 10))
    ? `overdue since ${followUp.due}`
    : `due ${followUp.due}`;
};

/** `now`: ISO 8601 UTC. */
export const followUpLine = (followUp: FollowUp, now: string): string =>
  `${standing(followUp, now)} · case ${followUp.caseId}: ${followUp.text}`;

/** With the button that closes it, or opens it again. */
export const followUpEntry = (followUp: FollowUp, now: string): NoticeEntry => ({
  lines: [followUp.text, `${standing(followUp, now)} · case ${followUp.caseId} · ${followUp.id}`],
  who: followUp.owner,
  button:
    followUp.state === 'open'
      ? {
          id: controls.followUpDone,
          label: 'Done',
          value: reference(followUp.id, followUp.token),
        }
      : {
          id: controls.followUpReopen,
          label: 'Open again',
          value: reference(followUp.id, followUp.token),
        },
});
