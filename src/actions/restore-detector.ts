/**
 * Switches a suspended GuardDuty detector on again, in its own account.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
 */
import type { GetDetectorCommandOutput } from '@aws-sdk/client-guardduty';
import type { ResourceOf } from '../findings/finding.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { refuseExempt } from './off-limits.ts';
import { type Switch, switchChange, switchRegister, verifySwitch } from './switch.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'GuardDuty has no such detector in the account and Region.',
  'already-contained': 'It is enabled.',
  exempt: 'It carries the exempt tag.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What happened while it was off raised no finding, and most of it will raise none later.',
  'Filters that hide findings, trusted addresses and its place under an administrator are not looked at.',
];

type Target = ResourceOf<'detector'>;

/** GuardDuty says BadRequest of a detector that is not this account's. */
const find = (id: string, aws: Aws): Promise<GetDetectorCommandOutput | undefined> =>
  unlessNamed(['BadRequestException'], aws.call('guardduty:GetDetector', { DetectorId: id }));

const detectorOf = ({ id }: Plan['target']): Switch => ({
  id: `${id}/detector`,
  type: 'detector',
  label: `GuardDuty detector ${id}`,
  on: 'enabled',
  off: 'disabled',
  read: async (aws) => (await find(id, aws))?.Status?.toLowerCase() ?? 'gone',
  set: async (on, aws) => {
    await aws.call('guardduty:UpdateDetector', { DetectorId: id, Enable: on });
  },
});

const noDetector = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `GuardDuty has no detector ${id} in account ${account}, region ${region}.`,
    'A deleted detector does not come back, and its findings and settings are lost there. Make a new one (`aws guardduty create-detector --enable`) and add the account to its administrator again; with auto-enable on, the organisation does so by itself.',
  );

const describePlan = (target: Target, { Features }: GetDetectorCommandOutput): Plan => {
  const off = (Features ?? []).filter(({ Status }) => Status === 'DISABLED');
  return {
    kind: 'plan',
    action: restoreDetector.id,
    target,
    summary: `Switch the GuardDuty detector ${target.id} on again.`,
    changes: [switchChange(detectorOf(target))],
    cannot: [
      ...limits,
      ...(off.length > 0
        ? [`Protection plans that are off stay off: ${off.map(({ Name }) => Name).join(', ')}.`]
        : []),
    ],
    blastRadius: {
      class: 'this resource only',
      lines: ['GuardDuty is paid for from now on, as it was before.'],
    },
    reversible: { kind: 'yes' },
    tier: restoreDetector.tier,
  };
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const detector = await find(target.id, aws);
  if (!detector) return noDetector(target);
  if (detector.Status === 'ENABLED')
    return refuse(
      'already-contained',
      `The detector ${target.id} is enabled.`,
      'Nothing needs to be done to it. Look for filters with the action ARCHIVE and for trusted addresses that were added.',
    );
  return (
    refuseExempt(`The detector ${target.id}`, Object.keys(detector.Tags ?? {}), settings) ??
    describePlan(target, detector)
  );
};

const verify = ({ target }: Plan, aws: Aws): Promise<Verification> =>
  verifySwitch(detectorOf(target), aws);

export const restoreDetector = defineAction<Target, Code>({
  id: 'restore-detector',
  title: 'Switch GuardDuty on again',
  does: 'Enables a detector that was suspended.',
  label: 'Restore GuardDuty',
  on: 'detector',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['guardduty:GetDetector'],
    execute: ['guardduty:GetDetector', 'guardduty:UpdateDetector'],
    verify: ['guardduty:GetDetector'],
    undo: ['guardduty:GetDetector', 'guardduty:UpdateDetector'],
  },
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: ({ target }) => [switchRegister(detectorOf(target), target)],
  verify,
  undoCannot: ['Undo suspends GuardDuty again: what happens from then on raises no finding.'],
  byHand: ['aws guardduty update-detector --detector-id DETECTOR --enable'],
});
