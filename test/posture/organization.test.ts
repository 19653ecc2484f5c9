/** The organisation as a whole: accounts that nobody configured, and what was switched off of its baseline. */
import { expect, test } from 'vitest';
import { coverageLines } from '../../src/flows/digest/coverage.ts';
import { ask } from '../../src/posture/ask.ts';
import { guardDutyPlans, inspectorScans } from '../../src/posture/baseline/switched-on.ts';
import { organizationBaseline } from '../../src/posture/questions/organization-baseline.ts';
import {
  asked,
  askingOf,
  home,
  legacy,
  organisation,
  region,
  said,
  securityAccount,
} from './organisation.ts';

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
    'act: 1 of 5 accounts of the organisation that are uncovered: new-venture (555544443333): the configuration does not name it',
  ]);
});

test('outside an organisation it is not known', async () => {
  const { world, all } = organisation();
  delete world.account(securityAccount).organization;
  expect(said(await asked(world, 'organization-accounts', all))[0]).toMatch(/^unknown, because/);
});

/** The example, with GuardDuty on in every account: 14 parts of the organisation, and 4 accounts. */
const whole = () => {
  const { world, all } = organisation();
  for (const { id } of all.accounts)
    world.partition(id, region).detector ??= {
      id: 'd0',
      administrator: securityAccount,
      findings: new Map(),
    };
  const { detector, services } = world.partition(securityAccount, region);
  const { organization } = detector ?? {};
  if (!detector || !organization) throw new Error('the example has GuardDuty');
  return { world, all, detector, organization, services, posture: home(world) };
};

test('a baseline that is on as a whole is fine', async () => {
  const { world, all } = whole();
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    'fine: 0 of 19 parts of the baseline that are not on for every account',
  ]);
});

const drift = 'parts of the baseline that are not on for every account';

type Whole = ReturnType<typeof whole>;

/** Each switched off alone: what it is, the name by which it is told, how. */
const switchedOff: readonly (readonly [string, string, (on: Whole) => void])[] = [
  [
    'GuardDuty for new accounts only',
    'GuardDuty',
    ({ organization }) => {
      organization.members = 'NEW';
    },
  ],
  ...guardDutyPlans.map(
    (plan) =>
      [
        `a protection plan, ${plan}`,
        `GuardDuty ${plan}`,
        ({ organization }: Whole) => {
          organization.plans = organization.plans.filter((each) => each !== plan);
        },
      ] as const,
  ),
  [
    'the detector of an account',
    'GuardDuty in legacy-erp',
    ({ world }) => {
      const { detector } = world.partition(legacy.id, region);
      if (detector) detector.enabled = false;
    },
  ],
  [
    'the detector of the administrator',
    'GuardDuty in security-tooling',
    ({ detector }) => {
      detector.enabled = false;
    },
  ],
  [
    'the membership of an account',
    'GuardDuty in legacy-erp',
    ({ world }) => {
      delete world.partition(legacy.id, region).detector;
    },
  ],
  [
    'Security Hub’s central configuration',
    'central configuration of Security Hub',
    ({ posture }) => {
      posture.centralHub = false;
    },
  ],
  [
    'the association of its policy',
    'policy of Security Hub for the organisation',
    ({ posture }) => {
      delete posture.hubPolicy;
    },
  ],
  [
    'a policy that failed in accounts',
    'policy of Security Hub for the organisation',
    ({ posture }) => {
      posture.hubPolicy = { enabled: true, status: 'FAILED' };
    },
  ],
  [
    'Security Hub in its policy',
    'policy of Security Hub for the organisation',
    ({ posture }) => {
      posture.hubPolicy = { enabled: false, status: 'SUCCESS' };
    },
  ],
  [
    'central configuration of one account',
    'Security Hub in legacy-erp',
    ({ posture }) => {
      posture.ownHubs = [legacy.id];
    },
  ],
  ...(['external access', 'unused access'] as const).map(
    (access, at) =>
      [
        `the analyzer of ${access}`,
        `analyzer of ${access}`,
        ({ posture }: Whole) => {
          posture.analyzers.splice(at, 1);
        },
      ] as const,
  ),
  [
    'logging of the trail',
    'trail of the organisation',
    ({ services }) => {
      for (const trail of services.trails.values()) trail.logging = false;
    },
  ],
  ['the trail, deleted,', 'trail of the organisation', ({ services }) => services.trails.clear()],
  [
    'the trail in other Regions',
    'trail of the organisation in every Region',
    ({ services }) => {
      for (const trail of services.trails.values()) trail.oneRegion = true;
    },
  ],
  ...inspectorScans.map(
    (scan) =>
      [
        `a scan of Inspector, ${scan},`,
        `Inspector of ${scan}`,
        ({ posture }: Whole) => {
          posture.inspects = inspectorScans.filter((each) => each !== scan);
        },
      ] as const,
  ),
];

