import { describe, expect, it } from 'vitest';
import { parseArn } from '../../src/findings/arn.ts';
import { time } from '../../src/findings/read.ts';
import { keyOrPrincipal, resourceNamed } from '../../src/findings/resource.ts';

const where = { account: '123456789012', region: 'eu-west-1' };
const digest = `sha256:${'0a'.repeat(32)}`;

describe('a thing is known', () => {
  it.each([
    ['arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d', 'instance i-0a1b2c3d'],
    ['arn:aws-cn:ec2:cn-north-1:111122223333:security-group/sg-1', 'security-group sg-1'],
    ['arn:aws:ec2:us-east-1::image/ami-1', 'image ami-1'],
    ['arn:aws:ec2:us-east-1::snapshot/snap-1', 'snapshot snap-1'],
    [`arn:aws:ecr:us-east-1:111122223333:repository/a/b/${digest}`, `image a/b/${digest}`],
    ['arn:aws-us-gov:iam::111122223333:user/team/ops', 'user ops'],
    ['arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R', 'role R'],
    ['arn:aws:iam::111122223333:root', 'account 111122223333'],
    ['arn:aws:sts::111122223333:assumed-role/admin/ops', 'role-session admin/ops'],
    ['arn:aws:s3:::example-invoices/a/b.csv', 'bucket example-invoices'],
    ['arn:aws:lambda:us-east-1:111122223333:function:resize:$LATEST', 'function resize'],
    ['arn:aws:eks:us-east-1:111122223333:cluster/shop', 'cluster shop'],
    ['arn:aws:ecs:us-east-1:111122223333:cluster/jobs', 'cluster jobs'],
    ['arn:aws:rds:us-east-1:111122223333:db:orders', 'database orders'],
    ['arn:aws:rds:us-east-1:111122223333:cluster:orders', 'database orders'],
    ['arn:aws:dynamodb:us-east-1:111122223333:table/orders', 'database orders'],
    [
      'arn:aws:s3:us-east-1:111122223333:accesspoint/x',
      'other arn:aws:s3:us-east-1:111122223333:accesspoint/x',
    ],
    ['arn:aws:iam::aws:policy/X', 'other arn:aws:iam::aws:policy/X'],
    ['AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE', 'access-key AKIAIOSFODNN7EXAMPLE'],
    ['AWS::::Account:111122223333', 'account 111122223333'],
    ['i-0a1b2c3d', 'instance i-0a1b2c3d'],
    ['sg-0a1b2c3d', 'security-group sg-0a1b2c3d'],
    ['snap-0a1b2c3d', 'snapshot snap-0a1b2c3d'],
    ['111122223333', 'account 111122223333'],
    ['something', 'other something'],
  ])('by %s', (id, expected) => {
    expect(resourceNamed({ id, where }).map((found) => `${found.kind} ${found.id}`)).toEqual([
      expected,
    ]);
  });

  it.each(['AwsS3Bucket', 'AWS::S3::Bucket', 'AWS_S3_BUCKET'])('by its type %s', (type) => {
    expect(resourceNamed({ id: 'arn:aws:::old-bucket', type, where })).toEqual([
      { kind: 'bucket', id: 'old-bucket', ...where },
    ]);
  });

  it('with the account and Region of its ARN, else of the finding', () => {
    const id = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d';
    expect(resourceNamed({ id, where })[0]).toMatchObject({
      account: '111122223333',
      region: 'us-east-1',
    });
    expect(resourceNamed({ id: 'arn:aws:s3:::b', where })[0]).toMatchObject(where);
  });

  it.each(['', null, 7n, {}, 'null'])('and nothing is made of %s', (id) => {
    expect(resourceNamed({ id, where })).toEqual([]);
  });

  it('as who used a key that has no id', () => {
    const type = 'AwsIamAccessKey';
    const id = 'AWS::IAM::AccessKey:null';
    const kind = (owner: object) => resourceNamed({ id, type, owner, where })[0];
    expect(kind({ userName: 'ops' })).toMatchObject({ kind: 'user', id: 'ops' });
    expect(kind({ userName: 'r', userType: 'AssumedRole' })).toMatchObject({ kind: 'role' });
    expect(kind({ userType: 'Root' })).toMatchObject({ kind: 'account', id: where.account });
  });
});

