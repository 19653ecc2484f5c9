/** What an ingest, an edit, a list, a digest and a balance cost does not grow with what is over. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { handleEvents } from '../../src/flows/alerts/handle-events.ts';
import { readBalance } from '../../src/flows/alerts/read-balance.ts';
import { gatherDigest } from '../../src/flows/digest/gather.ts';
import { casesOf, openCaseIds } from '../../src/flows/looking/work-at-hand.ts';
import { startTables, type TablesServer } from '../../src/local/runtime/tables-server.ts';
import { guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { aboutIndex } from '../../src/store/about.ts';
import { auditIndex } from '../../src/store/audit-index.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { followUps } from '../../src/store/follow-ups.ts';
import { heartbeats } from '../../src/store/heartbeats.ts';
import { postureAnswers } from '../../src/store/posture-answers.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { suppressions } from '../../src/store/suppressions.ts';
import { table } from '../../src/store/table.ts';
import { historyOf, storyOf, write } from './history.ts';

/** `CORDON_CLOSED=100000` takes a hundred thousand closed cases and a thousand open ones. */
const closed = Number(process.env['CORDON_CLOSED'] ?? 1000);
const open = Math.max(60, Math.floor(closed / 100));

const names = ['cordon-cases', 'cordon-requests'] as const;
const minuteMs = 60_000;
const now = Date.parse('2026-11-22T09:00:00Z');
let made = 0;
const chance = {
  now: () => now + made * 1000,
  id: () => {
    made += 1;
    return `id${String(made).padStart(20, '0')}`;
  },
};

let server: TablesServer;
let units = 0;

const client = (): DynamoDBClient => {
  return new DynamoDBClient({
    region: config.homeRegion,
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'owner', secretAccessKey: 'local' },
  });
};

const counting = (): DynamoDBClient => {
  const counted = client();
  counted.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: unknown };
      for (const one of [ConsumedCapacity].flat() as { CapacityUnits?: number }[])
        units += one?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize' },
  );
  return counted;
};

const costOf = async (work: () => Promise<unknown>): Promise<number> => {
  units = 0;
  await work();
  return units;
};

const portsOn = (dynamo: DynamoDBClient) => {
  const cordon = table(dynamo, names[0]);
  const authority = table(dynamo, names[1]);
  return {
    config: { ...config, accounts: {} },
    chance,
    cases: casesTable(cordon),
    requests: requestsTable(authority),
    auditIndex: auditIndex(authority),
    about: aboutIndex(cordon),
    suppressions: suppressions(cordon),
    followUps: followUps(cordon),
    heartbeats: heartbeats(cordon),
    posture: postureAnswers(cordon),
    // Nothing is asked of AWS: what is known of its posture is no history.
    aws: { as: async () => Promise.reject(new Error('there is no AWS here')) },
    pace: { turn: async () => {} },
    wake: { wake: async () => {}, hurry: async () => {} },
    work: { send: async () => {} },
  };
};

/** Each `n` is about another new server, so that nothing but the history differs. */
const measured = async (ports: ReturnType<typeof portsOn>, n: number) => {
  const event = (minutes: number) =>
    guardDutyEvent({ ...storyOf(n), count: minutes + 1 }, now + minutes * minuteMs);
  const start = new Date(chance.now()).toISOString();
  return {
    ingest: await costOf(() => handleEvents(ports, [event(0)])),
    edit: await costOf(() => handleEvents(ports, [event(5)])),
    list: await costOf(async () => casesOf(ports, (await openCaseIds(ports)).slice(0, 40))),
    dirty: await costOf(() => ports.cases.dirty(1)),
    balance: await costOf(() => readBalance(ports, start)),
  };
};

const digest = (ports: ReturnType<typeof portsOn>): Promise<number> => {
  const [from, to] = [now - 1440 * minuteMs, now].map((at) => new Date(at).toISOString());
  return costOf(() =>
    gatherDigest(ports, { id: '2026-11-22', from: String(from), to: String(to), kind: 'daily' }),
  );
};

beforeAll(async () => {
  server = await startTables([...names], config.homeRegion);
});
afterAll(() => server.close());

const add = async (from: number, to: number, over: boolean): Promise<void> => {
  const plain = client();
  server.shortcut(plain);
  const documents = DynamoDBDocumentClient.from(plain, {
    marshallOptions: { removeUndefinedValues: true },
  });
  // What is open came today, what is over before.
  const before = over ? 2 * 1440 : 1;
  for (let n = from; n < to; n += 100) {
    const some = await Promise.all(
      Array.from({ length: Math.min(100, to - n) }, (_, k) =>
        historyOf(n + k, new Date(now - (before + n + k) * minuteMs).toISOString(), over),
      ),
    );
    await write(
      documents,
      names[0],
      some.flatMap(({ cases }) => cases),
    );
    await write(
      documents,
      names[1],
      some.flatMap(({ requests }) => requests),
    );
  }
};

test('an ingest, an edit, a list, a digest and a balance cost the same with many closed cases', async () => {
  const ports = portsOn(counting());
  await add(0, open, false);
  // The first one makes the tables warm: groups, day and pacer.
  await measured(ports, 900_000);
  await digest(ports);
  const few = { ...(await measured(ports, 900_001)), digest: await digest(ports) };
  await add(open, open + closed, true);
  const many = { digest: await digest(ports), ...(await measured(ports, 900_002)) };
  if (process.env['CORDON_CLOSED'])
    process.stdout.write(
      `${open} open: ${JSON.stringify(few)}\n${closed} closed: ${JSON.stringify(many)}\n`,
    );
  expect(many).toEqual(few);
  expect(Math.min(...Object.values(few))).toBeGreaterThan(0);
}, 3_600_000);
