import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionsTable } from '../../src/actions/actions-table.ts';
import { actionById, actions, offered, worksIn } from '../../src/actions/index.ts';
import { rolePolicy, rolesInUse } from '../../src/actions/permissions.ts';
import { defaultRoleNames } from '../../src/actions/role-names.ts';
import { policyJson } from '../../src/cli/policy.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { account, planned, region, securityAccount } from './bench.ts';
import { target as instance } from './example-instance.ts';
import { stageOf } from './life.ts';
import { livesOf } from './lives/index.ts';

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

const phases = ['plan', 'execute', 'verify', 'undo'] as const;
/** IAM, Lambda and S3 say by an error that there is none of something, and so does GuardDuty. */
const harmless = /^NoSuch|NotFound|^GetFilter BadRequest/;

describe('declared permissions', () => {
  test.each(actions.map((action) => [action.id, action] as const))(
    '%s uses what it declares in each phase, and nothing else',
    async (id, action) => {
      const used = { plan: new Set(), execute: new Set(), verify: new Set(), undo: new Set() };
      for (const life of livesOf(id)) {
        const { bench, wait, world } = stageOf(life);
        const plan = planned(await bench.plan(life.target));
        await bench.execute(plan);
        wait();
        await bench.verify(plan);
        await bench.undo(plan);
        for (const phase of phases)
          for (const operation of bench.used[phase]) used[phase].add(operation);
        expect(
          world.calls.filter(
            ({ error, operation }) =>
              error && !harmless.test(error) && !harmless.test(`${operation} ${error}`),
          ),
        ).toEqual([]);
      }
      for (const phase of phases)
        expect([phase, ...[...used[phase]].sort()]).toEqual([
          phase,
          ...[...action.permissions[phase]].sort(),
        ]);
    },
  );
});

/** Actions on `*`, as AWS's own service authorisation reference has them. */
const withoutResourceLevel = [
  'access-analyzer:CheckNoNewAccess',
  'application-autoscaling:DescribeScalableTargets',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'cloudtrail:DescribeTrails',
  'config:DescribeDeliveryChannels',
  'ec2:DescribeAddresses',
  'ec2:DescribeIamInstanceProfileAssociations',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'ec2:DescribeLockedSnapshots',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSnapshots',
  'ec2:DescribeVolumes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'guardduty:ArchiveFindings',
  'guardduty:GetFindings',
  'guardduty:ListDetectors',
  'guardduty:ListFindings',
  'guardduty:UnarchiveFindings',
  'guardduty:UpdateFindingsFeedback',
  'iam:GetAccountSummary',
  'lambda:ListEventSourceMappings',
  'organizations:DescribeOrganization',
  'organizations:ListPolicies',
  'ssm:DescribeInstanceInformation',
  'ssm:GetCommandInvocation',
  'wafv2:ListIPSets',
];

describe('the policies', () => {
  test('the read role reads and changes nothing', () => {
    const granted = rolePolicy('read').Statement.flatMap(({ Action }) => Action);
    expect(granted.filter((action) => !/:(Check|Describe|Get|List)/.test(action))).toEqual([]);
    expect(granted).toContain('iam:ListAccessKeys');
  });

  test('a response role gets the power of its own actions only', () => {
    const respond = rolePolicy('respond').Statement.flatMap(({ Action }) => Action);
    expect(respond).toContain('ec2:ModifyNetworkInterfaceAttribute');
    expect(respond.filter((action) => /:(Archive|Unarchive|BatchUpdate)/.test(action))).toEqual([]);
    const organization = rolePolicy('respond-organization').Statement.flatMap(
      ({ Action }) => Action,
    );
    expect(organization).toContain('organizations:AttachPolicy');
    expect(organization.filter((action) => !action.startsWith('organizations:'))).toEqual([]);
  });

  test('rules can only be revoked, and tags only changed, on a group that Cordon is making', () => {
    const statements = rolePolicy('respond').Statement.filter(({ Action }) =>
      Action.some((action) =>
        /(Authorize|Revoke)SecurityGroupEgress|CreateTags|DeleteSecurityGroup/.test(action),
      ),
    );
    expect(statements.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:ResourceTag/cordon': 'quarantine-unfinished' } },
      { StringEquals: { 'ec2:CreateAction': 'CreateNetworkAcl' } },
      { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
      { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
      { StringEquals: { 'aws:ResourceTag/cordon': 'transition' } },
    ]);
  });

  test('every resource is open only where AWS knows no resource level', () => {
    const open = rolesInUse()
      .flatMap((role) => rolePolicy(role).Statement)
      .filter(({ Resource: on }) => on.includes('*'))
      .flatMap(({ Action }) => Action);
    expect([...new Set(open)].sort()).toEqual(withoutResourceLevel);
  });

  test('`cordon policy` prints one document for each role that an action needs', () => {
    expect(Object.keys(JSON.parse(policyJson(defaultRoleNames)))).toEqual([
      'cordon-read',
      'cordon-respond',
      'cordon-respond-identity',
      'cordon-respond-organization',
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
      'capture-volatile-evidence',
      'snapshot-volumes',
      'cut-instance-credentials',
      'stop-instance',
      'subnet-cut',
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
      'capture-volatile-evidence',
      'snapshot-volumes',
      'cut-instance-credentials',
      'stop-instance',
      'subnet-cut',
      'suppress-finding',
      'archive-like-it',
      'mark-not-useful',
    ]);
  });
});
