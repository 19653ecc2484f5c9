/** The organisation as a whole: accounts that nobody configured, and what was switched off of its baseline. */
import { expect, test } from 'vitest';
import { coverageLines } from '../../src/flows/digest/coverage.ts';
import { guardDutyPlans, inspectorScans } from '../../src/posture/baseline.ts';
import {
  asked,
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

test('what AWS does not tell is named, and the rest is told all the same', async () => {
  const { world, all } = whole();
  const operation = 'DescribeOrganizationConfiguration';
  world.faults.add({ service: 'inspector2', operation, kind: 'error' });
  expect(said(await asked(world, 'organization-baseline', all))).toEqual([
    `fine: 0 of 16 ${drift}`,
    'partly: AWS did not tell about Inspector',
  ]);
});
