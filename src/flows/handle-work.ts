/**
 * The worker's tasks from tick: what a deadline asks for. A task only names an item; what is to be
 * done is read from the item and the clock, so a forged task can do nothing that is not due.
 */
import { reviewHours } from '../actions/parts.ts';
import { executionName, isReviewed, type Request } from '../requests/request.ts';
import { dueAt } from '../store/requests-table.ts';
import { launchDue } from './automation/launch.ts';
import { onCaseDue } from './case/case-due.ts';
import { releaseHolds } from './journal.ts';
import { endOf, endStored, keepSuppression } from './keep-suppression.ts';
import { isoIn, isoNow, type Work, type WorkerPorts } from './ports.ts';
import { putRequest, requestIdOf } from './put-request.ts';
import { endRun } from './run-work.ts';
import { tellCase } from './save-case.ts';
import { tellRequest } from './save-request.ts';
import { settleBasis } from './settle-basis.ts';
import { startExecution } from './start-execution.ts';
import { steppedUp } from './step-up/stepped-up.ts';
import { stillAuthorised } from './still-authorised.ts';
import { tellApproved } from './tell-approved.ts';
import { undoPlan } from './undo-plan.ts';
import { watchContainment } from './watch-containment.ts';

/**
 * An execution that has not ended so long after its approval counts as dead; a new one takes up its
 * journal. Should the old one live after all, the leases keep them apart.
 */
const deadAfterMs = 1_800_000;

/** An approval that no execution took up for so long is over: what was agreed to was for now. */
const neverStartedMs = 660_000;

const failRun = async (
  ports: WorkerPorts,
  request: Request,
  failure: { readonly step: string; readonly because: string },
): Promise<void> => {
  const basis = request.undoes ? await ports.requests.get(request.undoes) : request;
  await endRun(ports, { request, basis: basis ?? request }, { kind: 'fail', ...failure });
};

const neverStarted = {
  step: 'Start',
  because: 'it was approved, but its execution never started; ask for it again',
};

/** What is done is in the journal, and can be undone. */
const gaveUp = {
  step: 'Execution',
  because:
    'the executor failed at every try, and the run was given up; look at its log, then undo what was done or ask again',
};

const restamp = async (ports: WorkerPorts, request: Request): Promise<void> => {
  // The job that approved it may have died before its case knew.
  await tellApproved(ports, request);
  if ((await ports.executions.outcome(executionName(request))) === 'gave-up')
    return failRun(ports, request, gaveUp);
  const authority = await stillAuthorised(ports, request);
  // Slack's silence ends nothing: it stays due, and the executor waits for its stamp.
  if (authority.kind === 'unknown') return;
  if (authority.kind === 'no')
    return failRun(ports, request, { step: 'Check of authority', because: authority.because });
  const since = ports.chance.now() - Date.parse(request.approvedAt ?? request.requestedAt);
  const dead = since > (request.steps.length > 0 ? deadAfterMs : neverStartedMs);
  if (dead && request.steps.length === 0) return failRun(ports, request, neverStarted);
  const told = await tellRequest(ports, request.id, {
    kind: dead ? 'revive' : 'restamp',
    stamp: { at: isoNow(ports.chance), because: authority.because },
  });
  if (told.kind === 'moved') await startExecution(ports, told.request);
};

/**
 * The end of a suppression was part of the plan that was approved, so its undo needs no new
 * approval; it is still planned against live state, journalled and verified like any other.
 */
const endSuppression = async (
  ports: WorkerPorts,
  request: Request,
  because: string,
): Promise<void> => {
  const token = `end-${request.id}`;
  const before = await ports.requests.get(requestIdOf(token));
  if (before?.failure) {
    await tellRequest(ports, request.id, {
      kind: 'release',
      because: before.failure.because,
      restored: false,
    });
    return;
  }
  const plan = await undoPlan(ports, { request }, { requestId: request.id });
  if (plan.kind === 'refusal') {
    // Somebody was faster: every value is what it was before.
    const restored = plan.code === 'already-contained';
    if (restored) await releaseHolds(ports.requests, request);
    await tellRequest(ports, request.id, {
      kind: 'release',
      because: plan.because,
      restored,
    });
    return;
  }
  await putRequest(
    ports,
    {
      token,
      caseId: request.caseId,
      kind: 'undo',
      undoes: request.id,
      plan: { ...plan, tier: 1 },
      person: request.requestedBy,
      offeredAt: isoNow(ports.chance),
      expiresAt: isoIn(ports.chance, 60_000),
    },
    {
      submission: {
        token,
        reason: {
          code: 'expired',
          label: request.endsAt ? 'It has ended by itself' : 'The suppression is over',
          text: because,
        },
      },
      authority: `the end was approved with ${request.id}`,
    },
  );
};

