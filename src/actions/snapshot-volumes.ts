/**
 * Keeps the disks of an EC2 instance as they are now: one crash-consistent set of snapshots of all
 * its volumes, tagged and locked. Evidence is not undone.
 */
import type { Instance, Volume } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import {
  type EvidenceSet,
  lockAll,
  lockDays,
  lockedOf,
  nextSet,
  snapshotsIn,
  takeSet,
  volumesOf,
} from './evidence-sets.ts';
import { exemptInstance, findInstance, instanceState, noInstance } from './find-instance.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'wrong-state': 'It is terminated or being so.',
  'not-supported': 'It has no EBS volume.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It contains nothing: the instance and whoever is on it go on.',
  'Memory and instance store volumes are not in it. The disks are as after a power cut: what was not written yet is missing.',
];

type Target = ResourceOf<'instance'>;

const notLocked = 'not locked';
const lockWords = `governance mode, ${lockDays} days`;
const setSuffix = /\/evidence-(\d+)(\/lock)?$/;

const refuseInstance = (
  target: Target,
  instance: Instance,
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  const state = instanceState(instance);
  if (state === 'terminated' || state === 'shutting-down')
    return refuse(
      'wrong-state',
      `${target.id} is ${state}: a set of snapshots can no longer be taken of it.`,
      'Volumes that were to be kept are now unattached: look for them in the console and snapshot each. Else look for earlier snapshots and backups.',
    );
  return exemptInstance(target, instance, settings);
};

const noVolumes = (target: Target): Refusal<Code> =>
  refuse(
    'not-supported',
    `${target.id} has no EBS volume: what is on instance store volumes cannot be snapshotted.`,
    'Copy what you need from inside it before it stops or is isolated: instance store does not outlive a stop.',
  );

const describeVolume = ({ VolumeId, Size, Encrypted }: Volume): string =>
  `${VolumeId}: ${Size} GiB, ${Encrypted ? 'encrypted' : 'not encrypted'}`;

const cannotOf = (volumes: readonly Volume[]): readonly string[] => [
  ...limits,
  `Who has the right ec2:UnlockSnapshot can end the lock; Cordon has not. After ${lockDays} days it ends by itself.`,
  ...(volumes.some(({ Encrypted }) => Encrypted)
    ? [
        'Snapshots of volumes under the AWS managed key aws/ebs cannot be shared with a forensic account: copy them under a key of your own first.',
      ]
    : []),
];

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [instance, volumes, { number }] = await Promise.all([
    findInstance(target.id, aws),
    volumesOf(target.id, aws),
    nextSet(target.id, aws),
  ]);
  if (!instance) return noInstance(target);
  const refusal = refuseInstance(target, instance, settings);
  if (refusal) return refusal;
  if (volumes.length === 0) return noVolumes(target);
  const id = `${target.id}/evidence-${number}`;
  const after = volumes.map(({ VolumeId }) => VolumeId ?? '');
  return {
    kind: 'plan',
    action: snapshotVolumes.id,
    target,
    summary: `Snapshot ${volumes.length === 1 ? 'the volume' : `all ${volumes.length} volumes`} of ${target.id} at one moment, and lock the snapshots.`,
    changes: [
      { id, label: `Volumes of ${target.id} in evidence set ${number}`, before: [], after },
      {
        id: `${id}/lock`,
        label: `Lock on evidence set ${number}`,
        before: notLocked,
        after: lockWords,
      },
    ],
    cannot: cannotOf(volumes),
    blastRadius: {
      class: 'this resource only',
      lines: [
        ...volumes.map(describeVolume),
        ...(number > 1 ? [`There is evidence of ${target.id} already, in an earlier set.`] : []),
        'The instance is not interrupted. The snapshots cost storage until they are deleted, which the lock forbids.',
      ],
    },
    reversible: { kind: 'no', because: 'evidence stays, and its lock with it.' },
    tier: snapshotVolumes.tier,
  };
};

/** The set and its volumes, from the plan's own changes. */
const setOf = ({
  target,
  changes,
}: Plan): { readonly set: EvidenceSet; readonly volumes: readonly string[] } => {
  const [first] = changes;
  const number = Number(setSuffix.exec(first?.id ?? '')?.[1]);
  if (!first || !number || !Array.isArray(first.after))
    throw new Error(`A plan of ${snapshotVolumes.id} names a set and its volumes`);
  return { set: { instance: target.id, number }, volumes: first.after.map(String) };
};

