import { describe, expect, test } from 'vitest';
import { exempted, exemptedBy, policyDocument } from '../../src/actions/control-policies.ts';
import { quarantineAccount } from '../../src/actions/quarantine-account.ts';
import { defaultRoleNames } from '../../src/actions/role-names.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, planned, region, securityAccount } from './bench.ts';

const target = { kind: 'account', id: account, account, region } as const satisfies Resource;
const breakGlass = ['break-glass', 'ops/emergency'];
const name = `cordon-quarantine-${account}`;

const organization = (world: World) => {
  const found = world.account(securityAccount).organization;
  if (!found) throw new Error('The example has no organisation');
  return found;
};

/** A policy of the quarantine's name with this text. */
const withPolicy = (content: string) => (world: World) =>
  void organization(world).policies.set('p-1', { id: 'p-1', name, description: '', content });

const roles = exempted(account, breakGlass, defaultRoleNames);

describe('quarantining an account', () => {
  test('it works from the security account, and leaves out exactly the roles that are needed', async () => {
    const bench = benchOf(quarantineAccount);
    const plan = planned(await bench.plan(target));
    expect(plan).toMatchObject({ tier: 3, blastRadius: { class: 'whole account' } });
    await bench.execute(plan);
    const policy = [...organization(bench.world).policies.values()].find(
      (each) => each.name === name,
    );
    expect(JSON.parse(policy?.content ?? '')).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Condition: {
            ArnNotEquals: {
              'aws:PrincipalArn': [
                `arn:aws:iam::${account}:role/cordon-read`,
                `arn:aws:iam::${account}:role/cordon-respond`,
                `arn:aws:iam::${account}:role/cordon-respond-identity`,
                `arn:aws:iam::${account}:role/break-glass`,
                `arn:aws:iam::${account}:role/ops/emergency`,
              ],
            },
          },
        },
      ],
    });
    const attach = bench.world.calls.find(({ operation }) => operation === 'AttachPolicy');
    expect(attach).toMatchObject({ account: securityAccount, role: 'cordon-respond-organization' });
  });

  test('a policy that somebody replaced meanwhile is never attached', async () => {
    const bench = benchOf(quarantineAccount);
    const plan = planned(await bench.plan(target));
    withPolicy(policyDocument(roles.slice(0, -1)))(bench.world);
    await expect(bench.execute(plan)).rejects.toThrow(/would lock out .*ops\/emergency/);
    expect(bench.world.calls.some(({ operation }) => operation === 'AttachPolicy')).toBe(false);
  });
});

describe('the proof that a role is left out', () => {
  const arn = roles[0] ?? '';
  const [statement] = JSON.parse(policyDocument(roles)).Statement;
  const policy = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });

  test.each([
    ['the policy itself', policy(statement), true],
    [
      'a second deny without exemption',
      policy(statement, { Effect: 'Deny', Action: 's3:*' }),
      false,
    ],
    [
      'a condition that asks for more',
      policy({ ...statement, Condition: { ...statement.Condition, Bool: {} } }),
      false,
    ],
    [
      'another key of the condition',
      policy({ ...statement, Condition: { ArnNotEquals: {} } }),
      false,
    ],
    ['no statement', policy(), false],
    ['no document', 'null', false],
  ])('%s', (_name, content, proved) => {
    expect(exemptedBy(content, arn)).toBe(proved);
  });
});
