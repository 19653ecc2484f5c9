/** The `cases` table: cases, what of them is shown in Slack, what arrived, and the pacer's state. */
import { type Case, isActive } from '../cases/case.ts';
import { drillEndsAt } from '../cases/drill-end.ts';
import { escalatesAt } from '../cases/escalation.ts';
import { meetsAt } from '../cases/meeting.ts';
import { owesPage } from '../cases/paging.ts';
import { severities } from '../findings/finding.ts';
import { type Arrivals, arrivals } from './arrivals.ts';
import { caseHistory } from './case-history.ts';
import { type DirtyCases, dirtyAttributes, dirtyCases, type Priority } from './dirty.ts';
import { type Groups, groups } from './groups.ts';
import { caseKey, caseLayout, caseOf, type Key, partition, shardOf } from './item.ts';
import { clearDrafts, type WaitingDrafts, waitingDrafts } from './outbox.ts';
import { type PacerStore, pacerStore } from './pacer-state.ts';
import { packed, unpacked } from './packed-case.ts';
import { type ShownStore, shownStore } from './shown.ts';
import { isNew, type Table, unchangedSince, versionedItem } from './table.ts';

export interface CasesTable extends ShownStore, DirtyCases {
  readonly arrivals: Arrivals;
  readonly groups: Groups;
  readonly pacer: PacerStore;
  get(id: string): Promise<Case | undefined>;
  create(value: Case, priority: Priority): Promise<boolean>;
  save(value: Case, was: number, priority: Priority): Promise<boolean>;
  /**
   * Cases whose suppression or snooze ended at or before `now`, those that escalate, and those that
   * people must be paged for, those that may become one with another, those to be wrapped up, and those
   * whose end their sources are still to be told.
   */
  due(now: string, limit: number): Promise<readonly string[]>;
  /** Ids of cases that are not over or closed, the worst first; `limit` for each quarter of them. */
  open(limit: number): Promise<readonly string[]>;
  /** Cases opened since then, the newest first. */
  openedSince(since: string, now: string, limit: number): Promise<readonly Case[]>;
  /** Cases that were resolved since then and still are, the newest first. */
  resolvedSince(since: string, now: string, limit: number): Promise<readonly Case[]>;
  outbox(limit: number): Promise<readonly WaitingDrafts[]>;
  clearOutbox(key: Key, ids: readonly string[]): Promise<void>;
}

/** The earliest of what the clock brings. */
const dueAt = (value: Case): string | undefined =>
  [
    owesPage(value) ? value.openedAt : undefined,
    value.automationDue,
    value.gatherDue,
    value.wrapUp?.since,
    value.writeBack?.offer ? value.writeBack.at : undefined,
    value.suppression?.until,
    value.snoozed?.until,
    escalatesAt(value),
    meetsAt(value),
    drillEndsAt(value),
  ]
    .filter((at) => at !== undefined)
    .sort()[0];

/** What is over, resolved or merged is in no list of open cases. */
const openAttributes = (value: Case): object =>
  isActive(value)
    ? {
        openPk: partition('open', shardOf(value.id)),
        openSk: `${severities.length - severities.indexOf(value.severity)}#${value.openedAt}#${value.id}`,
      }
    : {};

export const casesTable = (table: Table): CasesTable => {
  const write = (value: Case, priority: Priority) => ({
    ...versionedItem(caseKey(value.id), packed(value), { due: dueAt(value), layout: caseLayout }),
    ...dirtyAttributes(value.id, priority, value.openedAt),
    ...openAttributes(value),
  });
  const get = async (id: string) => unpacked(await table.get(caseKey(id)));
  const history = caseHistory(table);
  return {
    ...shownStore(table),
    ...dirtyCases(table),
    arrivals: arrivals(table),
    groups: groups(table),
    pacer: pacerStore(table),
    get,
    async create(value, priority) {
      // First its place in history: a place without a case harms nobody.
      await history.enter('OPENED', value.openedAt, value.id);
      return table.put(write(value, priority), isNew);
    },
    async save(value, was, priority) {
      // As with `create`: first its place in history.
      if (value.resolved) await history.enter('RESOLVED', value.resolved.at, value.id);
      return table.put(write(value, priority), unchangedSince(was));
    },
    due: async (now, limit) => (await table.queryShards('due', limit, now)).map(caseOf),
    open: async (limit) =>
      (await table.queryShards('open', limit))
        .toSorted((a, b) => String(a['openSk']).localeCompare(String(b['openSk'])))
        .map(caseOf),
    openedSince: (since, now, limit) => history.since('OPENED', { since, now, limit }),
    async resolvedSince(since, now, limit) {
      const found = await history.since('RESOLVED', { since, now, limit });
      return found.filter(({ resolved }) => resolved !== undefined && resolved.at >= since);
    },
    outbox: (limit) => waitingDrafts(table, limit),
    clearOutbox: (key, ids) => clearDrafts(table, key, ids),
  };
};
