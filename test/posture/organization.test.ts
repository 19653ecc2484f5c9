/** The organisation as a whole: accounts that nobody configured, and what was switched off of its baseline. */
import { expect, test } from 'vitest';
import { asked, home, organisation, region, said, securityAccount } from './organisation.ts';

test('every account that the configuration names is covered', async () => {
  const { world, all } = organisation();
  expect(said(await asked(world, 'organization-accounts', all))).toEqual([
    'fine: 0 of 4 accounts of the organisation that are uncovered',
  ]);
});

test('a new account of the organisation is named', async () => {
  const { world, all } = organisation();
  world.account('555544443333', 'new-venture');
  expect(said(await asked(world, 'organization-accounts', all))).toEqual([
    'act: 1 of 5 accounts of the organisation that are uncovered: new-venture (555544443333)',
  ]);
});

test('outside an organisation it is not known', async () => {
  const { world, all } = organisation();
  delete world.account(securityAccount).organization;
  expect(said(await asked(world, 'organization-accounts', all))[0]).toMatch(/^unknown, because/);
});

test('a baseline that is on as a whole is fine', async () => {
  const { world, all } = organisation();
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    'fine: 0 of 14 parts of the baseline that are not on for every account',
  ]);
});

const drift = 'parts of the baseline that are not on for every account';

test.each([
  ['GuardDuty for new accounts only', 'GuardDuty', 'members'],
  ['a protection plan', 'GuardDuty RUNTIME_MONITORING', 'plan'],
  ['Security Hub’s central configuration', 'central configuration of Security Hub', 'hub'],
  ['an analyzer', 'analyzer of unused access', 'analyzer'],
  ['the trail', 'trail of the organisation', 'trail'],
  ['a scan of Inspector', 'Inspector of ecr', 'inspector'],
] as const)('%s that was switched off is told: %s', async (_, name, what) => {
  const { world, all } = organisation();
  const posture = home(world);
  const { detector, services } = world.partition(securityAccount, region);
  switch (what) {
    case 'members':
      if (detector?.organization) detector.organization.members = 'NEW';
      break;
    case 'plan':
      detector?.organization?.plans.pop();
      break;
    case 'hub':
      posture.centralHub = false;
      break;
    case 'analyzer':
      posture.analyzers.pop();
      break;
    case 'trail':
      for (const trail of services.trails.values()) trail.logging = false;
      break;
    case 'inspector':
      posture.inspects = ['ec2', 'lambda'];
      break;
    default:
      what satisfies never;
  }
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `act: 1 of 14 ${drift}: ${name}`,
  ]);
});

test('what AWS does not tell is named, and the rest is told all the same', async () => {
  const { world, all } = organisation();
  const operation = 'DescribeOrganizationConfiguration';
  world.faults.add({ service: 'inspector2', operation, kind: 'error' });
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 11 ${drift}`,
    'partly: AWS did not tell about Inspector',
  ]);
});
