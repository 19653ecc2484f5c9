/** Each source over the simulated organisation: what it finds, what it calls, where its limits are. */
import { describe, expect, test } from 'vitest';
import { sources } from '../../src/evidence/index.ts';
import { lookUpsOf } from '../../src/evidence/sources/did.ts';
import {
  compromisedServer,
  leakedKey,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { userId } from '../../src/local/world/iam-users.ts';
import { logCall } from '../../src/local/world/trail-events.ts';
import { organisation, payments, region, securityAccount } from '../posture/organisation.ts';
import { about, lookingAt, now, source } from './looking.ts';

const session: Story = {
  ...leakedKey,
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: 'AROACKCEVSQ6C2EXAMPLE:deploy-session',
      userName: 'checkout-api',
      userType: 'AssumedRole',
    },
  },
};

/** Those that query logs are driven by test/stories/network-evidence.test.ts. */
const here = sources.filter(({ reads }) => !reads.some((each) => /^(athena|logs):/.test(each)));

test.each(here.map(({ id }) => [id] as const))(
  '%s calls what it declares, all of it and nothing else',
  async (id) => {
    const used = new Set<string>();
    for (const story of [leakedKey, session]) {
      const { world } = organisation();
      await source(id).gather(lookingAt(world, story, used));
    }
    expect([...used].sort()).toEqual([...source(id).reads].sort());
  },
);

describe('what is looked up', () => {
  const lookUps = (story: Story) =>
    lookUpsOf(about(story)).map(({ by, value, before }) => [by, value, before]);
  test('of a user the user and the key, with what came before of the user', () => {
    expect(lookUps(leakedKey)).toEqual([
      ['Username', 'ci-deploy', true],
      ['AccessKeyId', 'AKIAIOSFODNN7EXAMPLE', false],
    ]);
  });
  test('of a role its session and the key', () => {
    expect(lookUps(session)).toEqual([
      ['Username', 'deploy-session', true],
      ['AccessKeyId', 'ASIAIOSFODNN7EXAMPLE', false],
    ]);
  });
  test('of a thing that names nobody its own name', () => {
    expect(lookUps(compromisedServer)).toEqual([['ResourceName', 'i-0a1b2c3d4e5f60718', false]]);
  });
});

test('a look-up ends at 150 events and says that there are more', async () => {
  const { world } = organisation();
  for (let n = 0; n < 180; n += 1)
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
      },
    );
  const found = await source('did').gather(lookingAt(world, leakedKey));
  expect(found.gaps).toEqual([
    {
      what: 'CloudTrail of ci-deploy in eu-west-1',
      because: 'the look-up ended at 150 events, there are more',
    },
  ]);
  expect(found.facts[0]?.value).toMatch(/^150, /);
});

test('who, what changed and what is related of a user', async () => {
  const { world } = organisation();
  const user = world.account(payments.id).users.get('ci-deploy');
  if (!user) throw new Error('no user');
  user.boundary = 'arn:aws:iam::123456789012:policy/edge';
  user.inline = new Map([['deploy', '{}']]);
  user.password = true;
  world
    .partition(payments.id, region)
    .services.recorded.set(`AWS::IAM::User/${userId('ci-deploy')}`, [
      { at: '2026-11-22T08:10:00.000Z', status: 'OK', configuration: { tags: [], path: '/' } },
      { at: '2026-11-22T08:20:00.000Z', status: 'OK', configuration: { tags: [1], path: '/' } },
      { at: '2026-11-22T08:30:00.000Z', status: 'ResourceDeleted', configuration: {} },
    ]);
  const facts = async (id: string) => {
    const found = await source(id).gather(lookingAt(world, leakedKey));
    expect(found.gaps).toEqual([]);
    return {
      facts: found.facts.map(({ label, value }) => `${label}: ${value}`),
      moments: found.moments.map(({ what }) => what),
    };
  };
  expect((await facts('who')).facts).toEqual([
    'user: ci-deploy: no MFA, a console password',
    'last used: AKIAIOSFODNN7EXAMPLE 2026-11-22 08:00 UTC, s3 in us-east-1; AKIAI44QH8DHBEXAMPLE never',
    'may do: policies deploy (inline); boundary arn:aws:iam::123456789012:policy/edge',
    'SCPs: none',
    'Access Analyzer: UnusedPermission of user/ci-deploy',
  ]);
  expect(await facts('changed')).toEqual({
    facts: ['user ci-deploy: 2 changes, last 2026-11-22 08:30 UTC'],
    moments: ['user ci-deploy changed: tags', 'user ci-deploy was deleted'],
  });
  expect((await facts('related')).facts).toEqual([
    'case C000000002: 2026-10-01 benign: Console password set (ci-deploy)',
  ]);
});

test('one change of a bucket’s policy is a change, with nothing but an older state before it', async () => {
  const { world } = organisation();
  const bucket = { kind: 'bucket', id: 'payments-exports', account: payments.id, region } as const;
  world.partition(payments.id, region).services.recorded.set(`AWS::S3::Bucket/${bucket.id}`, [
    {
      at: '2026-09-01T08:00:00.000Z',
      status: 'OK',
      configuration: {},
      beside: { BucketPolicy: '{}' },
    },
    {
      at: '2026-11-22T08:20:00.000Z',
      status: 'OK',
      configuration: {},
      beside: { BucketPolicy: '{"Principal":"*"}' },
    },
  ]);
  const looking = lookingAt(world, leakedKey);
  const subjects = { ...looking.subjects, principals: [], resources: [bucket] };
  const found = await source('changed').gather({ ...looking, subjects });
  expect(found.moments.map(({ what }) => what)).toEqual([
    'bucket payments-exports changed: BucketPolicy',
  ]);
});

test('the control policies of every unit above an account count', async () => {
  const { world } = organisation();
  const { organization } = world.account(securityAccount);
  if (!organization) throw new Error('no organisation');
  const unit = 'ou-exam-ple12345';
  Reflect.set(organization, 'units', new Map([[unit, [payments.id]]]));
  for (const [id, target] of [
    ['p-unit', unit],
    ['p-root', 'r-exam'],
  ] as const) {
    organization.policies.set(id, { id, name: `deny-${id}`, description: '', content: '{}' });
    organization.attached.set(target, ['p-FullAWSAccess', id]);
  }
  const { facts } = await source('who').gather(lookingAt(world, leakedKey));
  expect(facts.find(({ label }) => label === 'SCPs')?.value).toBe('deny-p-unit, deny-p-root');
});
