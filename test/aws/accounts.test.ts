import { describe, expect, test } from 'vitest';
import { awsAccounts } from '../../src/aws/accounts.ts';
import { attach } from '../../src/local/world/attach.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld } from '../../src/local/world/world.ts';

const account = '123456789012';
const region = 'eu-west-1';
const wish = { role: 'respond', account, region, requestId: 'REQ-1' } as const;

const arrange = (about: { readonly externalId?: string } = {}) => {
  const start = Date.parse('2026-11-22T03:00:00.000Z');
  const clock = { now: start };
  const world = createWorld({ now: () => clock.now });
  seedExample(world);
  const clients: string[] = [];
  const accounts = awsAccounts({
    functionName: 'executor',
    homeRegion: region,
    externalId: about.externalId ?? world.externalId,
    now: () => clock.now,
    credentials: { accessKeyId: 'FUNCTION-executor', secretAccessKey: 'local' },
    onClient: (client, service) => {
      clients.push(service);
      attach(client, service, world);
    },
  });
  const assumed = () => world.calls.filter(({ operation }) => operation === 'AssumeRole');
  return { world, clock, clients, accounts, assumed };
};

const listKeys = { UserName: 'ci-deploy' };

describe('working in an account', () => {
  test('a session says for which request and for whom, for 15 minutes', async () => {
    const { accounts, assumed, world } = arrange();
    await accounts.as({ ...wish, sourceIdentity: 'Maria Okafor' });
    expect(assumed()).toMatchObject([
      {
        function: 'executor',
        role: 'cordon-executor',
        account: '999988887777',
        input: {
          RoleArn: `arn:aws:iam::${account}:role/cordon-respond`,
          RoleSessionName: 'cordon-executor-REQ-1',
          ExternalId: world.externalId,
          DurationSeconds: 900,
          SourceIdentity: 'Maria-Okafor',
          Tags: [{ Key: 'request', Value: 'REQ-1' }],
        },
      },
    ]);
    expect([...world.sessions.values()]).toMatchObject([
      { role: 'respond', account, sourceIdentity: 'Maria-Okafor', tags: { request: 'REQ-1' } },
    ]);
  });

  test('calls are made in that account under that role', async () => {
    const { accounts, world } = arrange();
    const aws = await accounts.as(wish);
    const { AccessKeyMetadata } = await aws.call('iam:ListAccessKeys', listKeys);
    expect(AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
    expect(world.calls.at(-1)).toMatchObject({
      n: 2,
      at: '2026-11-22T03:00:00.000Z',
      function: 'executor',
      role: 'cordon-respond',
      account,
      region,
      service: 'iam',
      operation: 'ListAccessKeys',
      input: listKeys,
    });
  });
});

describe('whom a session serves', () => {
  test('one session and one client serve a request until two minutes before the end', async () => {
    const { accounts, assumed, clients, clock } = arrange();
    const aws = await accounts.as(wish);
    await Promise.all([aws.call('iam:ListAccessKeys', listKeys), accounts.as(wish)]);
    clock.now += 779_000;
    await aws.call('iam:ListAccessKeys', listKeys);
    expect([assumed().length, clients]).toEqual([1, ['sts', 'iam']]);
    clock.now += 1_000;
    await aws.call('iam:ListAccessKeys', listKeys);
    expect([assumed().length, clients]).toEqual([2, ['sts', 'iam', 'sts', 'iam']]);
  });

  test('wishes at the same time share one session', async () => {
    const { accounts, assumed } = arrange();
    await Promise.all([accounts.as(wish), accounts.as(wish), accounts.as(wish)]);
    expect(assumed().length).toBe(1);
  });

  test('another request, person, role or account is another session', async () => {
    const { accounts, assumed } = arrange();
    await accounts.as(wish);
    await accounts.as({ ...wish, requestId: 'REQ-2' });
    await accounts.as({ ...wish, sourceIdentity: 'ben' });
    await accounts.as({ ...wish, account: '111122223333' });
    await accounts.as({ ...wish, role: 'respond-identity' });
    expect(assumed().length).toBe(5);
  });

  test('a refused role is asked for again the next time', async () => {
    const { accounts, world } = arrange();
    world.faults.add({ service: 'sts', kind: 'deny', count: 1 });
    await expect(accounts.as(wish)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(accounts.as(wish)).resolves.toBeDefined();
  });
});

describe('what STS refuses', () => {
  test.each([
    ['an account without the role', { ...wish, account: '000000000000' }, {}],
    ['the wrong external id', wish, { externalId: 'guessed' }],
    ['a role that is not installed', { ...wish, role: 'respond-findings' }, {}],
    ['the read role, which is not executor’s', { ...wish, role: 'read' }, {}],
  ] as const)('%s', async (_name, wanted, about) => {
    const { accounts } = arrange(about);
    await expect(accounts.as(wanted)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('an expired session', async () => {
    const { world, clock, accounts } = arrange();
    await accounts.as(wish);
    const [accessKeyId = ''] = world.sessions.keys();
    clock.now += 900_000;
    const call = { service: 'iam', operation: 'ListAccessKeys', input: listKeys, region };
    await expect(world.dispatch({ ...call, accessKeyId })).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
  });
});

test.each([
  ['maria@example.com', 'maria@example.com'],
  ['slack:U0MARIA, on call', 'slack-U0MARIA,-on-call'],
  ['x', 'x-'],
  ['y'.repeat(80), 'y'.repeat(64)],
])('the source identity %s reaches STS as %s', async (sourceIdentity, SourceIdentity) => {
  const { accounts, assumed } = arrange();
  await accounts.as({ ...wish, sourceIdentity });
  expect(assumed()).toMatchObject([{ input: { SourceIdentity } }]);
  expect(SourceIdentity).toMatch(/^[\w+=,.@-]{2,64}$/);
});
