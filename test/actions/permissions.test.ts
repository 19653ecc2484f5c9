import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionsTable } from '../../src/actions/actions-table.ts';
import { actionById, actions, offered, worksIn } from '../../src/actions/index.ts';
import { rolePolicy, rolesInUse } from '../../src/actions/permissions.ts';
import { policyJson } from '../../src/cli/policy.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { openBucket } from '../../src/local/world/seed-buckets.ts';
import { backup, goldenImage } from '../../src/local/world/seed-copies.ts';
import { account, benchOf, newWorld, planned, region, securityAccount } from './bench.ts';
import { at, target as instance } from './example-instance.ts';

const key: Resource = {
  kind: 'access-key',
  id: 'AKIAIOSFODNN7EXAMPLE',
  account,
  region,
  temporary: false,
};
const finding = (keptBy: 'guardduty' | 'securityhub'): Resource => ({
  kind: 'finding',
  id: `${keptBy}-1`,
  account,
  region,
  keptBy,
  keeper: 'keeper-1',
  key: `${keptBy}-1`,
});

const bucket = (id: string): Resource => ({ kind: 'bucket', id, account, region });

const worldWithFindings = () => {
  const world = newWorld();
  world
    .partition(account, region)
    .buckets.set('example-website', openBucket('example-website', { block: ['BlockPublicAcls'] }));
  const home = world.partition(securityAccount, region);
  home.detector?.findings.set('guardduty-1', {
    Id: 'guardduty-1',
    Arn: undefined,
    AccountId: account,
    CreatedAt: undefined,
    Region: region,
    Resource: undefined,
    SchemaVersion: undefined,
    Severity: undefined,
    Type: undefined,
    UpdatedAt: undefined,
    Service: { Archived: false },
  });
  home.hubFindings.set('securityhub-1', {
    id: 'securityhub-1',
    productArn: 'keeper-1',
    account,
    region,
    type: '',
    title: '',
    workflow: 'NEW',
  });
  const place = world.partition(account, region);
  for (const copy of [place.snapshots.get(backup), place.images.get(goldenImage)])
    if (copy) copy.sharedWith = ['all'];
  const group = place.groups.get('sg-0a1b2c3d4e5f60712');
  if (group) group.ingress = [{ protocol: '-1', peer: { kind: 'ipv6', value: '::/0' } }];
  return world;
};

/** Targets that together make each action use all it declares. */
const targets: Readonly<Record<string, readonly Resource[]>> = {
  'isolate-instance': [instance],
  'snapshot-volumes': [instance],
  'stop-instance': [instance],
  'deactivate-access-key': [key],
  'contain-user': [{ kind: 'user', id: 'ci-deploy', account, region }],
  'revoke-role-session': [
    { kind: 'role-session', id: 'checkout-api/i-0a1b2c3d4e5f60718', account, region },
  ],
  'revoke-older-sessions': [{ kind: 'role', id: 'checkout-api', account, region }],
  'block-public-access': [bucket('example-invoices'), bucket('example-website')],
  'quarantine-bucket': [bucket('example-invoices'), bucket('example-website')],
  'revoke-world-open-ingress': [
    { kind: 'security-group', id: 'sg-0a1b2c3d4e5f60711', account, region },
    { kind: 'security-group', id: 'sg-0a1b2c3d4e5f60712', account, region },
  ],
  'unshare-snapshot': [{ kind: 'snapshot', id: backup, account, region }],
  'make-image-private': [{ kind: 'image', id: goldenImage, account, region }],
  'suppress-finding': [finding('guardduty'), finding('securityhub')],
};

describe('declared permissions', () => {
  test.each(actions.map((action) => [action.id, action] as const))(
    '%s uses what it declares in each phase, and nothing else',
    async (id, action) => {
      const bench = benchOf(action, worldWithFindings());
      for (const target of targets[id] ?? []) {
        const plan = planned(await bench.plan(target));
        await bench.execute(plan);
        haveStopped(bench);
        await bench.verify(plan);
        await bench.undo(plan);
      }
      if (id === 'isolate-instance') await undoPartOfQuarantine(bench);
      for (const phase of ['plan', 'execute', 'verify', 'undo'] as const)
        expect([phase, ...[...bench.used[phase]].sort()]).toEqual([
          phase,
          ...[...action.permissions[phase]].sort(),
        ]);
      // IAM and S3 say by an error that there is none of something.
      expect(bench.world.calls.filter(({ error = 'NoSuch' }) => !/^NoSuch/.test(error))).toEqual(
        [],
      );
    },
  );
});

