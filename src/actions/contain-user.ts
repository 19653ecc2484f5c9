/**
 * Takes every permission of an IAM user away (src/actions/user-deny.ts), then makes its access keys
 * and its other credentials inactive. Denying first also cuts sessions that the keys made
 * (GetSessionToken, GetFederationToken): they have the user's permissions at most.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { ResourceOf } from '../findings/finding.ts';
import { keysOf, lastUse, statusId, statusRegister } from './access-key-status.ts';
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
import { denyAllArn } from './deny-all.ts';
import { credentialChanges, credentialRegister } from './other-credentials.ts';
import { type UserFacts, userFacts } from './user-credentials.ts';
import {
  boundaryDeny,
  type DenyWay,
  denyRegister,
  inlineDeny,
  inlineRoom,
  managedDeny,
  wayOf,
} from './user-deny.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such IAM user in the account: also one of IAM Identity Center is none.',
  exempt: 'It carries the exempt tag, as break-glass users do.',
  'already-contained': 'Everything is denied to it, and none of its credentials is active.',
  'wrong-state':
    'It has as many managed policies as the account allows, no room for an inline one, and a permissions boundary.',
  tampered: 'It has an inline policy of Cordon’s name with other text.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  "Sessions of roles that the user assumed are not the user's: they go on until they expire. Revoke them on the role.",
  'What the user made stays: other users and keys, changed trust of roles, instances, functions.',
  'AWS takes some seconds to apply it everywhere. In that time the user can still act, even detach the policy: it is read back, what was taken back or made in that time is contained again, and you are told.',
];

type Target = ResourceOf<'user'>;

const notFound = ({ id, account }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no IAM user ${id} in account ${account}.`,
    'It was deleted, or it is no IAM user: end the sessions of a user of IAM Identity Center there (Users, the user, "Disable user access"), those of a role on the role.',
  );

const refuseUser = (
  id: string,
  facts: UserFacts,
  { exemptTag }: PlanSettings,
): Refusal<Code> | undefined => {
  if (facts.tags.some(({ Key }) => Key === exemptTag))
    return refuse(
      'exempt',
      `The user ${id} carries the tag ${exemptTag}, as break-glass users do.`,
      'Ask the owner of the user. Remove the tag if it must be contained all the same.',
    );
  return undefined;
};

/** The way to deny, and whether that is done; or why there is none. */
const denyOf = async (
  id: string,
  { attached, attachedQuota, boundary }: UserFacts,
  aws: Aws,
): Promise<{ readonly way: DenyWay; readonly done: boolean } | Refusal<Code>> => {
  if (boundary === denyAllArn) return { way: boundaryDeny, done: true };
  const done = attached.some(({ PolicyArn }) => PolicyArn === denyAllArn);
  if (done || attached.length < attachedQuota) return { way: managedDeny, done };
  const inline = await inlineRoom(id, aws);
  if (inline === 'other text')
    return refuse(
      'tampered',
      `${id} has an inline policy of Cordon's name that is not what Cordon writes.`,
      'Find out in CloudTrail who wrote it (PutUserPolicy), delete it, then plan again.',
    );
  if (inline !== 'full') return { way: inlineDeny, done: inline === 'denied' };
  return boundary ? full(id, attached.length, boundary) : { way: boundaryDeny, done: false };
};

/** A boundary that is there could not be put back: Cordon's role may set none but AWSDenyAll. */
const full = (id: string, policies: number, boundary: string): Refusal<Code> =>
  refuse(
    'wrong-state',
    `${id} has ${policies} managed policies, no room for an inline one, and the boundary ${boundary}: none of them takes the deny.`,
    `Set AWSDenyAll as the permissions boundary by hand: \`aws iam put-user-permissions-boundary --user-name ${id} --permissions-boundary ${denyAllArn}\`, and write down the one that is there. Then deactivate its access keys. Or detach one of its policies and plan again.`,
  );

const cannot = ({ password }: UserFacts): readonly string[] => [
  ...limits,
  ...(password
    ? ['The console password is not deleted: who knows it can sign in and is denied everything.']
    : []),
];

const reach = (id: string, { keys, attached }: UserFacts): readonly string[] => [
  `Everything that works as ${id} stops, in every Region, also its sessions of GetSessionToken and GetFederationToken.`,
  ...keys.map((key) => `${key.id} (${key.status}): ${lastUse(key.lastUsed)}`),
  ...(keys.length === 0 ? ['It has no access key.'] : []),
  ...attached
    .filter(({ PolicyName }) => PolicyName?.startsWith('AWSCompromisedKeyQuarantine'))
    .map(({ PolicyName }) => `AWS itself has attached ${PolicyName}: it stays.`),
];

const changesOf = (
  id: string,
  { keys, others }: UserFacts,
  { way, done }: { readonly way: DenyWay; readonly done: boolean },
): readonly Change[] => [
  {
    id: id + way.suffix,
    label: `${way.label} the user ${id}`,
    before: done ? way.closed : way.open,
    after: way.closed,
  },
  // Also a key that is inactive already: this containment holds it too when another one is undone.
  ...keys.map((key) => ({
    id: statusId(key.id),
    label: `Status of access key ${key.id}`,
    before: key.status,
    after: 'Inactive',
  })),
  ...others,
];

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const facts = await userFacts(target.id, aws);
  if (!facts) return notFound(target);
  const refusal = refuseUser(target.id, facts, settings);
  if (refusal) return refusal;
  const deny = await denyOf(target.id, facts, aws);
  if ('kind' in deny) return deny;
  const changes = changesOf(target.id, facts, deny);
  if (changes.every(({ before, after }) => before === after))
    return refuse(
      'already-contained',
      `Everything is denied to ${target.id}, and no credential of it is active.`,
      'Nothing needs to be done. Undo the earlier containment to release the user.',
    );
  return {
    kind: 'plan',
    action: containUser.id,
    target,
    summary: `Deny everything to the IAM user ${target.id} in account ${target.account}, then make its access keys and other credentials inactive.`,
    changes,
    cannot: cannot(facts),
    blastRadius: { class: 'this resource only', lines: reach(target.id, facts) },
    reversible: { kind: 'yes' },
    tier: containUser.tier,
  };
};

