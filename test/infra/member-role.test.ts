/** The member roles: generated, small enough, trusting one function each, switched on by power. */
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  memberRoles,
  memberRoleTemplate,
  memberRoleYaml,
  mostCharacters,
  parameterNames,
  policiesOf,
} from '../../infra/member-role.ts';
import { rolesInUse } from '../../src/actions/permissions.ts';
import { roleVersion, roleVersionTag } from '../../src/actions/role-version.ts';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { filledIn, grantsIn, roleGrants, unsubstituted } from './templates.ts';

const template = memberRoleTemplate();
const ids = {
  read: 'Read',
  respond: 'Respond',
  'respond-identity': 'RespondIdentity',
  'respond-findings': 'RespondFindings',
  'respond-organization': 'RespondOrganization',
} as const;
const roleOf = (role: keyof typeof ids) => template.Resources[`${ids[role]}Role`];

test('infra/member-role.yaml is what the code says (vitest --update writes it)', async () => {
  await expect(memberRoleYaml()).toMatchFileSnapshot('../../infra/member-role.yaml');
  expect(parseYaml(memberRoleYaml())).toEqual(JSON.parse(JSON.stringify(template)));
});

test('has a role for each that the actions use', () => {
  expect([...memberRoles].sort()).toEqual([...new Set(rolesInUse())].sort());
});

describe.each(memberRoles)('the role cordon-%s', (role) => {
  const documents = policiesOf(role).map((Statement) => ({ Version: '2012-10-17', Statement }));

  test('allows what its actions need, the read role what posture asks too, and nothing else', () => {
    const allowed = (of: readonly object[]) =>
      of.flatMap(grantsIn).filter(({ effect }) => effect === 'Allow');
    expect(allowed(documents)).toEqual(allowed([memberPolicy(role, parameterNames)]));
    const attached = Object.entries(template.Resources)
      .filter(([id]) => id.startsWith(`${ids[role]}Policy`))
      .map(([, { Properties }]) => unsubstituted(Properties['PolicyDocument']));
    expect(attached).toEqual(documents);
    expect(roleOf(role)?.Properties['ManagedPolicyArns']).toHaveLength(documents.length);
    expect(roleGrants(roleOf(role)?.Properties ?? {})).toEqual([]);
  });

  test('keeps within what IAM takes: ten policies of 6,144 characters', () => {
    expect(documents.length).toBeLessThanOrEqual(10);
    const longest = {
      RolePath: `/${'p'.repeat(30)}/${'p'.repeat(30)}/`,
      RolePrefix: 'n'.repeat(32),
    };
    for (const document of documents)
      expect(filledIn(document, longest).length).toBeLessThanOrEqual(mostCharacters);
  });

  test('trusts one function of one account, with external id, organisation and request', () => {
    const Condition = {
      StringEquals: {
        'sts:ExternalId': { Ref: 'ExternalId' },
        'aws:PrincipalOrgID': expect.anything(),
      },
      StringLike: {
        'aws:RequestTag/request': '?*',
        ...(role === 'read' ? {} : { 'sts:SourceIdentity': '?*' }),
      },
    };
    const name = role === 'read' ? 'worker' : 'executor';
    expect(roleOf(role)?.Properties['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: {
            AWS: {
              'Fn::Sub': `arn:aws:iam::\${SecurityAccount}:role\${RolePath}\${RolePrefix}${name}`,
            },
          },
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
          Condition,
        },
      ],
    });
  });

  test('says its version, and can be bounded', () => {
    expect(roleOf(role)?.Properties).toMatchObject({
      Tags: expect.arrayContaining([{ Key: roleVersionTag, Value: String(roleVersion) }]),
      PermissionsBoundary: { 'Fn::If': ['Bounded', expect.anything(), expect.anything()] },
    });
  });

  test(role === 'read' ? 'is always there' : 'is there only where it was switched on', () => {
    const condition = role === 'read' ? undefined : ids[role];
    const mine = Object.entries(template.Resources).filter(([id]) =>
      new RegExp(`^${ids[role]}(Role|Policy\\d+)$`).test(id),
    );
    expect(mine.length).toBeGreaterThan(1);
    for (const [, resource] of mine) expect(Reflect.get(resource, 'Condition')).toBe(condition);
    if (condition) expect(template.Parameters).toHaveProperty([condition, 'Default'], 'no');
  });
});

test('a role that changes roles is denied Cordon’s own and the break-glass roles', () => {
  const denied = policiesOf('respond-identity')
    .flatMap((Statement) => grantsIn({ Statement }))
    .filter(({ effect, actions }) => effect === 'Deny' && actions.includes('iam:PutRolePolicy'))
    .map(({ resources }) => resources);
  expect(denied).toContainEqual([{ Ref: 'BreakGlassRoleArns' }]);
  expect(denied).toContainEqual([`arn:aws:iam::*:role\${RolePath}\${RolePrefix}*`]);
});
