/** A source ended a finding that people work on: told in the thread, unless Cordon did it for them. */
import { isOnFindings, partsOf } from '../../actions/parts.ts';
import { isDoubted, isEndedByHand } from '../../cases/at-source.ts';
import type { Case } from '../../cases/case.ts';
import { originName } from '../../findings/services.ts';
import type { Request } from '../../requests/request.ts';
import { type MrkdwnText, mention, mrkdwn, ours } from '../mrkdwn.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';

type Silenced = NonNullable<Case['silenced']>;

interface HowEnded {
  readonly what: string;
  /** The call of people that CloudTrail would name; absent where the source ends findings by itself. */
  readonly call?: string;
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ArchiveFindings.html and its like. */
const howEnded = ({ finding, source }: Silenced): HowEnded => {
  if (!isEndedByHand(finding)) return { what: `Over in ${originName(source)}` };
  switch (source) {
    case 'guardduty':
      return { what: 'Archived in GuardDuty', call: 'ArchiveFindings' };
    case 'securityhub-asff':
      return {
        what: 'Archived, suppressed or resolved in Security Hub',
        call: 'BatchUpdateFindings',
      };
    case 'securityhub-ocsf':
      return { what: 'Suppressed or resolved in Security Hub', call: 'BatchUpdateFindingsV2' };
    default:
      return { what: `Over in ${originName(source)}` };
  }
};

/** Requests that changed this finding where it is kept. */
const about = (finding: string, requests: readonly Request[]): readonly Request[] =>
  requests.filter(
    ({ kind, plan }) =>
      kind === 'contain' &&
      isOnFindings(plan) &&
      partsOf(plan).some(({ basis }) => basis.target.id === finding),
  );

const undoneBefore = (id: string, requests: readonly Request[], at: string): boolean =>
  requests.some((undo) => undo.undoes === id && undo.state === 'undone' && undo.requestedAt <= at);

/** Somebody had Cordon take back what had ended this finding: that it is there again is no news. */
export const openedByCordon = (
  { at, finding }: NonNullable<Case['returned']>,
  requests: readonly Request[],
): boolean => about(finding, requests).some(({ id }) => undoneBefore(id, requests, at));

/** A suppression or a write-back that ended this finding, and was not taken back before it was seen as archived. */
const byCordon = ({ at, finding }: Silenced, requests: readonly Request[]): boolean =>
  about(finding, requests).some(
    ({ id, steps, outcomes = {}, requestedAt }) =>
      (steps.some(({ status }) => status === 'done') || Object.keys(outcomes).length > 0) &&
      requestedAt <= at &&
      !undoneBefore(id, requests, at),
  );

const how = ({ what, call }: HowEnded): MrkdwnText =>
  call
    ? mrkdwn`*${ours(what)}*, and not by Cordon. CloudTrail of the administrator account says who did it (${ours(call)}), unless a rule of yours did.`
    : mrkdwn`*${ours(what)}*.`;

/** `calledAt` answers the Slack ids of whom a message about what happened then calls. */
export const silencedMessage = (
  theCase: Case,
  requests: readonly Request[],
  calledAt: (at: string) => readonly string[],
): readonly DesiredMessage[] => {
  const { silenced, assignee } = theCase;
  if (!silenced || silenced.suppressed || byCordon(silenced, requests)) return [];
  const doubted = isDoubted(theCase);
  const ended = howEnded(silenced);
  const called = doubted ? (assignee ? [assignee] : calledAt(silenced.at)) : [];
  const mentions = called.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);
  const says = doubted
    ? mrkdwn`:warning: ${how(ended)}${mentions} Whoever has the credentials may have done it, so this case stays open.`
    : mrkdwn`:ballot_box_with_check: ${how(ended)} Nothing is to be done if you know why.`;
  return [
    {
      key: `silenced:${silenced.at}`,
      inThread: true,
      broadcast: doubted,
      text: safe(`${ended.what}: ${theCase.decision.title}`, 120),
      blocks: [{ type: 'section', block_id: 'silenced', text: says }],
    },
  ];
};
