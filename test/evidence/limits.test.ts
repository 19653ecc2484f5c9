/** Where evidence ends: the time, a page, an account without a log, more subjects than are asked about. Each is said in place. */
import { expect, test } from 'vitest';
import { AskAgain, type Looking } from '../../src/evidence/source.ts';
import { subjectsOf } from '../../src/evidence/subjects.ts';
import { untrusted } from '../../src/findings/finding.ts';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
} from '../../src/local/scenarios/guardduty-event.ts';
import { logCall } from '../../src/local/world/trail-events.ts';
import type { World } from '../../src/local/world/world.ts';
import { CallFailed, OutOfTime } from '../../src/posture/call-failed.ts';
import { findingOf } from '../findings/finding-of.ts';
import { organisation, payments, region } from '../posture/organisation.ts';
import { lookingAt, now, source } from './looking.ts';

const call = (
  world: World,
  n: number,
  more: { readonly from?: string; readonly at?: string } = {},
) =>
  logCall(
    world,
    { account: payments.id, region },
    {
      at: new Date(now - 1_000 * (n + 1)).toISOString(),
      name: 'DescribeInstances',
      source: 'ec2.amazonaws.com',
      user: 'ci-deploy',
      key: 'AKIAI44QH8DHBEXAMPLE',
      from: '198.51.100.77',
      agent: 'aws-cli/2.27.1',
      ...more,
    },
  );

/** A look at AWS whose time is up after so many calls; `failing` are not answered. */
const limited = (
  looking: Looking,
  { calls, failing }: { readonly calls?: number; readonly failing?: (input: object) => boolean },
): { readonly looking: Looking; readonly asked: object[] } => {
  const asked: object[] = [];
  const at: Looking['at'] = (account, place) => {
    const reader = looking.at(account, place);
    return {
      ...reader,
      async call(operation, input) {
        if (failing?.(input)) throw new CallFailed(operation, new Error('no'));
        if (calls !== undefined && asked.length >= calls)
          throw looking.isLastTry
            ? new CallFailed(operation, new OutOfTime())
            : new AskAgain('there is no time left');
        asked.push(input);
        return reader.call(operation, input);
      },
    };
  };
  return { looking: { ...looking, at }, asked };
};

test('pages that were read when the time was up are not read again; in the last try they are what there is', async () => {
  const { world } = organisation();
  for (let n = 0; n < 120; n += 1) call(world, n);
  const notes = new Map<string, string>();
  const plain: Looking = {
    ...lookingAt(world, leakedKey),
    note: async (name, text) => {
      notes.set(name, text);
      return text;
    },
    noted: async (name) => notes.get(name),
  };
  const whole = limited(plain, {});
  const all = await source('did').gather(whole.looking);
  expect(notes.size).toBe(0);

  const first = limited(plain, { calls: 4 });
  await expect(source('did').gather(first.looking)).rejects.toThrow(AskAgain);
  expect(notes.size).toBe(4);
  const second = limited({ ...plain, isFirstTry: false }, {});
  expect(await source('did').gather(second.looking)).toEqual(all);
  expect(first.asked.length + second.asked.length).toBe(whole.asked.length);

  const last = limited({ ...plain, isFirstTry: false, isLastTry: true }, { calls: 0 });
  const found = await source('did').gather(last.looking);
  expect(found.facts[0]?.value).toMatch(/^\d+, /);
  expect(found.gaps.map(({ because }) => because).join()).toContain(
    'there was no time left for cloudtrail:LookupEvents',
  );
});

test('nothing is called new where the time before could not be read in each Region, and only since then where it was not read to its end', async () => {
  const { world } = organisation();
  call(world, 0);
  const isBefore = (input: object): boolean =>
    'EndTime' in input && Number(input.EndTime) < now && 'StartTime' in input;
  const plain = lookingAt(world, leakedKey);
  const labels = async (looking: Looking) =>
    (await source('did').gather(looking)).facts.map(({ label }) => label);
  expect(await labels(plain)).toContain('new in 90 days');
  const failed = new Set<object>();
  const once = limited(plain, {
    failing: (input) => isBefore(input) && failed.size === 0 && failed.add(input).size === 1,
  });
  expect((await labels(once.looking)).join()).not.toMatch(/new/);
  for (let n = 0; n < 180; n += 1) call(world, n + 4_000, { from: '192.0.2.10' });
  expect(await labels(plain)).toContain('new since 2026-11-22 07:50 UTC');
});

test('where calls were looked up is said with them', async () => {
  const { world } = organisation();
  const { facts } = await source('did').gather(lookingAt(world, compromisedServer));
  expect(facts[0]?.value).toBe('none that CloudTrail tells; looked up in eu-west-1 only');
});

/** A reader that answers what it is told to, and keeps what it was asked. */
const scripted = (
  subjects: Partial<Looking['subjects']>,
  answers: Readonly<Record<string, (input: object, account: string) => object>>,
) => {
  const asked: { readonly operation: string; readonly input: object; readonly account: string }[] =
    [];
  const looking = lookingAt(organisation().world, leakedKey);
  const at: Looking['at'] = (account, place) => ({
    account,
    region: place,
    now: () => now,
    async call(operation, input) {
      asked.push({ operation, input, account });
      return (answers[operation]?.(input, account) ?? {}) as never;
    },
  });
  return { asked, looking: { ...looking, at, subjects: { ...looking.subjects, ...subjects } } };
};

