import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { call, ignored, other, outcome, own } from './api-call.ts';
import { about, eventOf, findingOf, says } from './finding-of.ts';

describe('a watched call', () => {
  it('is a finding with the thing first, then the caller', () => {
    const found = findingOf(readEvent('cloudtrail-create-access-key'));
    expect(found).toMatchObject({
      source: 'cloudtrail',
      type: 'iam.amazonaws.com:CreateAccessKey',
      title: 'An access key was created',
      severity: 'MEDIUM',
      account: own,
      region: 'eu-west-1',
      actors: [{ ip: '192.0.2.71', principal: 'admin/ops', userAgent: 'aws-cli/2.27.1' }],
    });
    expect(found.resources).toMatchObject([
      { kind: 'access-key', id: 'AKIAI44QH8DHBEXAMPLE', temporary: false, user: 'backdoor' },
      { kind: 'user', id: 'backdoor' },
      { kind: 'access-key', id: 'ASIAIOSFODNN7EXAMPLE', temporary: true, user: 'admin' },
      { kind: 'role-session', id: 'admin/ops' },
      { kind: 'role', id: 'admin' },
    ]);
  });

  it('that failed is one step milder, and says so', () => {
    const found = findingOf(readEvent('cloudtrail-leave-denied'));
    expect(found).toMatchObject({ severity: 'HIGH', nativeSeverity: 'failed call' });
    expect(found.title).toBe('Tried and failed: The account leaves the organisation');
    expect(says(found)[0]).toBe(
      'API called: LeaveOrganization (organizations.amazonaws.com) – AccessDenied',
    );
  });

  it.each(['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'])(
    '%s names the trail',
    (name) => {
      const found = call(`cloudtrail:${name}`, { name: 'main' });
      expect(found.kind === 'finding' && about(found)).toEqual(['trail main']);
    },
  );

  /** The starter set, where the call alone is enough. */
  it.each([
    ['guardduty:DeleteDetector', 'HIGH'],
    ['guardduty:CreateIPSet', 'HIGH'],
    ['guardduty:UpdateIPSet', 'HIGH'],
    ['guardduty:UpdateFilter', 'MEDIUM'],
    ['securityhub:DisableSecurityHub', 'HIGH'],
    ['securityhub:DisableSecurityHubV2', 'HIGH'],
    ['config:DeleteConfigurationRecorder', 'HIGH'],
    ['config:StopConfigurationRecorder', 'HIGH'],
    ['iam:CreateAccessKey', 'MEDIUM'],
    ['iam:CreateUser', 'MEDIUM'],
    ['iam:CreateLoginProfile', 'MEDIUM'],
    ['iam:UpdateLoginProfile', 'MEDIUM'],
    ['iam:UpdateAssumeRolePolicy', 'MEDIUM'],
    ['iam:DeactivateMFADevice', 'HIGH'],
    ['ec2:DeleteFlowLogs', 'HIGH'],
    ['s3:PutBucketPolicy', 'LOW'],
    ['s3:DeletePublicAccessBlock', 'HIGH'],
    ['s3:DeleteBucketPublicAccessBlock', 'HIGH'],
    ['s3:DeleteAccountPublicAccessBlock', 'HIGH'],
    ['kms:ScheduleKeyDeletion', 'HIGH'],
    ['kms:DisableKey', 'HIGH'],
    ['organizations:LeaveOrganization', 'CRITICAL'],
  ])('%s is %s', (what, severity) => {
    expect(outcome(call(what, {}))).toBe(severity);
  });
});

const policy = (Principal: unknown, more: object = {}) => ({
  Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: '*', ...more }],
});
const admin = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

