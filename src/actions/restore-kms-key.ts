/**
 * Keeps an encryption key: its planned deletion is cancelled and it is enabled. Cordon has no right
 * to plan a deletion, so that part is never taken back.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
import type { KeyMetadata } from '@aws-sdk/client-kms';
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
import { everyPage } from './every-page.ts';
import { refuseExempt } from './off-limits.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such key in the account and Region.',
  'managed-by-aws': 'AWS manages it: nobody can disable or delete it.',
  'already-contained': 'It is enabled, and no deletion is planned.',
  'wrong-state': 'Its material is gone, its key store is not connected, or AWS is changing it.',
  'not-permitted': 'Its key policy does not let Cordon look at it.',
  exempt: 'It carries the exempt tag.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Who may use or delete the key stays as it is: look at its key policy and at its grants.',
  'What failed while it was disabled is not repeated, and instances that stopped for want of it do not start by themselves.',
];

type Target = ResourceOf<'kms-key'>;

const find = async (id: string, aws: Aws): Promise<KeyMetadata | undefined> =>
  (await unlessNamed(['NotFoundException'], aws.call('kms:DescribeKey', { KeyId: id })))
    ?.KeyMetadata;

/** The second state is that of a multi-Region key whose replicas have to go first. */
const isDoomed = ({ KeyState }: KeyMetadata): boolean =>
  KeyState === 'PendingDeletion' || KeyState === 'PendingReplicaDeletion';

const tagsOf = async (id: string, aws: Aws): Promise<readonly string[]> => {
  const pages = await everyPage(
    (Marker) => aws.call('kms:ListResourceTags', { KeyId: id, Marker }),
    ({ NextMarker }) => NextMarker,
  );
  return pages.flatMap(({ Tags }) => (Tags ?? []).flatMap(({ TagKey }) => TagKey ?? []));
};

const noKey = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no key ${id} in account ${account}, region ${region}.`,
    'Once its waiting time is over a key is gone for ever, and what it encrypted with it. Look for a replica in another Region, backups under another key, and the account in the ARN of the finding.',
  );

const refuseKey = ({ id }: Target, key: KeyMetadata): Refusal<Code> | undefined => {
  if (key.KeyManager === 'AWS')
    return refuse(
      'managed-by-aws',
      `${id} is a key that AWS manages: nobody can disable or delete it.`,
      'Nothing needs to be done to the key. Look at what the finding says about its use.',
    );
  switch (key.KeyState) {
    case 'Disabled':
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return undefined;
    case 'Enabled':
      return refuse(
        'already-contained',
        `The key ${id} is enabled, and no deletion is planned.`,
        'Nothing needs to be done to the key. Deal with the one who tried: contain the user, revoke the sessions.',
      );
    case 'PendingImport':
      return refuse(
        'wrong-state',
        `The material of ${id} is not there: it was imported, and deleted or has expired.`,
        'Import the same material again (`aws kms get-parameters-for-import`, `import-key-material`): only its owner has it.',
      );
    case 'Unavailable':
      return refuse(
        'wrong-state',
        `The key store of ${id} is not connected, so the key cannot be used.`,
        'Connect it: `aws kms connect-custom-key-store`, after its CloudHSM cluster or external key manager is up.',
      );
    default:
      return refuse(
        'wrong-state',
        `The key ${id} is ${key.KeyState}: AWS is changing it.`,
        'Plan again in a minute.',
      );
  }
};

const deletionId = (id: string): string => `${id}/deletion`;
const stateId = (id: string): string => `${id}/state`;
const notPlanned = 'not planned';

const changesOf = (id: string, key: KeyMetadata): readonly Change[] => [
  ...(isDoomed(key)
    ? [
        {
          id: deletionId(id),
          label: `Deletion of the key ${id}`,
          before: 'planned',
          after: notPlanned,
        },
      ]
    : []),
  { id: stateId(id), label: `State of the key ${id}`, before: 'Disabled', after: 'Enabled' },
];

const describePlan = (target: Target, key: KeyMetadata): Plan => ({
  kind: 'plan',
  action: restoreKmsKey.id,
  target,
  summary: isDoomed(key)
    ? `Cancel the deletion of the key ${target.id} and enable it.`
    : `Enable the key ${target.id}.`,
  changes: changesOf(target.id, key),
  cannot: [
    ...limits,
    ...(key.MultiRegion ? ['Its replicas in other Regions have states of their own.'] : []),
  ],
  blastRadius: {
    class: 'shared with others',
    lines: [
      ...(key.DeletionDate
        ? [`AWS would delete it for ever at ${key.DeletionDate.toISOString()}.`]
        : []),
      'Whatever is encrypted under it can be read again by everybody who may use it.',
    ],
  },
  reversible: isDoomed(key)
    ? {
        kind: 'partly',
        because: 'Cordon has no right to plan a deletion: undo only disables the key again.',
      }
    : { kind: 'yes' },
  tier: restoreKmsKey.tier,
});

const notLet = ({ id }: Target): Refusal<Code> =>
  refuse(
    'not-permitted',
    `The key policy of ${id} does not let Cordon look at the key.`,
    `Whoever its policy names as administrator can run \`aws kms cancel-key-deletion --key-id ${id}\`, then \`aws kms enable-key --key-id ${id}\`. If nobody can, ask AWS Support at once: a policy that was changed to lock everybody out is a part of the attack.`,
  );

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  try {
    const key = await find(target.id, aws);
    if (!key) return noKey(target);
    const refusal = refuseKey(target, key);
    if (refusal) return refusal;
    return (
      refuseExempt(`The key ${target.id}`, await tagsOf(target.id, aws), settings) ??
      describePlan(target, key)
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException') return notLet(target);
    throw error;
  }
};

