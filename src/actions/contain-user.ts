/**
 * Takes every permission of an IAM user away (src/actions/user-deny.ts), then makes its access keys
 * and its other credentials inactive. Denying first also cuts sessions that the keys made
 * (GetSessionToken, GetFederationToken): they have the user's permissions at most.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
import type { ResourceOf } from '../findings/finding.ts';
import { lastUse } from './access-key-status.ts';
import {
  type Change,
  type Choice,
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  refuse,
} from './action.ts';
import type { Aws } from './aws.ts';
import { withChoices } from './choices.ts';
import { passwordChange } from './console-password.ts';
import { appeared, keyChange, registers, verify } from './contained-user.ts';
import { denyAllArn } from './deny-all.ts';
import { type UserFacts, userFacts } from './user-credentials.ts';
import { boundaryDeny, type DenyWay, inlineDeny, inlineRoom, managedDeny } from './user-deny.ts';

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

const reach = (id: string, { keys, attached }: UserFacts): readonly string[] => [
  `Everything that works as ${id} stops, in every Region, also its sessions of GetSessionToken and GetFederationToken.`,
  ...keys.map((key) => `${key.id} (${key.status}): ${lastUse(key.lastUsed)}`),
  ...(keys.length === 0 ? ['It has no access key.'] : []),
  ...attached
    .filter(({ PolicyName }) => PolicyName?.startsWith('AWSCompromisedKeyQuarantine'))
    .map(({ PolicyName }) => `AWS itself has attached ${PolicyName}: it stays.`),
];

/** A credential that works is up to people; one that is off already is held, whatever they choose. */
const isActive = ({ before, after }: Change): boolean => before !== after;

const leftActive = (change: Change): Choice => ({
  change,
  chosen: true,
  without: `${change.label} stays ${String(change.before)}: it was left out. Whoever holds it is denied everything.`,
});

/** Deleting it loses it, and denied everything it is worth nothing: only where somebody wants it. */
const passwordChoice = (user: string): Choice => ({
  change: passwordChange(user, true),
  chosen: false,
  without:
    'The console password is not deleted: who knows it can sign in and is denied everything.',
  lasting: 'the deleted console password cannot be brought back; the user needs a new one.',
});

const changesOf = (
  id: string,
  { keys, others, password }: UserFacts,
  { way, done }: { readonly way: DenyWay; readonly done: boolean },
): { readonly changes: readonly Change[]; readonly choices: readonly Choice[] } => {
  const credentials = [...keys.map((key) => keyChange(key.id, key.status)), ...others];
  return {
    changes: [
      {
        id: id + way.suffix,
        label: `${way.label} the user ${id}`,
        before: done ? way.closed : way.open,
        after: way.closed,
      },
      // What is off already is held too, when another containment of it is undone.
      ...credentials.filter((change) => !isActive(change)),
      ...(password ? [] : [passwordChange(id, false)]),
    ],
    choices: [
      ...credentials.filter(isActive).map(leftActive),
      ...(password ? [passwordChoice(id)] : []),
    ],
  };
};

const contained = ({ id }: Target, { password }: UserFacts): Refusal<Code> =>
  refuse(
    'already-contained',
    `Everything is denied to ${id}, and no credential of it is active.`,
    `Nothing needs to be done. Undo the earlier containment to release the user.${
      password
        ? ` Its console password is worth nothing now; to delete it all the same: \`aws iam delete-login-profile --user-name ${id}\`.`
        : ''
    }`,
  );

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
  const { changes, choices } = changesOf(target.id, facts, deny);
  const planned = withChoices(
    {
      kind: 'plan',
      action: containUser.id,
      target,
      summary: `Deny everything to the IAM user ${target.id} in account ${target.account}, then cut what it signs in with, as chosen.`,
      changes,
      cannot: limits,
      blastRadius: { class: 'this resource only', lines: reach(target.id, facts) },
      reversible: { kind: 'yes' },
      tier: containUser.tier,
    },
    choices,
  );
  return planned.changes.some(isActive) ? planned : contained(target, facts);
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
  does: 'Denies everything to the user first, then makes its access keys, SSH keys, credentials of services and signing certificates inactive, as far as they were chosen (all of them unless somebody says otherwise), deletes the console password only where that was chosen, waits, and reads all back. Denies by the managed policy AWSDenyAll; where the user has no room for it by an inline policy, then by a permissions boundary.',
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
      'iam:DeleteLoginProfile',
      'iam:GetLoginProfile',
      'iam:PutUserPermissionsBoundary',
      'iam:PutUserPolicy',
      ...reading,
      ...statuses,
    ],
    verify: ['iam:GetLoginProfile', ...reading],
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