const userTarget = ({ target }: Plan): Target => {
  if (target.kind !== 'user') throw new Error(`A plan of ${containUser.id} names a user`);
  return target;
};

const keySuffix = statusId('');

const plannedKeys = ({ changes }: Plan): readonly string[] =>
  changes.flatMap(({ id }) => (id.endsWith(keySuffix) ? [id.slice(0, -keySuffix.length)] : []));

const registerOf = (change: Change, target: Target): Register => {
  const way = wayOf(change, target.id);
  if (way) return denyRegister(target, way);
  const id = change.id.slice(0, -keySuffix.length);
  return (
    credentialRegister(change, target) ?? {
      ...statusRegister({ account: target.account, user: target.id, id }),
      uses: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],
      stage: 'keys',
    }
  );
};

const registers = (planned: Plan): readonly Register[] =>
  planned.changes.map((change) => registerOf(change, userTarget(planned)));

/** What is not as it shall be, beside the access keys; `read` says what it is. */
const readBack = async (planned: Plan, aws: Aws): Promise<readonly string[]> => {
  const target = userTarget(planned);
  const others = planned.changes.filter(({ id }) => !id.endsWith(keySuffix));
  return Promise.all(
    others.map(async (change) => {
      const value = await registerOf(change, target).read(aws);
      return value === change.after
        ? ''
        : `${change.label} is ${String(value)}: somebody changed it back`;
    }),
  );
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { id } = userTarget(planned);
  const [changed, keys = []] = await Promise.all([readBack(planned, aws), keysOf(id, aws)]);
  const known = plannedKeys(planned);
  const words = keys.map(({ AccessKeyId = '', Status }) =>
    known.includes(AccessKeyId)
      ? `${AccessKeyId} is ${Status}`
      : `${AccessKeyId} was created since and is ${Status}`,
  );
  const wrong = [
    ...changed.filter((line) => line !== ''),
    ...words.filter((_, position) => keys[position]?.Status === 'Active'),
  ];
  if (wrong.length > 0) return { kind: 'not-verified', because: wrong.join('; ') };
  return {
    kind: 'verified',
    lines: [
      `Everything is denied to ${id}: ${planned.changes[0]?.label} is ${String(planned.changes[0]?.after)}.`,
      ...(words.length > 0 ? words.map((line) => `${line}.`) : ['It has no access key.']),
    ],
  };
};

const ofKey = ({ AccessKeyId = '', Status }: AccessKeyMetadata): Change => ({
  id: statusId(AccessKeyId),
  label: `Status of access key ${AccessKeyId}`,
  before: Status ?? '',
  after: 'Inactive',
});

/** Keys and other credentials that were made since and work. */
const appeared = async (planned: Plan, aws: Aws): Promise<readonly Change[]> => {
  const { id } = userTarget(planned);
  const [keys = [], others] = await Promise.all([keysOf(id, aws), credentialChanges(id, aws)]);
  return [...keys.map(ofKey), ...others].filter(
    (each) => each.before === 'Active' && planned.changes.every((change) => change.id !== each.id),
  );
};

const reading = [
  'iam:GetUser',
  'iam:GetUserPolicy',
  'iam:ListAccessKeys',
  'iam:ListAttachedUserPolicies',
  'iam:ListServiceSpecificCredentials',
  'iam:ListSigningCertificates',
  'iam:ListSSHPublicKeys',
] as const;

const statuses = [
  'iam:UpdateAccessKey',
  'iam:UpdateServiceSpecificCredential',
  'iam:UpdateSigningCertificate',
  'iam:UpdateSSHPublicKey',
] as const;

export const containUser = defineAction<Target, Code>({
  id: 'contain-user',
  title: 'Contain IAM user',
  does: 'Denies everything to the user first, then makes its access keys, SSH keys, credentials of services and signing certificates inactive, waits, and reads all back. Denies by the managed policy AWSDenyAll; where the user has no room for it by an inline policy, then by a permissions boundary.',
  label: 'Contain user',
  on: 'user',
  tier: 2,
  role: 'respond-identity',
  permissions: {
    plan: [
      'iam:GetAccessKeyLastUsed',
      'iam:GetAccountSummary',
      'iam:GetLoginProfile',
      'iam:ListUserPolicies',
      ...reading,
    ],
    execute: [
      'iam:AttachUserPolicy',
      'iam:PutUserPermissionsBoundary',
      'iam:PutUserPolicy',
      ...reading,
      ...statuses,
    ],
    verify: reading,
    undo: [
      'iam:DeleteUserPermissionsBoundary',
      'iam:DeleteUserPolicy',
      'iam:DetachUserPolicy',
      ...reading,
      ...statuses,
    ],
  },
  reviewAfterHours: 24,
  expires: false,
  settleSeconds: 10,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers,
  appeared,
  verify,
  undoCannot: [
    'Whoever holds a copy of a key or the password can use it again.',
    'Sessions that the user made and that have not expired work again.',
  ],
  byHand: [
    'aws iam attach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AWSDenyAll',
    'aws iam list-access-keys --user-name USER',
    'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
    '# The last line once for each key.',
  ],
});