test.each(switchedOff)(
  '%s that was switched off is told, in posture and digest: %s',
  async (_, name, off) => {
    const on = whole();
    off(on);
    const answer = await asked(on.world, 'organization-baseline', on.all);
    expect(said(answer)).toEqual([`act: 1 of 19 ${drift}: ${name}`]);
    const section = { question: 'organization-baseline', title: '', at: '', answer };
    expect(coverageLines({ scope: on.all, sections: [section] })).toEqual([
      `Switched off of the organisation baseline: ${name}; switch it on again.`,
    ]);
  },
);

test('an account that nobody configured is told by its number when GuardDuty is suspended in it', async () => {
  const { world, all } = whole();
  world.partition('555544443333', region).detector = {
    id: 'd0',
    administrator: securityAccount,
    enabled: false,
    findings: new Map(),
  };
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `act: 1 of 20 ${drift}: GuardDuty in 555544443333`,
  ]);
});

/** The same, with another Region that has GuardDuty and Inspector on as the home Region has. */
const withRegion = (name: string) => {
  const on = whole();
  for (const { id } of on.all.accounts) {
    const { detector } = on.world.partition(id, region);
    on.world.partition(id, name).detector = structuredClone(
      detector ?? { id: 'd0', findings: new Map() },
    );
  }
  const there = on.world.partition(securityAccount, name);
  there.posture.inspects = [...inspectorScans];
  return { ...on, there };
};

test('what is regional is looked at in every Region that the administrator has', async () => {
  const { world, all, there } = withRegion('us-west-2');
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 33 ${drift}`,
  ]);
  there.posture.inspects = ['ec2', 'ecr'];
  if (there.detector?.organization) there.detector.organization.members = 'NEW';
  const { detector } = world.partition(legacy.id, 'us-west-2');
  if (detector) detector.enabled = false;
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `act: 3 of 33 ${drift}: GuardDuty (us-west-2), GuardDuty in legacy-erp (us-west-2), Inspector of lambda (us-west-2)`,
  ]);
});

test('a Region without GuardDuty is one thing that is off', async () => {
  const { world, all, there } = withRegion('us-west-2');
  delete there.detector;
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `act: 1 of 23 ${drift}: GuardDuty (us-west-2)`,
  ]);
});

test('an account that has not opted into a Region has nothing there to watch', async () => {
  const { world, all } = withRegion('eu-south-1');
  delete world.partition(legacy.id, 'eu-south-1').detector;
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 32 ${drift}`,
  ]);
});

test('without the right to ask for Regions the home Region is told', async () => {
  const { world, all } = withRegion('us-west-2');
  world.faults.add({ service: 'ec2', operation: 'DescribeRegions', kind: 'error' });
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 19 ${drift}`,
    'partly: AWS did not tell about the other Regions',
  ]);
});

test('Regions that a policy closed are named together, a few of them', async () => {
  const { world, all } = whole();
  for (const name of ['us-east-2', 'us-west-1', 'us-west-2', 'sa-east-1'])
    world.partition(securityAccount, name);
  const asking = askingOf(world, all);
  const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  const answer = await ask(
    {
      ...asking,
      as: async (account, at) =>
        at === region ? asking.as(account, at) : { call: () => Promise.reject(denied) },
    },
    organizationBaseline,
  );
  expect(said(answer)).toEqual([
    `fine: 0 of 19 ${drift}`,
    'partly: AWS did not tell about GuardDuty, GuardDuty in the accounts, Inspector in us-east-2, us-west-1, us-west-2 and 1 more',
  ]);
});

test('what AWS does not tell is named, and the rest is told all the same', async () => {
  const { world, all } = whole();
  const operation = 'DescribeOrganizationConfiguration';
  world.faults.add({ service: 'inspector2', operation, kind: 'error' });
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 16 ${drift}`,
    'partly: AWS did not tell about Inspector',
  ]);
});
