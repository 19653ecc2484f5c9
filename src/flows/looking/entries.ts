/** A case or a request as one entry of a list: what, where, how it stands, and the one thing to press. */
import { actionById } from '../../actions/index.ts';
import { type Case, leadFinding, mainResource } from '../../cases/case.ts';
import type { CordonConfig } from '../../config/config.ts';
import { canUndo, type Request } from '../../requests/request.ts';
import { approvalsNeeded, countedApprovals } from '../../requests/tiers.ts';
import { controls, reference } from '../../slack/controls.ts';
import { duration, utc } from '../../slack/duration.ts';
import type { NoticeEntry } from '../../slack/modals/notice.ts';

interface Now {
  readonly config: Pick<CordonConfig, 'accounts'>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** `prod-payments · eu-west-1 · i-0abc…`. */
export const whereOf = ({ accounts }: Pick<CordonConfig, 'accounts'>, theCase: Case): string => {
  const finding = leadFinding(theCase);
  const account = accounts[finding.account]?.name ?? finding.account;
  const resource = mainResource(finding);
  return [account, finding.region, ...(resource ? [resource.id] : [])].join(' · ');
};

/** How a case stands, without names: those are drawn beside it. */
export const standingOf = (theCase: Case, now: number): string => {
  const age = duration(now - Date.parse(theCase.openedAt));
  if (theCase.over) return `over at its source, opened ${age} ago`;
  if (theCase.suppression) return `suppressed until ${utc(theCase.suppression.until)}`;
  return theCase.acknowledged ? `open for ${age}` : `open for ${age}, nobody has it yet`;
};

/** With a button that shows it in a window of its own. */
export const caseEntry = (theCase: Case, { config, now }: Now): NoticeEntry => ({
  lines: [
    `${theCase.severity} · ${theCase.decision.title}`,
    whereOf(config, theCase),
    `${theCase.id}, ${standingOf(theCase, now)}`,
  ],
  ...(theCase.assignee ? { who: theCase.assignee } : {}),
  button: {
    id: controls.showCase,
    label: 'Show',
    value: reference(theCase.id, theCase.token),
  },
});

const stateInWords = (request: Request, now: number): string => {
  switch (request.state) {
    case 'pending':
      return `waits for ${approvalsNeeded(request.tier) - countedApprovals(request).length} approval, ends in ${duration(Date.parse(request.expiresAt) - now)}`;
    case 'contained':
      return request.reviewAt ? reviewInWords(request.reviewAt, now) : 'in force';
    case 'approved':
    case 'executing':
    case 'stopping':
    case 'failed':
    case 'denied':
    case 'expired':
    case 'withdrawn':
    case 'undoing':
    case 'undone':
    case 'undo-failed':
      return request.state.replace('-', ' ');
    default:
      return request.state satisfies never;
  }
};

const reviewInWords = (reviewAt: string, now: number): string => {
  const left = Date.parse(reviewAt) - now;
  return left > 0
    ? `in force, to be reviewed in ${duration(left)}`
    : `in force, to be reviewed since ${duration(-left)}`;
};

const requestButton = (request: Request): Pick<NoticeEntry, 'button'> => {
  const value = reference(request.id, request.token);
  if (request.state === 'pending')
    return { button: { id: controls.viewPlan, label: 'View plan', value } };
  return canUndo(request) ? { button: { id: controls.undo, label: 'Undo', value } } : {};
};

/** With a button that opens its plan, or the plan of its undo. */
export const requestEntry = (request: Request, { config, now }: Now): NoticeEntry => {
  const { account, region } = request.plan.target;
  const where = `${config.accounts[account]?.name ?? account} · ${region}`;
  const action = actionById(request.plan.action)?.title ?? request.plan.action;
  return {
    lines: [
      request.plan.summary,
      `${request.kind === 'undo' ? 'Undo of: ' : ''}${action} · ${where} · ${stateInWords(request, now)}`,
      `Why: ${request.reason.label}. ${request.id}, case ${request.caseId}`,
    ],
    who: request.requestedBy.user,
    ...requestButton(request),
  };
};

/** In force in AWS: something verified, or half done, that an undo would take back. */
export const isContainment = (request: Request): boolean =>
  canUndo(request) && request.plan.suppresses === undefined && request.holdsUntil === undefined;

/** The one to look at first is first. */
export const byReview = (a: Request, b: Request): number =>
  (a.reviewAt ?? a.requestedAt).localeCompare(b.reviewAt ?? b.requestedAt);