/** What takes AWS half a minute. */
const haveStopped = (bench: ReturnType<typeof benchOf>): void => {
  for (const each of at(bench).instances.values())
    if (each.next) each.next = { ...each.next, at: 0 };
};

/** Undo looks at the quarantine group only where an interface had it before. */
const undoPartOfQuarantine = async (bench: ReturnType<typeof benchOf>): Promise<void> => {
  const partition = at(bench);
  const group = [...partition.groups.values()].find(({ name }) => name === 'cordon-quarantine');
  const each = partition.interfaces.get('eni-0a1b2c3d4e5f60711');
  if (!group || !each) throw new Error('The quarantine group or the interface is missing');
  each.groups = [...each.groups, group.id];
  const plan = planned(await bench.plan(instance));
  await bench.execute(plan);
  await bench.undo(plan);
};

describe('the policies', () => {
  test('the read role reads and changes nothing', () => {
    const granted = rolePolicy('read').Statement.flatMap(({ Action }) => Action);
    expect(granted.filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
    expect(granted).toContain('iam:ListAccessKeys');
  });

  test('a response role gets the power of its own actions only', () => {
    const respond = rolePolicy('respond').Statement.flatMap(({ Action }) => Action);
    expect(respond).toContain('ec2:ModifyNetworkInterfaceAttribute');
    expect(respond.filter((action) => /^(guardduty|securityhub):/.test(action))).toEqual([]);
    expect(rolePolicy('respond-organization').Statement).toEqual([]);
  });

  test('rules can only be revoked, and tags only changed, on a group that Cordon is making', () => {
    const statements = rolePolicy('respond').Statement.filter(({ Action }) =>
      Action.some((action) => /RevokeSecurityGroupEgress|CreateTags/.test(action)),
    );
    expect(statements.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
      { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
      { StringEquals: { 'aws:ResourceTag/cordon': 'quarantine-unfinished' } },
    ]);
  });

  test('every resource is open only where AWS knows no resource level', () => {
    const open = rolesInUse()
      .flatMap((role) => rolePolicy(role).Statement)
      .filter(({ Resource: on }) => on.includes('*'))
      .flatMap(({ Action }) => Action);
    expect([...new Set(open)].sort()).toEqual([
      'ec2:DescribeImages',
      'ec2:DescribeInstances',
      'ec2:DescribeLockedSnapshots',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'guardduty:ListDetectors',
      'iam:GetAccessKeyLastUsed',
      'iam:GetAccountSummary',
    ]);
  });

  test('`cordon policy` prints one document for each role that an action needs', () => {
    expect(Object.keys(JSON.parse(policyJson()))).toEqual([
      'cordon-read',
      'cordon-respond',
      'cordon-respond-identity',
      'cordon-respond-findings',
    ]);
  });
});

describe('the list of actions', () => {
  test('ids are unique, labels fit a button, and the documented table is the list', () => {
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    expect(actions.filter(({ label }) => label.length > 30)).toEqual([]);
    expect(readFileSync('docs/actions.md', 'utf8')).toBe(actionsTable());
  });

  test('a resource is offered what works on its kind', () => {
    expect(offered(instance).map(({ id }) => id)).toEqual([
      'isolate-instance',
      'snapshot-volumes',
      'stop-instance',
    ]);
    expect(offered({ ...key, temporary: true })).toEqual([]);
    expect(actionById('no-such-action')).toBeUndefined();
  });

  test('findings are changed in the administrator account, the rest where it is', () => {
    const suppress = actionById('suppress-finding');
    const isolate = actionById('isolate-instance');
    if (!suppress || !isolate) throw new Error('An action is missing');
    const config = { securityAccount };
    expect(worksIn(suppress, finding('guardduty'), config)).toEqual({
      account: securityAccount,
      region,
    });
    expect(worksIn(isolate, instance, config)).toEqual({ account, region });
  });

  test('a parsed event offers actions on what it names', () => {
    const parsed = parse({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      id: '1',
      account,
      region,
      time: '2026-11-22T03:00:00Z',
      resources: [],
      detail: {
        accountId: account,
        region,
        id: '1',
        arn: 'arn:aws:guardduty:eu-west-1:123456789012:detector/1/finding/1',
        type: 'Recon:EC2/Portscan',
        severity: 5,
        resource: { resourceType: 'Instance', instanceDetails: { instanceId: instance.id } },
        service: { detectorId: '1', count: 1 },
      },
    });
    if (parsed.kind !== 'finding') throw new Error(parsed.because);
    expect(parsed.resources.flatMap(offered).map(({ id }) => id)).toEqual([
      'isolate-instance',
      'snapshot-volumes',
      'stop-instance',
      'suppress-finding',
    ]);
  });
});
