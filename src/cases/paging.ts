/**
 * What people are paged for: what Slack cannot be trusted to tell in time. Its do-not-disturb mutes
 * CRITICAL cases and requests for approval, and a message that it does not take tells nobody.
 */
import { isDoubted } from './at-source.ts';
import { type Case, isActive } from './case.ts';
import { caseFindings, leadFinding, mainResource } from './case-findings.ts';

/** A request that waits for people. */
export interface AwaitedApproval {
  readonly id: string;
  readonly planNumber: number;
  /** What would be done, in one line. */
  readonly summary: string;
  /** Who asked. */
  readonly by: string;
  /** When people are paged if nobody has answered; ISO 8601 UTC. */
  readonly pageAt: readonly string[];
  readonly expiresAt: string;
  /** Who asked for the approvers to be paged. */
  readonly calledBy?: string;
}

/** A request that went on without an approver. */
interface BrokenGlassFacts {
  readonly id: string;
  readonly summary: string;
  readonly by: string;
  readonly reason: string;
}

export interface PagingFacts {
  readonly theCase: Case;
  /** The messages that Slack has, by key. */
  readonly messages: { readonly [key: string]: unknown };
  readonly approvals: readonly AwaitedApproval[];
  readonly glass: readonly BrokenGlassFacts[];
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** A page to send. Its words may hold text of the finding: they are cleaned before they are sent. */
export interface DuePage {
  /** Stable; the page is sent once. */
  readonly key: string;
  /** Goes on after "paged because". */
  readonly because: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** How long Slack may take to show something before it counts as not reachable. */
const patienceMs = 600_000;

/** A sample is about nothing that exists; somebody has dealt with what is archived, if it can be believed. */
const isReal = (theCase: Case): boolean =>
  caseFindings(theCase).some(
    ({ sample, archived }) => !sample && (!archived || isDoubted(theCase)),
  );

const criticalKey = (theCase: Case): string => `critical:${theCase.id}`;

/** A CRITICAL case that nobody was paged for yet. */
const owesCritical = (theCase: Case): boolean =>
  theCase.severity === 'CRITICAL' &&
  isReal(theCase) &&
  isActive(theCase) &&
  !theCase.pages?.[criticalKey(theCase)];

const emailKey = ({ id, severity }: Case): string => `email:${id}:${severity}`;

/** What its route also sends by email, once for each severity; CRITICAL is paged anyway. */
const owesEmail = (theCase: Case): boolean =>
  theCase.decision.email === true &&
  theCase.severity !== 'CRITICAL' &&
  isReal(theCase) &&
  isActive(theCase) &&
  !theCase.pages?.[emailKey(theCase)];

/** Steps of the escalation that page, and have not. */
const owedSteps = ({ id, escalation, pages }: Case): readonly string[] =>
  (escalation?.done ?? [])
    .filter(({ page }) => page)
    .map(({ step }) => `escalation:${id}:${escalation?.since}:${step}`)
    .filter((key) => !pages?.[key]);

const glassKey = (request: string): string => `glass:${request}`;

const owesGlass = ({ glass = [], pages }: Case): boolean =>
  glass.some((request) => !pages?.[glassKey(request)]);

/** A page is due as soon as tick comes. */
export const owesPage = (theCase: Case): boolean =>
  owesCritical(theCase) ||
  owesEmail(theCase) ||
  owedSteps(theCase).length > 0 ||
  owesGlass(theCase);

const pageAbout = (
  theCase: Case,
  page: Pick<DuePage, 'key' | 'because'> & { readonly first?: string; readonly more?: string },
): DuePage => {
  const finding = leadFinding(theCase);
  const resource = mainResource(finding);
  const title = `${theCase.severity}: ${theCase.decision.title}`;
  return {
    key: page.key,
    because: page.because,
    subject: page.first ?? title,
    lines: [
      title,
      ...(page.more ? [page.more] : []),
      `Account ${finding.account}, region ${finding.region}`,
      ...(resource ? [`Resource ${resource.id}`] : []),
      `Case ${theCase.id}`,
      `You are paged because ${page.because}.`,
    ],
  };
};

const critical = ({ theCase }: PagingFacts): readonly DuePage[] =>
  owesCritical(theCase)
    ? [pageAbout(theCase, { key: criticalKey(theCase), because: 'it is CRITICAL' })]
    : [];

const emailed = ({ theCase }: PagingFacts): readonly DuePage[] =>
  owesEmail(theCase)
    ? [pageAbout(theCase, { key: emailKey(theCase), because: 'its route also sends it by email' })]
    : [];

/** What should be new in Slack and is not: the card, or the message that the case became worse. */
const missing = ({ theCase, messages }: PagingFacts) => {
  const { id, openedAt, raised } = theCase;
  if (!messages['card']) return { key: `unreachable:${id}`, since: openedAt };
  return raised && !messages[`raised:${raised.to}`]
    ? { key: `unreachable:${id}:${raised.to}`, since: raised.at }
    : undefined;
};

const unreachable = (facts: PagingFacts): readonly DuePage[] => {
  const { theCase, now } = facts;
  const late = missing(facts);
  if (!late || theCase.severity === 'CRITICAL' || !isReal(theCase)) return [];
  return Date.parse(now) - Date.parse(late.since) < patienceMs
    ? []
    : [pageAbout(theCase, { key: late.key, because: 'Slack was not reachable' })];
};

const approvalPage = (
  theCase: Case,
  { summary, by, expiresAt }: AwaitedApproval,
  page: Pick<DuePage, 'key' | 'because'>,
): DuePage =>
  pageAbout(theCase, {
    ...page,
    first: `Approval needed: ${summary}`,
    more: `Approval needed until ${expiresAt.slice(11, 16)} UTC: ${summary}, asked for by ${by}`,
  });

/** At its times, each once; what was missed is one page, not several. */
const unanswered = ({ theCase, approvals, now }: PagingFacts): readonly DuePage[] =>
  approvals.flatMap((approval) => {
    const { id, planNumber, pageAt, expiresAt } = approval;
    const times = now < expiresAt ? pageAt.filter((at) => at <= now).length : 0;
    return times === 0
      ? []
      : [
          approvalPage(theCase, approval, {
            key: `approval:${id}:${planNumber}${times > 1 ? `:${times}` : ''}`,
            because: 'nobody answered a request for approval',
          }),
        ];
  });

const called = ({ theCase, approvals, now }: PagingFacts): readonly DuePage[] =>
  approvals.flatMap((approval) =>
    approval.calledBy && now < approval.expiresAt
      ? [
          approvalPage(theCase, approval, {
            key: `called:${approval.id}:${approval.planNumber}`,
            because: `${approval.calledBy} asked for an approver`,
          }),
        ]
      : [],
  );

const glassBroken = ({ theCase, glass }: PagingFacts): readonly DuePage[] =>
  glass.map(({ id, summary, by, reason }) =>
    pageAbout(theCase, {
      key: glassKey(id),
      because: 'somebody went on without an approver',
      first: `Glass broken: ${summary}`,
      more: `Glass broken by ${by}, without an approver: ${summary}. Reason: ${reason}`,
    }),
  );

const escalated = ({ theCase }: PagingFacts): readonly DuePage[] =>
  owedSteps(theCase).map((key) =>
    pageAbout(theCase, { key, because: 'nobody acknowledged it in time' }),
  );

/** The pages that are due now and were not sent. */
export const duePages = (facts: PagingFacts): readonly DuePage[] =>
  // A drill wakes nobody past Slack.
  facts.theCase.drill ? [] : pagesOf(facts);

const pagesOf = (facts: PagingFacts): readonly DuePage[] =>
  [
    ...critical(facts),
    ...emailed(facts),
    ...glassBroken(facts),
    ...escalated(facts),
    ...unreachable(facts),
    ...called(facts),
    ...unanswered(facts),
  ].filter(({ key }) => !facts.theCase.pages?.[key]);
