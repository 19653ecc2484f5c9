/** The `requests` table: authority. Requests, plans offered, journals, leases, ledger, audit. */
import type { Json, Plan } from '../actions/action.ts';
import type { AuditDraft } from '../audit/entry.ts';
import { finishBy } from '../requests/during-run.ts';
import type { Person } from '../requests/person.ts';
import { canUndo, isOpen, isReviewed, type Request } from '../requests/request.ts';
import type { SuppressionChoice } from '../rules/suppression-choices.ts';
import { type Holds, holds } from './holds.ts';
import { type Key, outboxMap, partition, rubbishAfter, schemaVersion, shardOf } from './item.ts';
import { type Leases, leases } from './lease.ts';
import { clearDrafts, type WaitingDrafts, waitingDrafts } from './outbox.ts';
import { type PeopleItems, peopleItems } from './people.ts';
import { isNew, readVersioned, type Table, unchangedSince, versionedItem } from './table.ts';

/** A plan that one person was shown in a modal and may submit once. */
export interface OfferedPlan {
  /** Random; the modal carries it and nothing else. */
  readonly token: string;
  readonly caseId: string;
  readonly kind: 'contain' | 'undo';
  readonly undoes?: string;
  /** Undo of one step of a playbook: its key. */
  readonly undoesStep?: string;
  readonly plan: Plan;
  /** Suppressions: what the person was offered to hide; one of them becomes part of the plan. */
  readonly choices?: readonly SuppressionChoice[];
  readonly person: Person;
  /** ISO 8601 UTC. */
  readonly offeredAt: string;
  readonly expiresAt: string;
  /** Undo only: this person could undo it alone when it was offered. */
  readonly quick?: boolean;
}

/** One register's journal line, written before the change is made. */
export interface JournalEntry {
  readonly request: string;
  readonly position: number;
  readonly id: string;
  readonly title: string;
  /** The value in AWS that it changes, the same for every request and Region: see holds.ts. */
  readonly hold: string;
  readonly before: Json;
  readonly after: Json;
  /** What somebody made of it after it was done: see src/execution/run-steps.ts. */
  readonly found?: Json;
  /** `intended` is written first; a crash leaves it, and resuming compares it with live state. */
  readonly state: 'intended' | 'done';
  readonly at: string;
}

/** Who holds the right to have the one open request for a purpose. */
export interface Claim {
  readonly request: string;
  /** Slack user id; absent where a rule asked. */
  readonly by?: string;
  readonly at: string;
  /** The request whose claim it took over. */
  readonly instead?: string;
}

export interface RequestsTable extends PeopleItems {
  readonly leases: Leases;
  readonly holds: Holds;
  get(id: string): Promise<Request | undefined>;
  create(request: Request): Promise<boolean>;
  save(request: Request, was: number): Promise<boolean>;
  /** Requests with a deadline at or before `now`. */
  due(now: string, limit: number): Promise<readonly string[]>;
  /** Those that wait, run or are in force, the oldest first; `limit` for each quarter of them. */
  open(limit: number): Promise<readonly Request[]>;
  offer(plan: OfferedPlan): Promise<void>;
  offered(token: string): Promise<OfferedPlan | undefined>;
  claim(purpose: string): Promise<Claim | undefined>;
  /** Takes the claim if it is free or still held by `instead`. */
  takeClaim(purpose: string, claim: Claim, instead?: Claim): Promise<boolean>;
  journal(request: string): Promise<readonly JournalEntry[]>;
  /** Puts the line if there is none; answers whether it did. */
  intend(entry: JournalEntry): Promise<boolean>;
  finish(entry: JournalEntry): Promise<void>;
  /**
   * `enter` at first sight of a signed request, and again after `retryAt` when the first try did
   * not finish; `done` when it did; `busy` when another try may still be at it.
   */
  enter(
    digest: string,
    attempt: string,
    now: string,
    retryAt: string,
  ): Promise<'enter' | 'done' | 'busy'>;
  leave(digest: string): Promise<void>;
  /** Keeps an audit entry that belongs to no request (a refused click). */
  note(draft: AuditDraft): Promise<void>;
  outbox(limit: number): Promise<readonly WaitingDrafts[]>;
  clearOutbox(key: Key, ids: readonly string[]): Promise<void>;
}

const requestKey = (id: string): Key => ({ pk: `REQUEST#${id}`, sk: 'REQUEST' });
const offerKey = (token: string): Key => ({ pk: `OFFER#${token}`, sk: 'OFFER' });
const claimKey = (purpose: string): Key => ({ pk: `CLAIM#${purpose}`, sk: 'CLAIM' });
const ledgerKey = (digest: string): Key => ({ pk: `SEEN#${digest}`, sk: 'SEEN' });
const journalKey = (entry: Pick<JournalEntry, 'request' | 'position'>): Key => ({
  pk: `JOURNAL#${entry.request}`,
  sk: String(entry.position).padStart(4, '0'),
});

/** The stamp is renewed well before it is too old for a run that waits. */
const stampDueMs = 30_000;

