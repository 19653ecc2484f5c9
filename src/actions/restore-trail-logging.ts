/**
 * Starts the logging of a CloudTrail trail again.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html
 */
import type { GetTrailStatusCommandOutput, Trail } from '@aws-sdk/client-cloudtrail';
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
  'not-found': 'There is no such trail in the account and Region.',
  'not-ours': 'It belongs to another account, such as that of the whole organisation.',
  'wrong-state': 'What is seen in this Region is the shadow of a trail of another Region.',
  'already-contained': 'It is logging.',
  exempt: 'It carries the exempt tag.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What happened while it was off is not in this trail: event history has the management events of 90 days, nothing has the data events.',
  'What it records, where to and under which key is not looked at: compare its event selectors with what they should be.',
];

type Target = ResourceOf<'trail'>;

const statusOf = (name: string, aws: Aws): Promise<GetTrailStatusCommandOutput | undefined> =>
  unlessNamed(['TrailNotFoundException'], aws.call('cloudtrail:GetTrailStatus', { Name: name }));

const loggingOf = ({ id }: Plan['target']): Switch => ({
  id: `${id}/logging`,
  type: 'trail',
  label: `Logging of the trail ${id}`,
  on: 'on',
  off: 'off',
  read: async (aws) => {
    const status = await statusOf(id, aws);
    if (!status) return 'gone';
    return status.IsLogging ? 'on' : 'off';
  },
  set: async (on, aws) => {
    await aws.call(on ? 'cloudtrail:StartLogging' : 'cloudtrail:StopLogging', { Name: id });
  },
});

const noTrail = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no trail ${id} in account ${account}, region ${region}.`,
    'If it was deleted, make it again as its owner had it (`aws cloudtrail create-trail`, then `start-logging`); the bucket still has what it had recorded. Until then CloudTrail’s event history keeps 90 days of management events.',
  );

const ownerOf = ({ TrailARN = '' }: Trail): string => TrailARN.split(':')[4] ?? '';

const refuseTrail = (
  target: Target,
  trail: Trail,
  { IsLogging }: GetTrailStatusCommandOutput,
): Refusal<Code> | undefined => {
  const { id, account, region } = target;
  const owner = ownerOf(trail);
  if (owner !== account)
    return refuse(
      'not-ours',
      `The trail ${id} belongs to account ${owner}${trail.IsOrganizationTrail ? ', for the whole organisation' : ''}: only that account can start it.`,
      `There: \`aws cloudtrail start-logging --name ${trail.TrailARN} --region ${trail.HomeRegion}\`.`,
    );
  if (trail.HomeRegion !== region)
    return refuse(
      'wrong-state',
      `The home Region of the trail ${id} is ${trail.HomeRegion}; what is seen in ${region} is its shadow, which cannot be started.`,
      `Run \`aws cloudtrail start-logging --name ${trail.TrailARN} --region ${trail.HomeRegion}\`.`,
    );
  return IsLogging
    ? refuse(
        'already-contained',
        `The trail ${id} is logging.`,
        'Nothing needs to be done to it. Look at its event selectors and its bucket, and deal with the one who stopped it.',
      )
    : undefined;
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [{ trailList }, status] = await Promise.all([
    aws.call('cloudtrail:DescribeTrails', { trailNameList: [target.id] }),
    statusOf(target.id, aws),
  ]);
  const trail = trailList?.[0];
  if (!trail?.TrailARN || !status) return noTrail(target);
  const refusal = refuseTrail(target, trail, status);
  if (refusal) return refusal;
  const { ResourceTagList } = await aws.call('cloudtrail:ListTags', {
    ResourceIdList: [trail.TrailARN],
  });
  const tags = (ResourceTagList ?? []).flatMap(({ TagsList }) => TagsList ?? []);
  const exempt = refuseExempt(
    `The trail ${target.id}`,
    tags.map(({ Key }) => Key),
    settings,
  );
  return exempt ?? describePlan(target, trail, status);
};

const describePlan = (target: Target, trail: Trail, status: GetTrailStatusCommandOutput): Plan => ({
  kind: 'plan',
  action: restoreTrailLogging.id,
  target,
  summary: `Start the logging of the trail ${target.id} again.`,
  changes: [switchChange(loggingOf(target))],
  cannot: [
    ...limits,
    ...(status.LatestDeliveryError
      ? [
          `Its last delivery failed with ${status.LatestDeliveryError}: the bucket needs mending too.`,
        ]
      : []),
  ],
  blastRadius: {
    class: 'this resource only',
    lines: [
      ...(status.StopLoggingTime
        ? [`It was stopped at ${status.StopLoggingTime.toISOString()}.`]
        : []),
      `It writes to the bucket ${trail.S3BucketName}, from ${trail.IsMultiRegionTrail ? 'all Regions' : 'this Region only'}.`,
    ],
  },
  reversible: { kind: 'yes' },
  tier: restoreTrailLogging.tier,
});

const verify = ({ target }: Plan, aws: Aws): Promise<Verification> =>
  verifySwitch(loggingOf(target), aws);

export const restoreTrailLogging = defineAction<Target, Code>({
  id: 'restore-trail-logging',
  title: 'Start CloudTrail logging again',
  does: 'Starts the logging of a trail that was stopped.',
  label: 'Restart trail',
  on: 'trail',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:ListTags'],
    execute: ['cloudtrail:GetTrailStatus', 'cloudtrail:StartLogging'],
    verify: ['cloudtrail:GetTrailStatus'],
    undo: ['cloudtrail:GetTrailStatus', 'cloudtrail:StopLogging'],
  },
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: ({ target }) => [switchRegister(loggingOf(target), target)],
  verify,
  undoCannot: ['Undo stops the logging again: what happens from then on leaves no trace in it.'],
  byHand: [
    'aws cloudtrail start-logging --name TRAIL',
    'aws cloudtrail get-trail-status --name TRAIL',
  ],
});