test('Access Analyzer is asked by the whole ARN, about root not at all; control policies of each account are told', async () => {
  const other = '444455556666';
  const { asked, looking } = scripted(
    {
      principals: [
        { kind: 'user', name: 'ci-deploy', account: payments.id },
        { kind: 'root', name: 'root', account: other },
      ],
    },
    {
      'iam:GetUser': () => ({ User: { Arn: `arn:aws:iam::${payments.id}:user/ci/ci-deploy` } }),
      'access-analyzer:ListAnalyzers': () => ({ analyzers: [{ arn: 'analyzer' }] }),
      'access-analyzer:ListFindingsV2': () => ({
        findings: [{ findingType: 'UnusedPermission', resource: 'a:user/ci/ci-deploy' }],
        nextToken: 'more',
      }),
      'organizations:ListPoliciesForTarget': (input) => ({
        Policies: [{ Id: 'p-1', Name: `deny-on-${Reflect.get(input, 'TargetId')}` }],
      }),
    },
  );
  const found = await source('who').gather(looking);
  expect(
    asked.find(({ operation }) => operation === 'access-analyzer:ListFindingsV2')?.input,
  ).toMatchObject({
    filter: { resource: { eq: [`arn:aws:iam::${payments.id}:user/ci/ci-deploy`] } },
  });
  const facts = found.facts.map(({ label, value }) => `${label}: ${value}`);
  expect(facts).toContain(`SCPs on ${payments.id}: deny-on-${payments.id}`);
  expect(facts).toContain(`SCPs on ${other}: deny-on-${other}`);
  expect(found.gaps).toEqual([
    {
      what: 'Access Analyzer',
      because: 'only the first 20 findings of an analyzer were read, there are more',
    },
  ]);

  const root = scripted(
    { principals: [{ kind: 'root', name: 'root', account: other }] },
    { 'access-analyzer:ListAnalyzers': () => ({ analyzers: [{ arn: 'analyzer' }] }) },
  );
  await source('who').gather(root.looking);
  expect(root.asked.map(({ operation }) => operation)).not.toContain(
    'access-analyzer:ListFindingsV2',
  );
});

const instance = (n: number, account: string) =>
  ({ kind: 'instance', id: `i-0a1b2c3d4e5f6071${n}`, account, region }) as const;

test.each([
  ['network', 'flowLogs'],
  ['names', 'resolverLogs'],
] as const)(
  '%s: each account is asked by its own log, and one without a log is named',
  async (id, kind) => {
    const accounts = [payments.id, '444455556666', '111122223333'] as const;
    const { asked, looking } = scripted(
      { resources: accounts.map((account, n) => instance(n, account)) },
      {
        'ec2:DescribeNetworkInterfaces': (_, account) => ({
          NetworkInterfaces: [{ NetworkInterfaceId: `eni-0${account.slice(0, 8)}` }],
        }),
        'logs:StartQuery': (_, account) => ({ queryId: account }),
        'logs:GetQueryResults': () => ({ status: 'Complete', results: [] }),
      },
    );
    const found = await source(id).gather({
      ...looking,
      logs: ({ account, region: place }) =>
        account === accounts[2] ? {} : { [kind]: { account, region: place, logGroup: 'logs' } },
    });
    const queries = asked.filter(({ operation }) => operation === 'logs:StartQuery');
    expect(queries.map(({ account }) => account).sort()).toEqual([accounts[0], accounts[1]]);
    const texts = queries.map(({ input }) => String(Reflect.get(input, 'queryString')));
    expect(texts.every((text) => text.split('"').length === 3)).toBe(true);
    expect(new Set(texts).size).toBe(2);
    expect(found.gaps).toMatchObject([
      { what: expect.stringContaining('of 111122223333 in eu-west-1') },
    ]);
  },
);

test('buckets and addresses are asked about in the logs of each account', async () => {
  const accounts = [payments.id, '444455556666'] as const;
  const { asked, looking } = scripted(
    {
      resources: accounts.map((account, n) => ({
        kind: 'bucket',
        id: `exports-${n}`,
        account,
        region,
      })),
      addresses: ['198.51.100.77'],
      places: accounts.map((account) => ({ account, region })),
    },
    {
      'athena:StartQueryExecution': (_, account) => ({ QueryExecutionId: account }),
      'athena:GetQueryExecution': () => ({ QueryExecution: { Status: { State: 'SUCCEEDED' } } }),
    },
  );
  const place = { database: 'logs', table: 'all', workgroup: 'security' };
  const logs: Looking['logs'] = (at) => ({
    bucketLogs: { ...place, ...at },
    loadBalancerLogs: { ...place, ...at },
  });
  await source('objects').gather({ ...looking, logs });
  await source('requests').gather({ ...looking, logs });
  const started = asked.filter(({ operation }) => operation === 'athena:StartQueryExecution');
  expect(started.map(({ account }) => account).sort()).toEqual([...accounts, ...accounts].sort());
  const tokens = started.map(({ input }) => Reflect.get(input, 'ClientRequestToken'));
  expect(new Set(tokens).size).toBe(4);
});

test('of each kind four are asked about, the lead’s first, and the others are named', () => {
  const named = (n: number) => {
    const finding = findingOf(guardDutyEvent(leakedKey, now));
    return {
      ...finding,
      resources: finding.resources.flatMap((one) =>
        one.kind === 'access-key' ? [{ ...one, id: `AKIA${n}`, user: untrusted(`user-${n}`) }] : [],
      ),
    };
  };
  const [lead, ...more] = [3, 1, 2, 3, 4, 5].map(named);
  if (!lead) throw new Error('no finding');
  const { keys, principals, leftOut } = subjectsOf(lead, more);
  expect(keys.map(({ id }) => id)).toEqual(['AKIA3', 'AKIA1', 'AKIA2', 'AKIA4']);
  expect(principals.map(({ name }) => name)).toEqual(['user-3', 'user-1', 'user-2', 'user-4']);
  expect(leftOut).toEqual(['user user-5', 'key AKIA5']);
});
