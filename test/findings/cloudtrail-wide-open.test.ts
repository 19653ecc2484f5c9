/** Requests that open more than a glance shows. */
import { describe, expect, it } from 'vitest';
import { call, ignored, other, outcome, own } from './api-call.ts';

const admin = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

const allow = (more: object): object => ({ Effect: 'Allow', ...more });
const written = (...statements: readonly object[]): object => ({
  policyDocument: JSON.stringify({ Statement: statements }),
});
const dummies = Array.from({ length: 100 }, (_, n) => `s3:Get${n}`);
const all = allow({ Action: '*', Resource: '*' });
const ranges = (...cidrs: readonly string[]): object => ({
  ipPermissions: { items: [{ ipRanges: { items: cidrs.map((cidrIp) => ({ cidrIp })) } }] },
});
const private24s = Array.from({ length: 100 }, (_, n) => `10.0.${n}.0/24`);

describe('padding does not hide', () => {
  it.each<[string, string, object]>([
    [
      'an action after a hundred others',
      'iam:PutUserPolicy',
      written(allow({ Action: [...dummies, '*'], Resource: '*' })),
    ],
    [
      'a policy behind 60,000 spaces',
      'iam:PutUserPolicy',
      { policyDocument: `${' '.repeat(60_000)}${admin}` },
    ],
    [
      'an encoded policy behind 60,000 spaces',
      'iam:PutUserPolicy',
      { policyDocument: encodeURIComponent(`${' '.repeat(60_000)}${admin}`) },
    ],
    [
      'a statement that allows after a hundred that deny',
      'iam:PutUserPolicy',
      written(...dummies.map((Action) => ({ Effect: 'Deny', Action, Resource: '*' })), all),
    ],
    [
      'a statement that allows after a hundred that allow little',
      'iam:PutUserPolicy',
      written(...dummies.map((Action) => allow({ Action, Resource: '*' })), all),
    ],
    [
      'the world after a hundred ranges',
      'ec2:AuthorizeSecurityGroupIngress',
      ranges(...private24s, '0.0.0.0/0'),
    ],
    [
      'another account after a hundred of the own',
      'rds:ModifyDBSnapshotAttribute',
      { valuesToAdd: [...dummies.map(() => own), other] },
    ],
  ])('%s', (_, what, request) => {
    expect(outcome(call(what, request))).toBe('HIGH');
  });
});

describe('a policy makes an administrator', () => {
  it.each<[string, object, unknown]>([
    ['with NotAction', allow({ NotAction: 'billing:*', Resource: '*' }), 'HIGH'],
    ['with NotResource', allow({ Action: '*', NotResource: 'arn:aws:s3:::x' }), 'HIGH'],
    [
      'not with NotAction on one bucket',
      allow({ NotAction: 'a:b', Resource: 'arn:x' }),
      ignored(''),
    ],
    [
      'not with NotAction that denies',
      { Effect: 'Deny', NotAction: 'a:b', Resource: '*' },
      ignored(''),
    ],
  ])('%s', (_, statement, expected) => {
    expect(outcome(call('iam:PutUserPolicy', written(statement)))).toEqual(expected);
  });
});

describe('a role lets in', () => {
  const provider = (account: string): string => `arn:aws:iam::${account}:saml-provider/corporate`;

  it.each<[string, object, unknown]>([
    ['everybody but the one it names', { NotPrincipal: { AWS: own } }, 'HIGH'],
    ['another account’s provider', { Principal: { Federated: provider(other) } }, 'MEDIUM'],
    ['a public provider', { Principal: { Federated: 'accounts.google.com' } }, 'MEDIUM'],
    ['a canonical user', { Principal: { CanonicalUser: '79a59df900b949e5' } }, 'MEDIUM'],
    ['nobody by the own provider', { Principal: { Federated: provider(own) } }, ignored('nobody')],
    [
      'nobody by the own pools of Cognito',
      { Principal: { Federated: 'cognito-identity.amazonaws.com' } },
      ignored('nobody'),
    ],
  ])('%s', (_, to, expected) => {
    const statement = allow({ Action: 'sts:AssumeRole', ...to });
    const assumeRolePolicyDocument = JSON.stringify({ Statement: [statement] });
    expect(outcome(call('iam:CreateRole', { assumeRolePolicyDocument }))).toEqual(expected);
  });
});

describe('an image is shared', () => {
  it.each(['organizationArn', 'organizationalUnitArn'])('with an %s', (receiver) => {
    const items = [{ [receiver]: `arn:aws:organizations::${other}:organization/o-1` }];
    expect(
      outcome(call('ec2:ModifyImageAttribute', { launchPermission: { add: { items } } })),
    ).toBe('HIGH');
  });
});

describe('a range of addresses', () => {
  const closed = ignored('not open');

  it.each<[string, unknown]>([
    ['0.0.0.0/1', 'HIGH'],
    ['128.0.0.0/7', 'HIGH'],
    ['10.0.0.0/8', closed],
    ['192.0.2.0/24', closed],
    ['192.0.2.7/32', closed],
    ['2000::/3', 'HIGH'],
    ['2000::/4', closed],
    ['2001:db8::/32', closed],
  ])('%s is %s', (cidr, expected) => {
    expect(outcome(call('ec2:AuthorizeSecurityGroupIngress', ranges(cidr)))).toEqual(expected);
  });
});