describe('who holds a key', () => {
  const id = 'AKIAIOSFODNN7EXAMPLE';
  const session = { userType: 'AssumedRole', principalId: 'AROACKCEVSQ6C2EXAMPLE:i-0a1b2c3d' };
  it.each([
    [{ userName: 'ops', userType: 'IAMUser', principalId: 'AIDACKCEVSQ6C2EXAMPLE' }, ['user ops']],
    [{ ...session, userName: 'api' }, ['role-session api/i-0a1b2c3d', 'role api']],
    [
      { ...session, userName: 'api', userType: 'Role' },
      ['role-session api/i-0a1b2c3d', 'role api'],
    ],
    [{ ...session, userName: 'api', principalId: 'AROACKCEVSQ6C2EXAMPLE' }, []],
    [{ ...session, userName: 'api', principalId: 'AROACKCEVSQ6C2EXAMPLE:*/a' }, []],
    [session, []],
    [{ userName: 'ops' }, []],
    [{ userName: 'tool', userType: 'FederatedUser', principalId: '111122223333:tool' }, []],
    [{ userName: 'Root', userType: 'Root', principalId: '111122223333' }, []],
  ])('is read from %j', (owner, expected) => {
    const [key, ...holder] = keyOrPrincipal({ ...owner, accessKeyId: id }, where);
    expect(key).toMatchObject({ kind: 'access-key', id });
    expect(holder.map((each) => `${each.kind} ${each.id}`)).toEqual(expected);
    expect(holder.every((each) => each.account === where.account)).toBe(true);
  });
});

describe('an ARN', () => {
  it('is taken apart', () => {
    expect(parseArn('arn:aws-us-gov:rds:us-gov-west-1:111122223333:db:a:b/c')).toEqual({
      partition: 'aws-us-gov',
      service: 'rds',
      region: 'us-gov-west-1',
      account: '111122223333',
      resource: 'db:a:b/c',
    });
  });

  it.each(['', 'arn:aws', 'arn:azure:a:b:1:c', 'arn:aws:ec2:us-east-1:<<id>>:x', null, {}])(
    'is not read out of %j',
    (value) => {
      expect(parseArn(value)).toBeUndefined();
    },
  );
});

describe('a time', () => {
  it.each([
    ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000Z'],
    ['2026-11-22T09:00:00.509465073Z', '2026-11-22T09:00:00.509Z'],
    ['2026-11-22T10:00:00+01:00', '2026-11-22T09:00:00.000Z'],
    ['Sun, 22 Nov 2026 09:00:00 GMT', '2026-11-22T09:00:00.000Z'],
    ['Thu, 1 Nov 2018 22:00:00 GMT', '2018-11-01T22:00:00.000Z'],
    ['Wed Sep 04 16:59:44.356 UTC 2024', '2024-09-04T16:59:44.356Z'],
    ['Dec 3, 2021, 6:02:30 PM', '2021-12-03T18:02:30.000Z'],
    ['Jul 30, 2024 9:53:13\u202fPM', '2024-07-30T21:53:13.000Z'],
    [1_795_337_742_511, '2026-11-22T08:55:42.511Z'],
    [1_795_337_742, '2026-11-22T08:55:42.000Z'],
    [7, ''],
    ['yesterday', ''],
    ['2026-11-22T09:00:00', ''],
    ['2026-13-45T09:00:00Z', ''],
    [Number.NaN, ''],
    [null, ''],
  ])('%j is %j', (value, expected) => {
    expect(time(value)).toBe(expected);
  });
});
