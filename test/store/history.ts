/** A long history, written as items: what cases leave behind when they are over, without working them. */
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { config } from '../../cordon.config.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { aboutOf } from '../../src/cases/about.ts';
import { type Case, findingKey } from '../../src/cases/case.ts';
import { caseFindings } from '../../src/cases/case-findings.ts';
import { openCase } from '../../src/cases/fold.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { aboutIndex } from '../../src/store/about.ts';
import { entryKey, indexEntry } from '../../src/store/audit-index.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { priorities } from '../../src/store/dirty.ts';
import type { Key } from '../../src/store/item.ts';
import type { Item, Table } from '../../src/store/table.ts';
import { findingOf } from '../findings/finding-of.ts';

type Stored = Item & Key;

const unused = async (): Promise<never> => {
  throw new Error('history only writes');
};

/** A table that only remembers what was put. */
const recorder = (): { readonly items: Stored[]; readonly table: Table } => {
  const items: Stored[] = [];
  const put: Table['put'] = async (item) => {
    items.push(item);
    return true;
  };
  const none = { get: unused, getMany: unused, update: unused, remove: unused };
  return { items, table: { ...none, put, query: unused, queryShards: unused } };
};

/** The n-th server of the history, and an event about it. */
export const storyOf = (n: number) => ({
  ...portScan,
  id: `7${String(n).padStart(31, '0')}`,
  resource: {
    resourceType: 'Instance',
    instanceDetails: { instanceId: `i-0${String(n).padStart(16, '0')}` },
  },
});

const caseAt = (n: number, at: string): Case => {
  const finding = findingOf(guardDutyEvent(storyOf(n), Date.parse(at)));
  const decision = decide(finding, config);
  if (decision.kind !== 'card') throw new Error('the example is no card');
  return openCase(
    { id: `C${String(n).padStart(9, '0')}`, groupKey: decision.groupKey, token: `t${n}` },
    { finding, decision, receivedAt: at },
  );
};

const note = untrusted('a drill');
const closedAt = (theCase: Case, at: string): Case => ({
  ...theCase,
  acknowledged: { by: 'U0MARIA', at },
  resolved: { at, by: 'U0MARIA', classification: 'test', note },
});

/** As it is when its card is shown and its audit is chained. */
const settled = ({
  dirtyPk: _,
  dirtySk: __,
  outboxPk: ___,
  outboxSk: ____,
  ...item
}: Item): Item => ('drafts' in item ? { ...item, drafts: {} } : item);

const chained = async (table: Table, theCase: Case, seq: number): Promise<void> => {
  const [draft] = theCase.outbox;
  if (!draft) throw new Error(`case ${theCase.id} says nothing`);
  const entry: AuditEntry = { ...draft, seq, previous: '0'.repeat(64), hash: '0'.repeat(64) };
  await table.put({ ...entryKey(seq), entry });
  await indexEntry(table, entry);
};

export interface History {
  readonly cases: readonly Stored[];
  readonly requests: readonly Stored[];
}

/** Everything that the n-th case leaves in both tables; `at` is ISO 8601 UTC. */
export const historyOf = async (n: number, at: string, closed: boolean): Promise<History> => {
  const [cases, requests] = [recorder(), recorder()];
  const store = casesTable(cases.table);
  const theCase = caseAt(n, at);
  const [finding] = caseFindings(theCase);
  const key = findingKey(finding?.canonicalId ?? '');
  if (closed) await store.save(closedAt(theCase, at), 1, priorities.edit);
  await store.create(closed ? closedAt(theCase, at) : theCase, priorities.edit);
  const card = { card: { ts: `${Date.parse(at) / 1000}.000100`, drawn: '0'.repeat(32) } };
  await store.saveShown(theCase.id, { messages: card, counted: 1, version: 0 });
  await store.addCounted(theCase.id, [key], at);
  await store.groups.claim(key, { case: theCase.id, meets: [] }, at);
  await aboutIndex(cases.table).put(theCase.id, at, finding ? aboutOf(finding).slice(0, 1) : []);
  await chained(requests.table, theCase, n);
  const last = new Map(cases.items.map((item) => [`${item.pk}/${item.sk}`, item]));
  return {
    cases: [...last.values()].map((item) => settled(item) as Stored),
    requests: requests.items,
  };
};

/** What DynamoDB takes in one BatchWriteItem. */
const batchOf = 25;

export const write = async (
  client: DynamoDBDocumentClient,
  table: string,
  items: readonly Stored[],
): Promise<void> => {
  for (let n = 0; n < items.length; n += batchOf) {
    const requests = items.slice(n, n + batchOf).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
};
