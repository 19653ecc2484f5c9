/** A drill's own AWS: the same for everybody who comes by, whoever was faster, and after a crash. */

import { expect, test } from 'vitest';
import { defaultRoleNames } from '../../src/actions/role-names.ts';
import type { Wish } from '../../src/app/rehearsal.ts';
import { withRehearsals } from '../../src/app/with-rehearsals.ts';
import type { Drill, Rehearsed } from '../../src/drills/drill.ts';

const drill: Drill = {
  id: 'one',
  case: 'C000000001',
  scenario: 'stolen-key',
  account: '123456789012',
  region: 'eu-west-1',
  startedAt: '2026-11-22T09:00:00.000Z',
  until: '2026-11-22T10:00:00.000Z',
  people: [],
};

/** Where all of them write, as the table would. */
const record = () => {
  const entries: Rehearsed[] = [];
  return {
    entries,
    after: async (_: Drill, known: number) => entries.filter(({ n }) => n > known),
    append: async (_: Drill, next: Rehearsed) => {
      if (entries.some(({ n }) => n === next.n)) return false;
      entries.push(structuredClone(next));
      return true;
    },
  };
};

type Record = ReturnType<typeof record>;

const process = (drills: Record, functionName: 'worker' | 'executor' = 'executor') => {
  const asked: string[] = [];
  const aws = withRehearsals({
    accounts: {
      as: async ({ role, scope }) => {
        asked.push(`${role} for ${scope?.operations.join()}`);
        return {
          now: () => 0,
          pause: async () => undefined,
          call: async () => ({ Tags: [] }) as never,
        };
      },
    },
    drills,
    functionName,
    config: { roleNames: defaultRoleNames, securityAccount: '999988887777' },
    now: () => Date.parse('2026-11-22T09:10:00.000Z'),
  });
  return { aws, asked };
};

const wish: Wish & { readonly drill: Drill } = {
  role: 'respond',
  account: '123456789012',
  region: 'eu-west-1',
  requestId: 'R1',
  drill,
};

const key = { UserName: 'ci-deploy', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' };

const statusBy = async (drills: Record): Promise<string | undefined> => {
  const aws = await process(drills).aws.as(wish);
  const { AccessKeyMetadata } = await aws.call('iam:ListAccessKeys', { UserName: 'ci-deploy' });
  return AccessKeyMetadata?.[0]?.Status;
};

test('what one process changed the next one finds, and nobody is asked for a session', async () => {
  const drills = record();
  expect(await statusBy(drills)).toBe('Active');
  const { aws, asked } = process(drills);
  await (await aws.as(wish)).call('iam:UpdateAccessKey', { ...key, Status: 'Inactive' });
  expect(await statusBy(drills)).toBe('Inactive');
  expect(asked).toEqual([]);
  expect(drills.entries).toEqual([
    {
      n: 1,
      at: '2026-11-22T09:10:00.000Z',
      by: 'cordon',
      calls: [
        {
          account: '123456789012',
          region: 'eu-west-1',
          operation: 'iam:UpdateAccessKey',
          input: { ...key, Status: 'Inactive' },
          role: 'respond',
        },
      ],
    },
  ]);
});

test('of two that change at once each keeps its place, and both know both', async () => {
  const drills = record();
  const server = { ...wish, drill: { ...drill, scenario: 'compromised-instance' } };
  const group = (GroupName: string) => ({
    GroupName,
    Description: 'x',
    VpcId: 'vpc-0d1e2f3a4b5c60718',
  });
  const [one, two] = await Promise.all([
    process(drills).aws.as(server),
    process(drills).aws.as(server),
  ]);
  const made = await Promise.all([
    one.call('ec2:CreateSecurityGroup', group('a')),
    two.call('ec2:CreateSecurityGroup', group('b')),
  ]);
  expect(drills.entries.map(({ n }) => n)).toEqual([1, 2]);
  expect(new Set(made.map(({ GroupId }) => GroupId)).size).toBe(2);
  const third = await process(drills).aws.as(server);
  const { SecurityGroups = [] } = await third.call('ec2:DescribeSecurityGroups', {});
  const ids = SecurityGroups.filter(({ GroupName }) => /^[ab]$/.test(GroupName ?? ''));
  expect(ids.map(({ GroupId }) => GroupId).sort()).toEqual(
    made.map(({ GroupId }) => GroupId).sort(),
  );
});

test('what was written down before a crash is made by whoever comes next', async () => {
  const drills = record();
  drills.entries.push({
    n: 1,
    at: '2026-11-22T09:05:00.000Z',
    by: 'cordon',
    calls: [
      {
        account: '123456789012',
        region: 'eu-west-1',
        operation: 'iam:UpdateAccessKey',
        input: { ...key, Status: 'Inactive' },
        role: 'respond',
      },
    ],
  });
  expect(await statusBy(drills)).toBe('Inactive');
});

test('what a role or its session may not do is refused, and is not written down', async () => {
  const drills = record();
  const { aws } = process(drills);
  const update = { ...key, Status: 'Inactive' } as const;
  const reading = await aws.as({ ...wish, role: 'read' });
  await expect(reading.call('iam:UpdateAccessKey', update)).rejects.toThrow('not authorized');
  const scoped = await aws.as({ ...wish, scope: { operations: ['iam:ListAccessKeys'] } });
  await expect(scoped.call('iam:UpdateAccessKey', update)).rejects.toThrow('not authorized');
  expect(drills.entries).toEqual([]);
});

test('which roles are deployed is asked in earnest, and nothing else can be asked in that session', async () => {
  const { aws, asked } = process(record(), 'worker');
  const session = await aws.as({ ...wish, role: 'read' });
  await session.call('iam:ListRoleTags', { RoleName: 'cordon-respond' });
  expect(asked).toEqual(['read for iam:ListRoleTags']);
});

test('evidence is kept with the drill, once', async () => {
  const drills = record();
  const kept = (await process(drills).aws.as(wish)).evidence;
  expect(await kept?.put('console', '{"a":1}')).toBe('put');
  expect(await kept?.put('console', '{"a":2}')).toBe('exists');
  const later = (await process(drills).aws.as(wish)).evidence;
  expect(await later?.get('console')).toBe('{"a":1}');
  expect(later?.nameOf('console')).toBe('drills/R1/console.json');
});
