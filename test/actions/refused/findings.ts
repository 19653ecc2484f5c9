/** What the actions on findings, accounts and pods are refused for. */

import { defaultPlanSettings } from '../../../src/actions/action.ts';
import { archiveLikeIt } from '../../../src/actions/archive-like-it.ts';
import { dismissFinding } from '../../../src/actions/dismiss-finding.ts';
import { isolateWorkload } from '../../../src/actions/isolate-workload.ts';
import { markNotUseful } from '../../../src/actions/mark-not-useful.ts';
import { quarantineAccount } from '../../../src/actions/quarantine-account.ts';
import { resolveFinding } from '../../../src/actions/resolve-finding.ts';
import { suppressFinding } from '../../../src/actions/suppress-finding.ts';
import type { Resource, ResourceOf } from '../../../src/findings/finding.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, benchOf, planned, region, securityAccount } from '../bench.ts';
import { withFindings } from '../lives/identities.ts';
import type { RefusalTable } from './table.ts';

const where = { account, region } as const;
const finding: ResourceOf<'finding'> = {
  ...{ kind: 'finding', id: 'guardduty-1', ...where, keptBy: 'guardduty' },
  ...{ keeper: 'd', key: 'guardduty-1' },
};
const detectorOf = (world: World) => world.partition(securityAccount, region).detector;
const off = (world: World) => delete world.partition(securityAccount, region).detector;
const about = (more: object) => (world: World) => {
  withFindings(world);
  const found = detectorOf(world)?.findings.get('guardduty-1');
  if (found) detectorOf(world)?.findings.set('guardduty-1', { ...found, ...more });
};
const gone = { code: 'not-found', instead: /90 days/ } as const;

const one: RefusalTable = {
  action: suppressFinding,
  target: finding,
  cases: {
    'an unknown finding of GuardDuty': gone,
    'an unknown finding of Security Hub': {
      target: { ...finding, keptBy: 'securityhub', key: 'securityhub-1' },
      code: 'not-found',
      instead: /\w+\./,
    },
    'GuardDuty that is off': { arrange: off, code: 'not-supported', instead: /\w+\./ },
    'an archived finding': {
      arrange: about({ Service: { Archived: true } }),
      code: 'already-contained',
      instead: /\w+\./,
    },
  },
};

const resolved: RefusalTable = { ...one, action: resolveFinding };
const dismissed: RefusalTable = { ...one, action: dismissFinding };

const alike: RefusalTable = {
  action: archiveLikeIt,
  target: finding,
  cases: {
    'an unknown finding': gone,
    'GuardDuty that is off': {
      ...gone,
      arrange: off,
    },
    'a filter of that name that does something else': {
      arrange: async (world) => {
        withFindings(world);
        const bench = benchOf(archiveLikeIt, world);
        await bench.execute(planned(await bench.plan(finding)));
        for (const [name, filter] of detectorOf(world)?.filters ?? [])
          detectorOf(world)?.filters?.set(name, { ...filter, criteria: {} });
      },
      code: 'tampered',
      instead: /\w+\./,
    },
  },
};

const feedback: RefusalTable = {
  action: markNotUseful,
  target: finding,
  cases: {
    'an unknown finding': gone,
    'a finding that was marked': {
      arrange: about({ Service: { UserFeedback: 'NOT_USEFUL' } }),
      code: 'already-contained',
      instead: /Suppress/,
    },
  },
};

const pods: RefusalTable = {
  action: isolateWorkload,
  target: { kind: 'workload', id: 'shop/checkout-7d9f', ...where },
  cases: { 'every pod': { code: 'not-supported', instead: /kubectl cordon/ } },
};

const target = { kind: 'account', id: account, ...where } as const satisfies Resource;
const name = `cordon-quarantine-${account}`;

const organization = (world: World) => {
  const found = world.account(securityAccount).organization;
  if (!found) throw new Error('The example has no organisation');
  return found;
};

/** A policy of the quarantine's name with this text. */
const withPolicy = (content: string) => (world: World) =>
  void organization(world).policies.set('p-1', { id: 'p-1', name, description: '', content });

const accounts: RefusalTable = {
  action: quarantineAccount,
  target: target,
  cases: {
    'the management account': {
      target: { ...target, account: '555566667777', id: '555566667777' },
      code: 'not-supported',
      instead: /AWS Support/,
    },
    'an account outside': {
      arrange: (world) => organization(world).attached.delete(account),
      code: 'not-ours',
      instead: /delegated administrator/,
    },
    'an account with five policies': {
      arrange: (world) =>
        organization(world).attached.set(account, Array(5).fill('p-FullAWSAccess')),
      code: 'wrong-state',
      instead: /Detach one/,
    },
    'a policy that is not ours': {
      arrange: withPolicy('{"Statement":[]}'),
      code: 'tampered',
      instead: /UpdatePolicy/,
    },
    'every account where nobody is named for break-glass': {
      settings: defaultPlanSettings,
      code: 'not-permitted',
      instead: /breakGlassRoles/,
    },
  },
};

export const findingRefusals: readonly RefusalTable[] = [
  one,
  resolved,
  dismissed,
  alike,
  feedback,
  pods,
  accounts,
];
