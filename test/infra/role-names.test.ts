/** Path and prefix of Cordon's roles: one setting, one pair of parameters, in every template. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { memberRoles, memberRoleTemplate } from '../../infra/member-role.ts';
import { defaultRoleNames } from '../../src/actions/role-names.ts';
import { protectionJson } from '../../src/app/scp.ts';
import { functionNames } from '../../src/aws/rights.ts';
import { readConfig } from '../../src/config/define-config.ts';
import { allOf, configWith, filledIn, grantsIn, roleGrants, synthesised } from './templates.ts';

const names = { path: '/security/', prefix: 'acme-cordon-' };
const stacks = synthesised({ ...configWith({ organization: 'o-exampleorg1' }), roleNames: names });

test.each(['cordon', 'cordon-forward', 'cordon-forward-member'] as const)(
  'each role of the stack %s has the configured path and prefix',
  (stack) => {
    const roles = allOf(stacks[stack], 'IAM::Role');
    expect(roles.length).toBeGreaterThan(stack === 'cordon' ? functionNames.length : 0);
    for (const role of roles)
      expect(role).toMatchObject({
        Path: '/security/',
        RoleName: expect.stringMatching(/^acme-cordon-[a-z]/),
      });
  },
);

test('the functions may assume the member roles of that name, and no other', () => {
  const assume = allOf(stacks.cordon, 'IAM::Role')
    .flatMap(roleGrants)
    .filter(({ actions }) => actions.includes('sts:AssumeRole'));
  expect(assume.flatMap(({ resources }) => resources).sort()).toEqual(
    [...memberRoles]
      .sort()
      .map((role) => `arn:<Partition>:iam::*:role/security/acme-cordon-${role}`),
  );
});

describe('member-role.yaml', () => {
  const { Parameters, Resources } = memberRoleTemplate();
  const withNames = (RolePath: string, RolePrefix: string) =>
    filledIn(Object.values(Resources), { RolePath, RolePrefix });

  test('has the default names unless it is told otherwise', () => {
    expect(Parameters).toMatchObject({
      RolePath: { Default: defaultRoleNames.path },
      RolePrefix: { Default: defaultRoleNames.prefix },
    });
    const text = withNames(defaultRoleNames.path, defaultRoleNames.prefix);
    for (const role of memberRoles) expect(text).toContain(`"RoleName":"cordon-${role}"`);
    expect(text).toContain(':role/cordon-worker"');
  });

  test('puts every name, path and policy under the parameters', () => {
    const text = withNames(names.path, names.prefix);
    for (const role of memberRoles) expect(text).toContain(`"RoleName":"acme-cordon-${role}"`);
    expect(text).toContain('arn:aws:iam::*:role/security/acme-cordon-*');
    expect(text).toContain(':role/security/acme-cordon-executor"');
    expect(text).not.toMatch(/:role\/cordon-|"cordon-(read|respond)/);
    for (const { Type, Properties } of Object.values(Resources)) {
      expect(Type).toMatch(/^AWS::IAM::(Role|ManagedPolicy)$/);
      expect(Properties['Path']).toEqual({ Ref: 'RolePath' });
    }
  });
});

test.each([
  [{ path: 'security' }, /roleNames\.path/],
  [{ path: '/a/b/c/' }, /roleNames\.path/],
  [{ prefix: 'x'.repeat(33) }, /roleNames\.prefix/],
  [{ prefix: '*' }, /roleNames\.prefix/],
])('the configuration refuses %o', (roleNames, problem) => {
  expect(() => readConfig({ ...example, roleNames })).toThrow(problem);
});

/** docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
describe('the sample SCP', () => {
  test('in infra/ is what `cordon scp` says for the default names', () => {
    const breakGlassRoles = ['break-glass'];
    const file = readFileSync('infra/protect-cordon-scp.json', 'utf8');
    const said = protectionJson({ roleNames: defaultRoleNames, breakGlassRoles });
    expect(JSON.parse(file)).toEqual(JSON.parse(said));
  });

  test('fits into 5,120 characters and protects roles, policies and rules', () => {
    const text = protectionJson({ roleNames: names, breakGlassRoles: ['ops/emergency'] });
    expect(text.length).toBeLessThan(5120);
    const grants = grantsIn(JSON.parse(text));
    expect(grants.map(({ effect }) => effect)).toEqual(['Deny', 'Deny']);
    expect(grants.flatMap(({ resources }) => resources)).toEqual([
      'arn:aws:iam::*:role/security/acme-cordon-*',
      'arn:aws:iam::*:policy/security/acme-cordon-*',
      'arn:aws:events:*:*:rule/cordon-forward-*',
    ]);
    for (const { condition } of grants)
      expect(condition).toEqual({
        ArnNotLike: {
          'aws:PrincipalArn': [
            'arn:aws:iam::*:role/stacksets-exec-*',
            'arn:aws:iam::*:role/AWSCloudFormationStackSetExecutionRole',
            'arn:aws:iam::*:role/ops/emergency',
          ],
        },
      });
  });
});
