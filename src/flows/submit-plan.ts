/** A plan submitted from its modal: checked against what was offered, then made a request. */
import { choose, isInPart } from '../actions/choices.ts';
import { asksUntilWhen } from '../actions/parts.ts';
import { staysInCordon } from '../actions/suppression-plan.ts';
import type { Case } from '../cases/case.ts';
import { same } from '../requests/plan-hash.ts';
import { isOpen, type Request } from '../requests/request.ts';
import { decidedBy, outcome } from '../requests/request-event.ts';
import { targetOf } from '../requests/scope.ts';
import { reasonsFor } from '../slack/modals/reasons.ts';
import { suppressionDays } from '../slack/modals/suppression-days.ts';
import type { OfferedPlan } from '../store/requests-table.ts';
import { allowed, answer, type Click, type Refused, refuseClick } from './click.ts';
import { asChosen, chosen } from './offer-suppression.ts';
import { isQuickUndo, undoNeed } from './offer-undo.ts';
import { lessens, ownCase } from './own-case.ts';
import { isoNow, type WorkerPorts } from './ports.ts';
import { putRequest, type Submission, type Taken } from './put-request.ts';

const whatNext = (request: Request): readonly string[] =>
  request.state === 'pending'
    ? ['An approver has to agree now; the card is in the thread.', 'You can close this.']
    : staysInCordon(request.plan)
      ? ['It holds from now on; the thread says so.', 'You can close this.']
      : ['It runs now; the thread shows each step and the result.', 'You can close this.'];

const unknownPlan: Refused = {
  code: 'not-yours',
  because: 'This plan was not shown to you.',
  needed: 'a plan of your own: press the button on the card',
};

/** The choices that the modal drew, worked out again: what Slack sends back is only a wish. */
const isOffered = (
  ports: WorkerPorts,
  {
    offered,
    theCase,
    submission,
  }: {
    readonly offered: OfferedPlan;
    readonly theCase: Case | undefined;
    readonly submission: Submission;
  },
): boolean => {
  if (!theCase) return false;
  const expires = asksUntilWhen(offered.plan);
  const { severity } = theCase;
  const { days, scope } = submission;
  const choices = suppressionDays({ severity, suppression: ports.config.suppression });
  const daysFit =
    expires && offered.kind === 'contain'
      ? days !== undefined && choices.includes(days) && chosen(offered, scope) !== undefined
      : days === undefined;
  return (
    daysFit &&
    reasonsFor({ expires }, offered.kind).some(({ code }) => code === submission.reason.code)
  );
};

/** What is ticked, looked up in the plan that was shown: an unknown or barred choice is no choice of it. */
const choiceProblem = (
  offered: OfferedPlan,
  { chosen: numbers = [] }: Submission,
): Refused | undefined => {
  const { choices = [] } = offered.plan;
  const known = numbers.every((number) => {
    const choice = choices[number];
    return choice !== undefined && choice.barred === undefined;
  });
  if (!known)
    return {
      code: 'bad-value',
      because: 'What was chosen is not in the plan that was shown.',
      needed: 'a choice of the modal; press the button on the card again',
    };
  const wanted = withChosen(offered, numbers).plan;
  return choices.length > 0 && wanted.changes.every(({ before, after }) => same(before, after))
    ? {
        code: 'nothing-chosen',
        because: 'Nothing is chosen, so nothing would change.',
        needed: 'at least one of the boxes; press the button on the card again',
      }
    : undefined;
};

const withChosen = (offered: OfferedPlan, numbers: readonly number[]): OfferedPlan => {
  const { choices = [] } = offered.plan;
  const ids = numbers.flatMap((number) => choices[number]?.change.id ?? []);
  const plan = choose(offered.plan, (id) => ids.includes(id));
  return {
    ...offered,
    plan:
      offered.kind === 'undo' && isInPart(plan)
        ? { ...plan, summary: plan.summary.replace(/^(DRILL: )?Undo:/, '$1Undo in part:') }
        : plan,
  };
};