const requests: readonly (readonly [what: string, request: unknown, expected: unknown])[] = [
  ['guardduty:UpdateDetector', { enable: false }, 'HIGH'],
  ['guardduty:UpdateDetector', { findingPublishingFrequency: 'SIX_HOURS' }, 'MEDIUM'],
  ['guardduty:CreateFilter', { action: 'ARCHIVE' }, 'HIGH'],
  ['guardduty:CreateFilter', { name: 'saved-search' }, ignored('hides no findings')],
  ['guardduty:UpdateFilter', { action: 'ARCHIVE' }, 'HIGH'],
  ['guardduty:UpdateFilter', { action: 'NOOP' }, ignored('hides no findings')],
  ['iam:AttachUserPolicy', { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, 'HIGH'],
  [
    'iam:AttachUserPolicy',
    { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ignored('admin'),
  ],
  ['iam:AttachRolePolicy', { policyArn: 'arn:aws-cn:iam::aws:policy/IAMFullAccess' }, 'HIGH'],
  ['iam:PutUserPolicy', { policyDocument: admin }, 'HIGH'],
  ['iam:PutUserPolicy', { policyDocument: '{"Statement":[]}' }, ignored('admin')],
  ['iam:PutUserPolicy', { policyDocument: '{' }, ignored('admin')],
  ['iam:CreatePolicy', { policyDocument: admin }, 'HIGH'],
  ['iam:CreatePolicy', { policyDocument: '{"Statement":[]}' }, ignored('admin')],
  ['iam:CreatePolicyVersion', { policyDocument: admin, setAsDefault: true }, 'HIGH'],
  ['iam:CreatePolicyVersion', { policyDocument: admin }, ignored('admin')],
  [
    'iam:UpdateAssumeRolePolicy',
    { policyDocument: JSON.stringify(policy({ AWS: other })) },
    'HIGH',
  ],
  [
    'iam:CreateRole',
    { assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy({ AWS: other }))) },
    'MEDIUM',
  ],
  [
    'iam:CreateRole',
    { assumeRolePolicyDocument: JSON.stringify(policy({ Service: 'ec2.amazonaws.com' })) },
    ignored('nobody outside'),
  ],
  ['s3:PutBucketPolicy', { bucketPolicy: policy('*') }, 'HIGH'],
  ['s3:PutBucketPolicy', { bucketPolicy: policy({ AWS: ['*', own] }) }, 'HIGH'],
  ['s3:PutBucketPolicy', { bucketPolicy: policy('*', { Condition: { Bool: {} } }) }, 'LOW'],
  ['s3:PutBucketPolicy', { bucketPolicy: policy('*', { Effect: 'Deny' }) }, 'LOW'],
  ['s3:PutBucketPolicy', { bucketPolicy: policy({ AWS: `arn:aws:iam::${other}:root` }) }, 'MEDIUM'],
  ['s3:PutBucketAcl', { 'x-amz-acl': ['public-read'] }, 'HIGH'],
  ['s3:PutBucketAcl', { 'x-amz-acl': 'private' }, ignored('nobody')],
  [
    's3:PutBucketPublicAccessBlock',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
    'HIGH',
  ],
  [
    's3:PutBucketPublicAccessBlock',
    {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
    ignored('blocked in full'),
  ],
  ['lambda:AddPermission20150331v2', { principal: '*' }, 'HIGH'],
  ['lambda:AddPermission20150331v2', { principal: other }, 'MEDIUM'],
  ['lambda:AddPermission20150331v2', { principal: 's3.amazonaws.com' }, ignored('nobody outside')],
  ['lambda:CreateFunctionUrlConfig', { authType: 'NONE' }, 'HIGH'],
  ['rds:ModifyDBInstance', { publiclyAccessible: true }, 'HIGH'],
  ['rds:ModifyDBInstance', { allocatedStorage: 5 }, ignored('not made public')],
  ['rds:ModifyDBSnapshotAttribute', { valuesToAdd: ['all'] }, 'CRITICAL'],
  ['rds:ModifyDBSnapshotAttribute', { valuesToAdd: [other] }, 'HIGH'],
  ['rds:ModifyDBSnapshotAttribute', { valuesToRemove: ['all'] }, ignored('nobody outside')],
  [
    'ec2:ModifySnapshotAttribute',
    { createVolumePermission: { add: { items: [{ group: 'all' }] } } },
    'CRITICAL',
  ],
  [
    'ec2:ModifyImageAttribute',
    { launchPermission: { add: { items: [{ userId: other }] } } },
    'HIGH',
  ],
  [
    'ec2:ModifyImageAttribute',
    { launchPermission: { add: { items: [{ userId: own }] } } },
    ignored('nobody outside'),
  ],
  ['ec2:AuthorizeSecurityGroupIngress', { cidrIp: '0.0.0.0/0', fromPort: 22 }, 'HIGH'],
  [
    'ec2:AuthorizeSecurityGroupIngress',
    { ipPermissions: { items: [{ ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }] } },
    'HIGH',
  ],
  [
    'ec2:ModifySecurityGroupRules',
    { SecurityGroupRule: { SecurityGroupRule: { CidrIpv4: '0.0.0.0/0' } } },
    'HIGH',
  ],
  ['ec2:AuthorizeSecurityGroupIngress', { cidrIp: '10.0.0.0/8' }, ignored('not open')],
  ['ec2:ModifyInstanceAttribute', { userData: '<sensitiveDataRemoved>' }, 'MEDIUM'],
  ['ec2:ModifyInstanceAttribute', { ebsOptimized: true }, ignored('user data')],
];

describe('a call that depends on what it asks for', () => {
  it.each(requests)('%s %j is %s', (what, request, expected) => {
    expect(outcome(call(what, request))).toEqual(expected);
  });
});

const root = { userIdentity: { type: 'Root', accountId: own } };

describe('the root user', () => {
  it.each<[string, object, unknown]>([
    ['s3:CreateBucket', root, 'HIGH'],
    ['s3:ListBuckets', root, 'MEDIUM'],
    ['organizations:LeaveOrganization', root, 'CRITICAL'],
    ['iam:CreateUser', root, 'HIGH'],
    [
      'ec2:RunInstances',
      { userIdentity: { type: 'Root', invokedBy: 'autoscaling.amazonaws.com' } },
      ignored('No rule'),
    ],
    [
      'ec2:RunInstances',
      { userIdentity: { type: 'Root', invokedBy: 'signin.amazonaws.com' } },
      'HIGH',
    ],
    ['kms:RotateKey', { ...root, eventType: 'AwsServiceEvent' }, ignored('No rule')],
  ])('%s with %j is %s', (what, more, expected) => {
    expect(outcome(call(what, {}, more))).toEqual(expected);
  });

  it('at the console is about the account', () => {
    const found = findingOf(readEvent('cloudtrail-root-sign-in'));
    expect(found).toMatchObject({ severity: 'HIGH', title: 'The root user signed in' });
    expect(found.resources).toEqual([
      { kind: 'account', id: own, account: own, region: 'eu-west-1' },
    ]);
    expect(found.actors[0]?.principal).toBe('root');
  });
});

describe('console sign-ins', () => {
  const signIn = (type: string, MFAUsed: string, ConsoleLogin = 'Success') =>
    outcome(
      call('signin:ConsoleLogin', null, {
        userIdentity: { type, accountId: own },
        additionalEventData: { MFAUsed },
        responseElements: { ConsoleLogin },
      }),
    );

  it('of a user without MFA are findings', () => {
    expect(findingOf(readEvent('cloudtrail-sign-in-without-mfa'))).toMatchObject({
      type: 'signin.amazonaws.com:ConsoleLogin',
      severity: 'MEDIUM',
    });
  });

  it.each([
    ['IAMUser', 'Yes', 'Success', ignored('with MFA')],
    ['AssumedRole', 'No', 'Success', ignored('identity provider')],
    ['IAMUser', 'No', 'Failure', ignored('failed')],
    ['Root', 'Yes', 'Failure', 'MEDIUM'],
  ])('of %s, MFA %s, %s', (type, mfa, result, expected) => {
    expect(signIn(type, mfa, result)).toEqual(expected);
  });
});

describe('everything else', () => {
  it.each([
    ['ec2:DescribeInstances', { readOnly: true }, 'changes nothing'],
    ['ec2:DescribeInstances', {}, 'changes nothing'],
    ['ec2:RunInstances', {}, 'No rule'],
  ])('%s %j is ignored, with the type', (what, more, because) => {
    expect(call(what, {}, more)).toMatchObject({
      kind: 'ignored',
      type: what.replace(':', '.amazonaws.com:'),
      because: expect.stringContaining(because),
    });
  });

  it('and records that Security Lake stores in OCSF', () => {
    const record = {
      class_uid: 3001,
      class_name: 'Account Change',
      metadata: { product: { name: 'CloudTrail' } },
    };
    expect(parse(eventOf('AWS API Call via CloudTrail', record))).toMatchObject({
      kind: 'ignored',
      type: '3001 Account Change [CloudTrail]',
      because: expect.stringContaining('OCSF'),
    });
  });
});
