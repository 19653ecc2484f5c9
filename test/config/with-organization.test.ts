import { describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/define-config.ts';
import { responds } from '../../src/config/responds.ts';
import { withOrganization } from '../../src/config/with-organization.ts';
import type { AccountDirectory, DirectoryAccount } from '../../src/organization/directory.ts';

const readAt = '2026-11-28T02:00:00.000Z';
const now = Date.parse(readAt) + 60_000;
const [one, two] = ['123456789012', '111122223333'];

const config = (
  accounts: CordonConfig['accounts'],
  units: CordonConfig['units'] = {
    'workloads/prod': { response: true, actions: ['isolate-instance'] },
  },
): CordonConfig => ({
  ...example,
  accounts,
  units,
  deployment: { ...example.deployment, organization: 'o-exampleorgid' },
});

const account = (more: Partial<DirectoryAccount> = {}): DirectoryAccount => ({
  ...{ id: one, name: 'from-aws', ou: 'workloads/prod', state: 'ACTIVE', owner: 'Ana' },
  ...more,
});

const directory = (...accounts: readonly DirectoryAccount[]): AccountDirectory => ({
  version: 1,
  readAt,
  accounts,
});

/** Whether anything may be changed in the account, and why not. */
const may = (settings: CordonConfig, known: AccountDirectory | undefined, at = now) => {
  const inForce = withOrganization(settings, known, at);
  const found = inForce.accounts[one];
  return found && [responds(inForce, found), found.observed ?? ''];
};

describe('what is known of an account', () => {
  test('is what Organizations tells, where the configuration says nothing', () => {
    expect(withOrganization(config({}), directory(account()), now).accounts).toEqual({
      [one]: { name: 'from-aws', ou: 'workloads/prod', owner: 'Ana' },
    });
  });

  test('is what the configuration says, field by field', () => {
    const own = { name: 'payments', ou: undefined, owner: 'Lee' };
    expect(withOrganization(config({ [one]: own }), directory(account()), now).accounts).toEqual({
      [one]: { name: 'payments', ou: 'workloads/prod', owner: 'Lee' },
    });
  });

  test('says why the read role cannot be assumed', () => {
    const reach = { at: readAt, because: 'the read role cannot be assumed (AccessDenied)' };
    const known = withOrganization(config({}), directory(account({ reach })), now);
    expect(known.accounts[one]?.unreached).toBe(reach.because);
  });

  test('is only what the configuration says, without an organisation', () => {
    const alone = { ...config({}), deployment: example.deployment };
    expect(withOrganization(alone, directory(account()), now)).toBe(alone);
  });
});

const lost = 'Where it is in the organisation';
const own = { name: 'payments' };

const cases: readonly [string, CordonConfig, AccountDirectory | undefined, boolean, string][] = [
  ['where its unit says so', config({}), directory(account()), true, ''],
  ['not in a unit that says nothing', config({}), directory(account({ ou: 'sandbox' })), false, ''],
  ['not in the root', config({}), directory(account({ ou: '' })), false, ''],
  [
    'not in a unit that is only called alike',
    config({}),
    directory(account({ ou: 'workloads/production' })),
    false,
    '',
  ],
  [
    'not in a unit below that says no',
    config({}, { workloads: { response: true }, 'workloads/prod': { response: false } }),
    directory(account()),
    false,
    '',
  ],
  [
    'by the unit above, where the one below only names actions',
    config({}, { workloads: { response: true }, 'workloads/prod': { actions: [] } }),
    directory(account()),
    true,
    '',
  ],
  [
    'not where its own line says no',
    config({ [one]: { ...own, response: false } }),
    directory(account()),
    false,
    '',
  ],
  [
    'where its own line says so and names what',
    config({ [one]: { ...own, response: true, actions: ['isolate-instance'] } }),
    undefined,
    true,
    '',
  ],
  [
    'not once it is suspended, whatever its own line says',
    config({ [one]: { ...own, response: true } }),
    directory(account({ state: 'SUSPENDED' })),
    false,
    'Organizations says that it is SUSPENDED.',
  ],
  [
    'not before the organisation was read, where its unit would limit it',
    config({ [one]: { ...own, response: true } }),
    undefined,
    false,
    `${lost} has not been read from Organizations yet.`,
  ],
  [
    'before the organisation was read, where no unit limits anything',
    config({ [one]: { ...own, response: true } }, {}),
    undefined,
    true,
    '',
  ],
  [
    'by the unit that its own line names, whatever Organizations says',
    config({ [one]: { ...own, ou: 'workloads/prod' } }),
    directory(account({ ou: 'sandbox' })),
    true,
    '',
  ],
  [
    'not when it is in no organisation and a unit would limit it',
    config({ [one]: { ...own, response: true } }),
    directory(account({ id: two })),
    false,
    'It is not in the organisation, so that no unit says what may be done there.',
  ],
];

describe('an account may be changed', () => {
  test.each(cases)('%s', (_, settings, known, expected, because) => {
    expect(may(settings, known)).toEqual([expected, because]);
  });

  test('for a day after its place was read last, and not for longer', () => {
    const day = 24 * 3_600_000;
    expect(may(config({}), directory(account()), Date.parse(readAt) + day)).toEqual([true, '']);
    expect(may(config({}), directory(account()), Date.parse(readAt) + day + 1)).toEqual([
      false,
      `${lost} was last read from Organizations at 2026-11-28T02:00 UTC.`,
    ]);
  });

  test('never when it has left: an account that only Organizations knew is unknown then', () => {
    expect(may(config({}), directory(account({ state: 'SUSPENDED' })))).toBeUndefined();
    expect(may(config({}), directory(account({ id: two })))).toBeUndefined();
  });
});

test('with an organisation a setting may name accounts and units that only Organizations knows', () => {
  const settings = {
    ...example,
    routes: [
      { id: 'prod', when: { ous: ['workloads/prod'], accounts: ['555544443333'] }, email: true },
    ],
    tierRules: [{ for: { accounts: ['555544443333'] }, tier: 3 as const }],
    automation: { ...example.automation, accounts: ['555544443333'], rules: [] },
  };
  expect(() => readConfig(settings)).toThrow(/555544443333|workloads|among accounts/);
  const deployment = { ...example.deployment, organization: 'o-exampleorgid' };
  expect(readConfig({ ...settings, deployment }).routes).toHaveLength(1);
});

test('a unit that says nothing is a mistake', () => {
  expect(() => readConfig({ ...example, units: { sandbox: {} } })).toThrow('Set response, actions');
});