const takeRegister = (change: Change, planned: Plan): Register => {
  const { set, volumes } = setOf(planned);
  const read: Register['read'] = async (aws) => [
    ...new Set((await snapshotsIn(set, volumes, aws)).map(({ VolumeId }) => VolumeId ?? '')),
  ];
  return {
    id: change.id,
    title: `Snapshot the volumes of ${set.instance}`,
    resource: `${planned.target.account}/${planned.target.region}/${set.instance}`,
    undoable: false,
    read,
    /** AWS knows no token for this call: the set is looked for, so that a retry makes no second. */
    write: async (_value, aws) => {
      const taken = await snapshotsIn(set, volumes, aws);
      if (taken.length === 0) return takeSet(set, aws);
      if (volumes.some((volume) => !taken.some(({ VolumeId }) => VolumeId === volume)))
        throw new Error(`Evidence set ${set.number} of ${set.instance} lacks a volume`);
    },
  };
};

const lockRegister = (change: Change, planned: Plan): Register => {
  const { set, volumes } = setOf(planned);
  return {
    id: change.id,
    title: `Lock evidence set ${set.number} of ${set.instance}`,
    resource: `${planned.target.account}/${planned.target.region}/${set.instance}`,
    undoable: false,
    /** Half locked is not locked: writing locks the rest. */
    read: async (aws) => {
      const snapshots = await snapshotsIn(set, volumes, aws);
      const locked = await lockedOf(snapshots, aws);
      return snapshots.length > 0 && locked.size === snapshots.length ? lockWords : notLocked;
    },
    write: async (_value, aws) => lockAll(await snapshotsIn(set, volumes, aws), aws),
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { set, volumes } = setOf(planned);
  const snapshots = await snapshotsIn(set, volumes, aws);
  const locked = await lockedOf(snapshots, aws);
  const missing = volumes.filter(
    (volume) => !snapshots.some(({ VolumeId }) => VolumeId === volume),
  );
  if (missing.length > 0)
    return { kind: 'not-verified', because: `AWS lists no snapshot of ${missing.join(', ')}` };
  const open = snapshots.filter(({ SnapshotId }) => !locked.has(SnapshotId ?? ''));
  if (open.length > 0)
    return {
      kind: 'not-verified',
      because: `Not locked: ${open.map(({ SnapshotId }) => SnapshotId).join(', ')}`,
    };
  return {
    kind: 'verified',
    lines: snapshots.map(
      ({ SnapshotId, VolumeId, State }) =>
        `${SnapshotId} of ${VolumeId} is locked and ${State === 'completed' ? 'complete' : 'being copied; its moment is fixed'}.`,
    ),
  };
};

export const snapshotVolumes = defineAction<Target, Code>({
  id: 'snapshot-volumes',
  title: 'Snapshot volumes as evidence',
  does: 'Takes one crash-consistent set of snapshots of all its EBS volumes, tagged with the request, and locks them.',
  label: 'Snapshot volumes',
  on: 'instance',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['ec2:DescribeInstances', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes'],
    execute: [
      'ec2:CreateSnapshots',
      'ec2:DescribeLockedSnapshots',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'ec2:LockSnapshot',
    ],
    verify: ['ec2:DescribeLockedSnapshots', 'ec2:DescribeSnapshots'],
    undo: [],
  },
  lasting: true,
  reviewAfterHours: lockDays * 24,
  expires: false,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) =>
    planned.changes.map((change) =>
      change.id.endsWith('/lock') ? lockRegister(change, planned) : takeRegister(change, planned),
    ),
  verify,
  undoCannot: ['The snapshots and their lock stay: evidence is not undone.'],
  byHand: [
    "aws ec2 create-snapshots --instance-specification InstanceId=INSTANCE --description 'Evidence of CASE'",
    'aws ec2 lock-snapshot --snapshot-id SNAPSHOT --lock-mode governance --lock-duration 30',
    '# The last line once for each snapshot; it may still be pending.',
  ],
});