/** When somebody must look at it again, whoever wakes up. */
export const dueAt = (request: Request): string | undefined => {
  switch (request.state) {
    case 'announced':
      return request.automation?.runsAt ?? request.requestedAt;
    case 'pending':
      return [request.expiresAt, request.called?.at, request.remindAt[0], request.pageAt[0]]
        .flatMap((at) => at ?? [])
        .sort()[0];
    case 'approved':
    case 'executing':
      return request.stamp
        ? new Date(Date.parse(request.stamp.at) + stampDueMs).toISOString()
        : request.requestedAt;
    case 'contained':
      // What is to be hidden is hidden at once, then it has an end.
      return request.plan.suppresses && !request.hidesSince
        ? (request.ended?.at ?? request.requestedAt)
        : [
            request.watchAt,
            request.holdsUntil ??
              request.endsAt ??
              (isReviewed(request) ? request.reviewAt : undefined),
          ]
            .flatMap((at) => at ?? [])
            .sort()[0];
    case 'stopping':
      return finishBy(request);
    case 'undoing':
      return new Date(
        Date.parse(request.undoStartedAt ?? request.requestedAt) + 300_000,
      ).toISOString();
    case 'failed':
    case 'denied':
    case 'expired':
    case 'withdrawn':
    case 'undone':
    case 'undo-failed':
      return undefined;
    default:
      return request.state satisfies never;
  }
};

/** What is over for good is in no list. */
const isListed = (request: Request): boolean => isOpen(request) || canUndo(request);

const requestItem = (request: Request) => ({
  ...versionedItem(requestKey(request.id), request, { due: dueAt(request) }),
  ...(isListed(request)
    ? {
        openPk: partition('open', shardOf(request.id)),
        openSk: `${request.requestedAt}#${request.id}`,
      }
    : {}),
});

const ledger = (table: Table): Pick<RequestsTable, 'enter' | 'leave'> => ({
  async enter(digest, attempt, now, retryAt) {
    const entered = await table.put(
      { ...ledgerKey(digest), attempt, finished: false, retryAt, ttl: rubbishAfter(now, 1) },
      {
        expression:
          'attribute_not_exists(pk) OR attempt = :me OR (finished = :no AND retryAt <= :now)',
        values: { ':me': attempt, ':no': false, ':now': now },
      },
    );
    if (entered) return 'enter';
    return (await table.get(ledgerKey(digest)))?.['finished'] === true ? 'done' : 'busy';
  },
  async leave(digest) {
    await table.update(ledgerKey(digest), 'SET finished = :yes', {
      expression: 'attribute_exists(pk)',
      values: { ':yes': true },
    });
  },
});

const journal = (table: Table): Pick<RequestsTable, 'journal' | 'intend' | 'finish'> => ({
  journal: async (request) =>
    (await table.query({ pk: `JOURNAL#${request}` })).map((item) => item['entry'] as JournalEntry),
  intend: (entry) => table.put({ ...journalKey(entry), v: schemaVersion, entry }, isNew),
  async finish(entry) {
    await table.put(
      { ...journalKey(entry), v: schemaVersion, entry: { ...entry, state: 'done' } },
      { expression: 'attribute_exists(pk)' },
    );
  },
});

const claims = (table: Table): Pick<RequestsTable, 'claim' | 'takeClaim'> => ({
  async claim(purpose) {
    const item = await table.get(claimKey(purpose));
    return item ? (item['claim'] as Claim) : undefined;
  },
  takeClaim: (purpose, claim, instead) =>
    table.put(
      { ...claimKey(purpose), request: claim.request, claim },
      instead
        ? {
            expression: '#request = :held',
            names: { '#request': 'request' },
            values: { ':held': instead.request },
          }
        : isNew,
    ),
});

export const requestsTable = (table: Table): RequestsTable => ({
  leases: leases(table),
  holds: holds(table),
  ...ledger(table),
  ...journal(table),
  ...claims(table),
  ...peopleItems(table),
  get: async (id) => readVersioned<Request>(await table.get(requestKey(id))),
  create: (request) => table.put(requestItem(request), isNew),
  save: (request, was) => table.put(requestItem(request), unchangedSince(was)),
  due: async (now, limit) =>
    (await table.queryShards('due', limit, now)).map((item) => String(item['pk']).slice(8)),
  async open(limit) {
    const places = await table.queryShards('open', limit);
    const items = await table.getMany(
      places.map((item) => ({ pk: String(item['pk']), sk: String(item['sk']) })),
    );
    return items
      .flatMap((item) => readVersioned<Request>(item) ?? [])
      .toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
  },
  async offer(plan) {
    await table.put({
      ...offerKey(plan.token),
      v: schemaVersion,
      plan,
      ttl: rubbishAfter(plan.expiresAt, 1),
    });
  },
  async offered(token) {
    const item = await table.get(offerKey(token));
    return item ? (item['plan'] as OfferedPlan) : undefined;
  },
  async note(draft) {
    await table.put(
      {
        pk: `NOTE#${draft.id}`,
        sk: 'NOTE',
        v: schemaVersion,
        drafts: outboxMap([draft]),
        // Long chained by then; what is left is an empty outbox.
        ttl: rubbishAfter(draft.at, 90),
        outboxPk: partition('outbox', shardOf(draft.id)),
        outboxSk: draft.id,
      },
      isNew,
    );
  },
  outbox: (limit) => waitingDrafts(table, limit),
  clearOutbox: (key, ids) => clearDrafts(table, key, ids),
});
