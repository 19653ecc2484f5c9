/**
 * Starts the configuration recorder of AWS Config again.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html
 */
import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import type { ResourceOf } from '../findings/finding.ts';
import { defineAction, type Plan, type Refusal, refuse, type Verification } from './action.ts';
import type { Aws } from './aws.ts';
import { type Switch, switchChange, switchRegister, verifySwitch } from './switch.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'Config has no such recorder in the account and Region.',
  'managed-by-aws': 'It belongs to an AWS service, which starts and stops it.',
  'already-contained': 'It is recording.',
  'wrong-state': 'Config has no delivery channel in the Region.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What changed and was changed back while it was off is not recorded; what is different now is recorded as one change.',
  'Rules of Config that somebody deleted or that excuse things are not looked at.',
];

type Target = ResourceOf<'recorder'>;

const missing = ['NoSuchConfigurationRecorderException'];

const find = async (name: string, aws: Aws): Promise<ConfigurationRecorder | undefined> => {
  const input = { ConfigurationRecorderNames: [name] };
  return (await unlessNamed(missing, aws.call('config:DescribeConfigurationRecorders', input)))
    ?.ConfigurationRecorders?.[0];
};

const recordingOf = ({ id }: Plan['target']): Switch => ({
  id: `${id}/recording`,
  label: `Recorder ${id} of Config`,
  on: 'recording',
  off: 'stopped',
  read: async (aws) => {
    const input = { ConfigurationRecorderNames: [id] };
    const answer = await unlessNamed(
      missing,
      aws.call('config:DescribeConfigurationRecorderStatus', input),
    );
    const status = answer?.ConfigurationRecordersStatus?.[0];
    if (!status) return 'gone';
    return status.recording ? 'recording' : 'stopped';
  },
  set: async (on, aws) => {
    await aws.call(on ? 'config:StartConfigurationRecorder' : 'config:StopConfigurationRecorder', {
      ConfigurationRecorderName: id,
    });
  },
});

const noRecorder = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `Config has no recorder ${id} in account ${account}, region ${region}.`,
    'If it was deleted, make it again with the role and the resource types that it had (`aws configservice put-configuration-recorder`), then start it. What was recorded before is kept.',
  );

const refuseRecorder = (
  target: Target,
  {
    recorder,
    state,
    channels,
  }: {
    readonly recorder: ConfigurationRecorder;
    readonly state: string;
    readonly channels: number;
  },
): Refusal<Code> | undefined => {
  if (recorder.servicePrincipal)
    return refuse(
      'managed-by-aws',
      `The recorder ${target.id} belongs to ${recorder.servicePrincipal}, which starts and stops it.`,
      'Switch the service on again where it is set up; its recorder follows.',
    );
  if (state === 'recording')
    return refuse(
      'already-contained',
      `The recorder ${target.id} is recording.`,
      'Nothing needs to be done to it. Compare the resource types that it records with what they should be.',
    );
  return channels === 0
    ? refuse(
        'wrong-state',
        `Config has no delivery channel in ${target.region}, and without one AWS starts no recorder.`,
        'Make the channel again with the bucket that it had (`aws configservice put-delivery-channel`), then plan again.',
      )
    : undefined;
};

const describePlan = (target: Target, recorder: ConfigurationRecorder): Plan => ({
  kind: 'plan',
  action: restoreRecorder.id,
  target,
  summary: `Start the recorder ${target.id} of Config again.`,
  changes: [switchChange(recordingOf(target))],
  cannot: limits,
  blastRadius: {
    class: 'this resource only',
    lines: [
      recorder.recordingGroup?.allSupported
        ? 'It records every type of resource, and each record is paid for.'
        : 'It records some types of resources only: compare them with what they should be.',
    ],
  },
  reversible: { kind: 'yes' },
  tier: restoreRecorder.tier,
});

const plan = async (target: Target, aws: Aws): Promise<Plan | Refusal<Code>> => {
  const [recorder, state, { DeliveryChannels }] = await Promise.all([
    find(target.id, aws),
    recordingOf(target).read(aws),
    aws.call('config:DescribeDeliveryChannels', {}),
  ]);
  if (!recorder) return noRecorder(target);
  return (
    refuseRecorder(target, { recorder, state, channels: DeliveryChannels?.length ?? 0 }) ??
    describePlan(target, recorder)
  );
};

const verify = ({ target }: Plan, aws: Aws): Promise<Verification> =>
  verifySwitch(recordingOf(target), aws);

const status = 'config:DescribeConfigurationRecorderStatus' as const;

export const restoreRecorder = defineAction<Target, Code>({
  id: 'restore-recorder',
  title: 'Start Config recorder again',
  does: 'Starts a configuration recorder that was stopped.',
  label: 'Restart recorder',
  on: 'recorder',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: [status, 'config:DescribeConfigurationRecorders', 'config:DescribeDeliveryChannels'],
    execute: [status, 'config:StartConfigurationRecorder'],
    verify: [status],
    undo: [status, 'config:StopConfigurationRecorder'],
  },
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: ({ target }) => [switchRegister(recordingOf(target), target)],
  verify,
  undoCannot: ['Undo stops the recorder again: changes from then on are not recorded.'],
  byHand: ['aws configservice start-configuration-recorder --configuration-recorder-name RECORDER'],
});
