/** Response is switched on action by action: by account, by organisational unit, or not at all. */
import { afterEach, expect, test } from 'vitest';
import type { CordonConfig } from '../../src/config/config.ts';
import { first } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;
afterEach(() => stage.close());

const withAccount = (
  account: Partial<CordonConfig['accounts'][string]>,
  units: CordonConfig['units'] = {},
): Partial<CordonConfig> => ({
  accounts: {
    '123456789012': { name: 'prod-payments', response: true, ...account },
    '999988887777': { name: 'security-tooling', response: true },
  },
  units,
});

/** What Maria is told when she asks to isolate the server. */
const asked = async (config: Partial<CordonConfig>): Promise<string> => {
  stage = await play({ config });
  await stage.scenario('compromised-server');
  const before = stage.groupsOf(first);
  await stage.press(people.maria, 'plan:isolate-instance');
  expect(stage.groupsOf(first)).toEqual(before);
  return stage.told(people.maria);
};

test('an account names the actions it allows, and this is one of them', async () => {
  expect(await asked(withAccount({ actions: ['isolate-instance'] }))).toContain('security group');
});

test('an action that the account does not name is refused, with the line to add', async () => {
  const told = await asked(withAccount({ actions: ['snapshot-volumes'] }));
  expect(told).toContain('not switched on for account prod-payments');
  expect(told).toContain("Add 'isolate-instance' to its actions");
});

test('a unit speaks for the accounts below it, the nearest first, and an account for itself', async () => {
  const units = {
    workloads: { actions: ['isolate-instance'] },
    'workloads/prod': { actions: [] },
  };
  expect(await asked(withAccount({ ou: 'workloads/prod' }, units))).toContain(
    'not switched on for the unit workloads/prod',
  );
  await stage.close();
  expect(await asked(withAccount({ ou: 'workloads/production' }, units))).toContain(
    'security group',
  );
  await stage.close();
  expect(
    await asked(withAccount({ ou: 'workloads/prod', actions: ['isolate-instance'] }, units)),
  ).toContain('security group');
});