/** Cancelling leaves a key disabled, so the state of a doomed key is that of a disabled one. */
const stateOf = (key: KeyMetadata | undefined): string => {
  if (!key) return 'deleted';
  return isDoomed(key) ? 'Disabled' : `${key.KeyState}`;
};

const deletionRegister = ({ id, account, region }: Plan['target']): Register => ({
  id: deletionId(id),
  title: `Cancel the deletion of ${id}`,
  resource: `${account}/${region}/key/${id}`,
  undoable: false,
  read: async (aws) => {
    const key = await find(id, aws);
    if (!key) return 'done';
    return isDoomed(key) ? 'planned' : notPlanned;
  },
  write: async (value, aws) => {
    if (value !== notPlanned) throw new Error('Cordon never plans the deletion of a key');
    await aws.call('kms:CancelKeyDeletion', { KeyId: id });
  },
});

const stateRegister = ({ id, account, region }: Plan['target']): Register => ({
  id: stateId(id),
  title: `Enable or disable ${id}`,
  resource: `${account}/${region}/key/${id}`,
  undoable: true,
  read: async (aws) => stateOf(await find(id, aws)),
  write: async (value, aws) => {
    if (value === 'Enabled') await aws.call('kms:EnableKey', { KeyId: id });
    else if (value === 'Disabled') await aws.call('kms:DisableKey', { KeyId: id });
    else throw new Error(`A key cannot be made ${JSON.stringify(value)}`);
  },
});

const registers = ({ target, changes }: Plan): readonly Register[] =>
  changes.map(({ id }) =>
    id === deletionId(target.id) ? deletionRegister(target) : stateRegister(target),
  );

const verify = async ({ target: { id } }: Plan, aws: Aws): Promise<Verification> => {
  const key = await find(id, aws);
  return key?.KeyState === 'Enabled'
    ? { kind: 'verified', lines: [`AWS lists the key ${id} as Enabled.`] }
    : {
        kind: 'not-verified',
        because: `AWS lists the key ${id} as ${key?.KeyState ?? 'deleted'}: somebody changed it again`,
      };
};

export const restoreKmsKey = defineAction<Target, Code>({
  id: 'restore-kms-key',
  title: 'Keep KMS key: cancel deletion, enable',
  does: 'Cancels a planned deletion of the key and enables it.',
  label: 'Keep key',
  on: 'kms-key',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['kms:DescribeKey', 'kms:ListResourceTags'],
    execute: ['kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:EnableKey'],
    verify: ['kms:DescribeKey'],
    undo: ['kms:DescribeKey', 'kms:DisableKey'],
  },
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: ({ id }) => !id.startsWith('alias/'),
  plan,
  registers,
  verify,
  undoCannot: ['A deletion that was cancelled is not planned again: Cordon has no right to.'],
  byHand: ['aws kms cancel-key-deletion --key-id KMS_KEY', 'aws kms enable-key --key-id KMS_KEY'],
});
