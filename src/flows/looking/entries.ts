/** A case or a request as one entry of a list: what, where, how it stands, and the one thing to press. */
import { isWriteBack, planTitle } from '../../actions/parts.ts';
import type { Case } from '../../cases/case.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import { canUndo, isChanged, needsReview, type Request } from '../../requests/request.ts';
import { requesterUser } from '../../requests/requester.ts';
import { approvalsNeeded, countedApprovals } from '../../requests/tiers.ts';
import { controls, reference } from '../../slack/controls.ts';
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

/** How a case stands, without names and times: those are drawn beside it. */
export const standingOf = (theCase: Case): string => {
  if (theCase.over) return 'over at its source';
  if (theCase.suppression) return 'suppressed';
  return theCase.acknowledged ? 'acknowledged' : 'nobody has it yet';
};

/** With a button that shows it in a window of its own. */
export const caseEntry = (theCase: Case, { config }: Pick<Now, 'config'>): NoticeEntry => ({
  lines: [
    `${theCase.severity} · ${theCase.decision.title}`,
    whereOf(config, theCase),
    `${theCase.id}, ${standingOf(theCase)}`,
  ],
  when: { label: 'opened', at: theCase.openedAt },
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
      return `waits for ${approvalsNeeded(request.tier) - countedApprovals(request).length} more approval`;
    case 'announced':
      return 'runs by itself unless somebody stops it';
    case 'contained':
      if (isChanged(request)) return 'in force, but changed since';
      if (needsReview(request)) return 'in force by itself, nobody has reviewed it';
      return request.reviewAt && Date.parse(request.reviewAt) <= now
        ? 'in force, its review is due'
        : 'in force';
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

const timeOf = (request: Request): NonNullable<NoticeEntry['when']> => {
  if (request.state === 'pending') return { label: 'expires', at: request.expiresAt };
  if (request.state === 'announced' && request.automation)
    return { label: 'runs', at: request.automation.runsAt };
  if (request.state === 'contained' && request.reviewAt)
    return { label: 'review', at: request.reviewAt };
  return { label: 'requested', at: request.requestedAt };
};

const requestButton = (request: Request): Pick<NoticeEntry, 'button'> => {
  const value = reference(request.id, request.token);
  if (request.state === 'announced')
    return { button: { id: controls.veto, label: 'Stop it', value } };
  if (request.state === 'pending')
    return { button: { id: controls.viewPlan, label: 'View plan', value } };
  return canUndo(request) ? { button: { id: controls.undo, label: 'Undo', value } } : {};
};

/** With a button that opens its plan, or the plan of its undo. */
export const requestEntry = (request: Request, { config, now }: Now): NoticeEntry => {
  const { account, region } = request.plan.target;
  const where = `${config.accounts[account]?.name ?? account} · ${region}`;
  const action = planTitle(request.plan);
  return {
    lines: [
      request.plan.summary,
      `${request.kind === 'undo' ? 'Undo of: ' : ''}${action} · ${where} · ${stateInWords(request, now)}`,
      `Why: ${request.reason.label}. ${request.id}, case ${request.caseId}`,
    ],
    when: timeOf(request),
    who: requesterUser(request.requestedBy),
    ...requestButton(request),
  };
};

/** In force in AWS: something verified, or half done, that an undo would take back. */
export const isInForce = (request: Request): boolean =>
  canUndo(request) &&
  request.plan.suppresses === undefined &&
  request.plan.drill === undefined &&
  !isWriteBack(request.plan) &&
  request.holdsUntil === undefined;

/** The one to look at first is first. */
export const byReview = (a: Request, b: Request): number =>
  (a.reviewAt ?? a.requestedAt).localeCompare(b.reviewAt ?? b.requestedAt);