/** Its time has come, or something broke it: what ingest found out of its scope, or of its own case. */
const overBecause = async (ports: WorkerPorts, request: Request): Promise<string | undefined> => {
  if (request.endsAt && request.endsAt <= isoNow(ports.chance)) return 'its time is over';
  if (!request.holdsUntil) return undefined;
  const end = await endOf(ports, request);
  if (end) return end;
  const ended = (await ports.cases.get(request.caseId))?.suppressionEnded;
  return ended?.request === request.id ? ended.because : undefined;
};

/** Said in the case before anything is undone, so that the message has the true reason. */
const endInForce = async (ports: WorkerPorts, request: Request, because: string): Promise<void> => {
  if (request.holdsUntil)
    await tellCase(ports, request.caseId, {
      kind: 'suppression-end',
      request: request.id,
      because,
    });
  if (request.plan.suppresses) await endStored(ports, request.id, { because });
  await endSuppression(ports, request, because);
};

/** In force for so long that somebody has to say whether it is still needed. Nothing undoes itself. */
const askForReview = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const hours = reviewHours(request.plan);
  if (!hours || !isReviewed(request) || !request.reviewAt) return;
  if (request.reviewAt > isoNow(ports.chance)) return;
  await tellRequest(ports, request.id, {
    kind: 'review',
    nextAt: isoIn(ports.chance, hours * 3_600_000),
  });
};

/** Nobody finished or undid what was stopped: somebody is called. */
const giveUpStopped = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const due = dueAt(request);
  if (!due || due > isoNow(ports.chance)) return;
  await tellRequest(ports, request.id, {
    kind: 'fail',
    step: 'Stopped half-way',
    because: 'nobody finished it or undid it in time, and its approvals are over',
  });
};

const onRequest = async (ports: WorkerPorts, id: string): Promise<void> => {
  const request = await ports.requests.get(id);
  if (!request) return;
  const now = isoNow(ports.chance);
  // A job that died between its writes may have left the case without its request.
  await tellCase(ports, request.caseId, { kind: 'request', request: id });
  if (request.state === 'announced') await launchDue(ports, request);
  else if (request.state === 'pending' && request.expiresAt <= now)
    await tellRequest(ports, id, { kind: 'expire' });
  else if (request.state === 'pending' && request.remindAt.some((at) => at <= now))
    await tellRequest(ports, id, { kind: 'remind' });
  else if (request.state === 'approved' || request.state === 'executing')
    await restamp(ports, request);
  else if (request.state === 'contained') {
    const over = await overBecause(ports, request);
    if (over) await endInForce(ports, request, over);
    else {
      await watchContainment(ports, request);
      await askForReview(ports, request);
    }
  } else if (request.state === 'stopping') await giveUpStopped(ports, request);
  else if (request.state === 'undoing' && request.undoneBy)
    await settleBasis(ports, request.undoneBy);
  await settleBasis(ports, id);
  await keepSuppression(ports, id);
  await ports.wake.wake(request.caseId);
};

/** `until`: when to leave for later what can wait; milliseconds since 1970. */
export const handleWork = async (ports: WorkerPorts, work: Work, until: number): Promise<void> => {
  switch (work.kind) {
    case 'request-due':
      return onRequest(ports, work.request);
    case 'case-due':
      return onCaseDue(ports, work.case, until);
    case 'homes-due':
      return (await import('./home/publish-home.ts')).refreshHomes(ports);
    case 'stepped-up':
      return steppedUp(ports, work.ticket);
    case 'digest-due': {
      // Once a day: worker's other starts do without it.
      const { makeDigest } = await import('./digest/make-digest.ts');
      return makeDigest(ports);
    }
    case 'game-day-due': {
      const { startGameDays } = await import('./drill/game-day.ts');
      return startGameDays(ports);
    }
    case 'accounts-due': {
      const { readAccounts } = await import('./organization/read-accounts.ts');
      return readAccounts(ports, until);
    }
    default:
      work satisfies never;
  }
};