const caseProblem = (
  ports: WorkerPorts,
  { person }: Click,
  { offered, theCase }: { readonly offered: OfferedPlan; readonly theCase: Case },
): Refused | undefined => {
  if (theCase.merged && offered.kind === 'contain')
    return {
      code: 'merged',
      because: `This case goes on in case ${theCase.merged.into}.`,
      needed: 'a plan of that case: press the button on its card',
    };
  return lessens(offered) ? ownCase(ports, person, theCase) : undefined;
};

/** Why this person cannot submit this plan now; nothing when they can. */
const problemWith = async (
  ports: WorkerPorts,
  click: Click,
  {
    offered,
    theCase,
    submission,
  }: {
    readonly offered: OfferedPlan | undefined;
    readonly theCase: Case | undefined;
    readonly submission: Submission;
  },
): Promise<Refused | undefined> => {
  if (!offered || offered.person.id !== click.person.id) return unknownPlan;
  const ofCase = theCase && caseProblem(ports, click, { offered, theCase });
  if (ofCase) return ofCase;
  if (offered.expiresAt <= isoNow(ports.chance))
    return {
      code: 'plan-expired',
      because: 'This plan is too old; live state may have changed.',
      needed: 'a fresh plan: press the button on the card again',
    };
  if (!isOffered(ports, { offered, theCase, submission }))
    return {
      code: 'bad-value',
      because: 'The reason, the duration or the scope is not one of those that were offered.',
      needed: 'a choice of the modal; press the button on the card again',
    };
  const unchosen = choiceProblem(offered, submission);
  if (unchosen) return unchosen;
  const { mostDays = Number.POSITIVE_INFINITY } = chosen(offered, submission.scope) ?? {};
  if (submission.days !== undefined && submission.days > mostDays)
    return {
      code: 'too-long',
      because: `What this would hide was CRITICAL before, so it may hold for at most ${mostDays} days.`,
      needed: `a shorter time or a narrower scope; press the button on the card again`,
    };
  if (!offered.quick) return undefined;
  const undone = offered.undoes && (await ports.requests.get(offered.undoes));
  return undone && isQuickUndo(ports, click, undone)
    ? undefined
    : {
        code: 'quick-undo-over',
        because: 'The time in which you can undo this alone is over.',
        needed: 'a new undo plan, which another person approves',
      };
};

const lostRace = ({ by, request }: Taken): Refused => ({
  code: 'lost-race',
  because: request
    ? `Somebody else asked first: ${outcome(request)}.`
    : 'Somebody else asked for the same a moment ago.',
  needed: 'nothing; follow the request in the thread',
  who: request ? decidedBy(request) : by.by,
});

export const submitPlan = async (
  ports: WorkerPorts,
  submitted: Click,
  submission: Submission,
): Promise<void> => {
  const offered = await ports.requests.offered(submission.token);
  const theCase = offered && (await ports.cases.get(offered.caseId));
  // A submission names no channel; if the modal is closed, the answer goes to the case's.
  const click: Click = theCase ? { ...submitted, channel: theCase.channel } : submitted;
  const about = offered ? { case: offered.caseId } : {};
  const undone = offered?.undoes ? await ports.requests.get(offered.undoes) : undefined;
  const target = offered && targetOf(offered.plan);
  const authority = await allowed(ports, click, undoNeed(ports, click, undone), about, target);
  if (!authority) return;
  const problem = await problemWith(ports, click, { offered, theCase, submission });
  if (problem || !offered) return refuseClick(ports, click, problem ?? unknownPlan, about);
  const wanted = asChosen(withChosen(offered, submission.chosen ?? []), submission);
  const put = await putRequest(ports, wanted, { submission, authority });
  if (put.kind === 'taken') return refuseClick(ports, click, lostRace(put), about);
  const lines =
    isOpen(put.request) || put.request.state === 'contained' || put.request.state === 'undone'
      ? whatNext(put.request)
      : [`This was requested before: ${outcome(put.request)}.`];
  await answer(ports, click, { title: 'Requested', lines });
};
