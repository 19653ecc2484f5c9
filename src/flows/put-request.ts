/** A plan with its reason becomes the one request for its purpose: claimed, created, started. */
import { createHash } from 'node:crypto';
import type { Plan } from '../actions/action.ts';
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { deadlines } from '../requests/deadlines.ts';
import { planHash } from '../requests/plan-hash.ts';
import { type Automation, isOpen, type Reason, type Request } from '../requests/request.ts';
import { isPerson, type Requester, requesterActor } from '../requests/requester.ts';
import type { Claim, OfferedPlan } from '../store/requests-table.ts';
import { purposeOf } from './offer-plan.ts';
import { isoIn, isoNow, type WorkerPorts } from './ports.ts';
import { tellCase } from './save-case.ts';
import { startExecution } from './start-execution.ts';
import { tellApproved } from './tell-approved.ts';
import { whomToAsk } from './whom-to-ask.ts';

export interface Submission {
  readonly token: string;
  readonly reason: Reason;
  /** Suppressions: how many days. */
  readonly days?: number;
  /** Suppressions: the code of the choice, and whether the finding is also archived in AWS. */
  readonly scope?: string;
  readonly archive?: boolean;
  /** Numbers of the choices that are ticked, in the list of the plan that was shown. */
  readonly chosen?: readonly number[];
}

/** What becomes a request: a plan that a person submitted, or one that a rule asks for. */
export type Wish = Omit<OfferedPlan, 'person'> & {
  readonly person: Requester;
  /** Of a rule. A click stores an offer, which has no room for it. */
  readonly automation?: Automation;
};

interface By {
  readonly submission: Submission;
  readonly authority: string;
  /** Whom its announcement calls, where a rule asks. */
  readonly ask?: readonly string[];
}

/** The same submission always makes the same request, however often it arrives. */
export const requestIdOf = (offerToken: string): string =>
  `R${createHash('sha256').update(offerToken).digest('hex').slice(0, 24).toUpperCase()}`;

/** A claim without its request is a crash between the two writes; after this it is free. */
const orphanSeconds = 60;

export type Taken = {
  readonly kind: 'taken';
  readonly by: Claim;
  readonly request: Request | undefined;
};
type Claimed = { readonly kind: 'mine'; readonly before: Request | undefined } | Taken;

/** The request that now stands for the purpose, or whose it is. */
type Put = { readonly kind: 'put'; readonly request: Request } | Taken;

const requestNamed = async (
  ports: WorkerPorts,
  id: string | undefined,
): Promise<Request | undefined> => (id ? ports.requests.get(id) : undefined);

/** Its request is over and was so when the plan was shown, or it was never created. */
const isFree = (
  ports: WorkerPorts,
  offered: Wish,
  held: Claim,
  request: Request | undefined,
): boolean =>
  request
    ? !isOpen(request) && held.at < offered.offeredAt
    : Date.parse(held.at) + orphanSeconds * 1000 < ports.chance.now();

/** Who asks first for a purpose has it until that request is over. */
const claimPurpose = async (ports: WorkerPorts, offered: Wish, mine: Claim): Promise<Claimed> => {
  const purpose = purposeOf(offered.plan, offered.undoes);
  for (;;) {
    const held = await ports.requests.claim(purpose);
    if (held?.request === mine.request)
      return { kind: 'mine', before: await requestNamed(ports, held.instead) };
    const request = held && (await ports.requests.get(held.request));
    if (held && !isFree(ports, offered, held, request)) return { kind: 'taken', by: held, request };
    // What was never created passes on what it took over.
    const instead = request?.id ?? held?.instead;
    if (await ports.requests.takeClaim(purpose, { ...mine, ...(instead ? { instead } : {}) }, held))
      return { kind: 'mine', before: await requestNamed(ports, instead) };
  }
};

