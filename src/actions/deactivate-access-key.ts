/**
 * Makes a long-term access key inactive; the key can be made active again.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
import type { AccessKeyLastUsed, AccessKeyMetadata } from '@aws-sdk/client-iam';
import { type ResourceOf, untrusted } from '../findings/finding.ts';
import {
  keysOf,
  lastUse,
  type OwnedKey,
  statusId,
  statusOf,
  statusRegister,
} from './access-key-status.ts';
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
import { allPages, unlessMissing } from './iam-reading.ts';

/** When it is refused, by code. */
const refuses = {
  'temporary-credentials': 'It is the key of a temporary session.',
  root: 'It belongs to the root user.',
  'not-found': 'There is no such key in the account.',
  'already-contained': 'It is inactive.',
  exempt: 'Its user carries the exempt tag.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Sessions that were made with this key go on until they expire, up to 36 hours.',
  'Its user keeps every other way in: other keys, the console password, and the right to make a new key.',
];

type Target = ResourceOf<'access-key'>;

const isTemporary = (target: Target): boolean => target.temporary || target.id.startsWith('ASIA');
const isRoot = (target: Target): boolean => target.userType === 'Root';

const refuseKind = (target: Target): Refusal<Code> | undefined => {
  if (isTemporary(target))
    return refuse(
      'temporary-credentials',
      `${target.id} belongs to a temporary session: it has no status that could be switched off.`,
      'Revoke the sessions of the role that issued it ("Revoke this session", "Revoke all older sessions"). If a user made the session, contain that user.',
    );
  if (isRoot(target))
    return refuse(
      'root',
      `${target.id} belongs to the root user of ${target.account}: only root itself can change it.`,
      "Sign in as root and delete the key, or use centralized root access from the organization's management account. Then change the root password and check its MFA.",
    );
  return undefined;
};

const notFound = (target: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no access key ${target.id} in account ${target.account}.`,
    'It was deleted, or it belongs to another account: look the key up with `aws sts get-access-key-info`.',
  );

interface Owner {
  readonly user?: string;
  readonly lastUsed?: AccessKeyLastUsed;
}

const ownerOf = async (key: string, aws: Aws): Promise<Owner> => {
  const answer = await unlessMissing(aws.call('iam:GetAccessKeyLastUsed', { AccessKeyId: key }));
  return {
    ...(answer?.UserName ? { user: answer.UserName } : {}),
    ...(answer?.AccessKeyLastUsed ? { lastUsed: answer.AccessKeyLastUsed } : {}),
  };
};

const others = (keys: readonly AccessKeyMetadata[], id: string): string => {
  const active = keys.filter((key) => key.AccessKeyId !== id && key.Status === 'Active');
  return active.length === 0
    ? 'Its user has no other active access key.'
    : `Its user has another active access key: ${active.map((key) => key.AccessKeyId).join(', ')}.`;
};

const isExempt = async (user: string, exemptTag: string, aws: Aws): Promise<boolean> => {
  const pages = await allPages((from) => aws.call('iam:ListUserTags', { UserName: user, ...from }));
  return pages.some(({ Tags }) => Tags?.some(({ Key }) => Key === exemptTag));
};

const describePlan = (target: Target, owner: Owner, keys: readonly AccessKeyMetadata[]): Plan => ({
  kind: 'plan',
  action: deactivateAccessKey.id,
  target,
  summary: `Make access key ${target.id} inactive, in account ${target.account}.`,
  changes: [
    {
      id: statusId(target.id),
      label: `Status of access key ${target.id}`,
      before: 'Active',
      after: 'Inactive',
    },
  ],
  cannot: limits,
  blastRadius: {
    class: 'this resource only',
    lines: [
      lastUse(owner.lastUsed),
      others(keys, target.id),
      'Everything that signs with this key stops.',
    ],
  },
  reversible: { kind: 'yes' },
  tier: deactivateAccessKey.tier,
});

const plan = async (
  target: Target,
  aws: Aws,
  { exemptTag }: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const kind = refuseKind(target);
  if (kind) return kind;
  const [owner, guessed] = await Promise.all([
    ownerOf(target.id, aws),
    target.user ? keysOf(target.user, aws) : undefined,
  ]);
  // AWS knows better than the finding whose key it is.
  const user = owner.user;
  if (!user) return notFound(target);
  const [keys, exempt] = await Promise.all([
    user === target.user ? guessed : keysOf(user, aws),
    isExempt(user, exemptTag, aws),
  ]);
  const key = keys?.find(({ AccessKeyId }) => AccessKeyId === target.id);
  if (!keys || !key) return notFound(target);
  if (key.Status === 'Inactive')
    return refuse(
      'already-contained',
      `${target.id} is already inactive.`,
      'Look at what it did before that, and at the sessions that it made: they live up to 36 hours.',
    );
  if (exempt)
    return refuse(
      'exempt',
      `The user of ${target.id} carries the tag ${exemptTag}.`,
      'Ask the owner of the user. Remove the tag if the key must be deactivated all the same.',
    );
  return describePlan({ ...target, user: untrusted(user) }, owner, keys);
};

const keyTarget = ({ target }: Plan): OwnedKey => {
  if (target.kind !== 'access-key' || !target.user)
    throw new Error(`A plan of ${deactivateAccessKey.id} names an access key and its user`);
  return { account: target.account, id: target.id, user: target.user };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const key = keyTarget(planned);
  const { id } = key;
  const status = await statusOf(key, aws);
  return status === 'Active'
    ? { kind: 'not-verified', because: `AWS still lists ${id} as Active` }
    : { kind: 'verified', lines: [`AWS lists ${id} as ${status}.`] };
};

export const deactivateAccessKey = defineAction<Target, Code>({
  id: 'deactivate-access-key',
  title: 'Deactivate access key',
  does: 'Sets the status of one access key to Inactive.',
  label: 'Deactivate key',
  on: 'access-key',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:ListUserTags'],
    execute: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],
    verify: ['iam:ListAccessKeys'],
    undo: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],
  },
  reviewAfterHours: 24,
  expires: false,
  refuses,
  limits,
  offeredFor: (target) => !isTemporary(target) && !isRoot(target),
  plan,
  registers: (planned) => [statusRegister(keyTarget(planned))],
  verify,
  undoCannot: ['Whatever holds a copy of the key can use it again.'],
  byHand: [
    'aws iam get-access-key-last-used --access-key-id KEY',
    'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
    'aws iam list-access-keys --user-name USER',
  ],
});