const created = (request: Omit<Request, 'outbox'>, authority: string): Request => {
  const draft: AuditDraft = {
    id: draftIdOf(request.id, 1),
    at: request.requestedAt,
    kind: 'request.created',
    actor: requesterActor(request.requestedBy),
    case: request.caseId,
    request: request.id,
    because: request.reason.label,
    detail: {
      action: request.plan.action,
      target: request.plan.target.id,
      account: request.plan.target.account,
      kind: request.kind,
      tier: request.tier,
      planHash: request.planHash,
      reason: request.reason,
      authority,
    },
  };
  return { ...request, outbox: [draft] };
};

/** How long is part of what people consent to, so it is part of the plan and of its hash. */
const withDuration = (plan: Plan, days: number | undefined): Plan =>
  days === undefined
    ? plan
    : {
        ...plan,
        holdsDays: days,
        summary: `${plan.summary}, for ${days} day${days > 1 ? 's' : ''}`,
      };

/**
 * What failed half-way left holds behind; the next try for the same thing takes them over, also
 * when a try in between was denied or withdrawn.
 */
const followed = (before: Request | undefined): readonly string[] =>
  before?.kind === 'contain'
    ? [...(before.follows ?? []), ...(before.state === 'failed' ? [before.id] : [])]
    : [];

const build = (
  ports: WorkerPorts,
  offered: Wish,
  by: {
    readonly submission: Submission;
    readonly authority: string;
    readonly ask: readonly string[];
    readonly follows: readonly string[];
  },
): Request => {
  const plan = withDuration(offered.plan, by.submission.days);
  const now = isoNow(ports.chance);
  const runsNow = plan.tier <= 1 && !offered.automation;
  return created(
    {
      id: requestIdOf(offered.token),
      version: 1,
      kind: offered.kind,
      ...(offered.undoes ? { undoes: offered.undoes } : {}),
      ...(offered.undoesStep ? { undoesStep: offered.undoesStep } : {}),
      caseId: offered.caseId,
      state: offered.automation ? 'announced' : runsNow ? 'approved' : 'pending',
      plan,
      planHash: planHash(plan),
      planNumber: 1,
      tier: plan.tier,
      reason: by.submission.reason,
      requestedBy: offered.person,
      ...(offered.automation ? { automation: offered.automation } : {}),
      requestedAt: now,
      ...deadlines(ports.config.approval, plan.tier, now),
      ask: by.ask,
      ...(by.follows.length > 0 ? { follows: by.follows } : {}),
      votes: [],
      reminded: [],
      token: ports.chance.id(),
      run: runsNow ? 1 : 0,
      ...(runsNow ? { approvedAt: now, stamp: { at: now, because: by.authority } } : {}),
      disclosed: [],
      steps: [],
      checks: 0,
      ...(plan.holdsHours && offered.kind === 'contain'
        ? { endsAt: isoIn(ports.chance, plan.holdsHours * 3_600_000) }
        : {}),
      ...(by.submission.days
        ? { holdsUntil: isoIn(ports.chance, by.submission.days * 86_400_000) }
        : {}),
    },
    by.authority,
  );
};

/** Claims, creates, ties to the case, starts: each step repeatable after a crash. */
export const putRequest = async (ports: WorkerPorts, offered: Wish, by: By): Promise<Put> => {
  const mine: Claim = {
    request: requestIdOf(offered.token),
    ...(isPerson(offered.person) ? { by: offered.person.user } : {}),
    at: isoNow(ports.chance),
  };
  const claimed = await claimPurpose(ports, offered, mine);
  if (claimed.kind === 'taken') return claimed;
  // Tied to its case first: whatever becomes of this job, the request can be seen.
  await tellCase(ports, offered.caseId, { kind: 'request', request: mine.request });
  const ask =
    by.ask ??
    (isPerson(offered.person)
      ? await whomToAsk(ports, { ...offered, person: offered.person })
      : []);
  await ports.requests.create(
    build(ports, offered, { ...by, ask, follows: followed(claimed.before) }),
  );
  const request = await ports.requests.get(mine.request);
  if (!request) throw new Error(`request ${mine.request} vanished`);
  if (request.approvedAt) await tellApproved(ports, request);
  await startExecution(ports, request);
  await ports.wake.wake(request.caseId);
  return { kind: 'put', request };
};
