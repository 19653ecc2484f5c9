/**
 * Takes every permission of an IAM user away: AWS's own managed policy AWSDenyAll is attached, then
 * the user's access keys are made inactive. The policy is fixed, so the role that attaches it needs
 * no right to write policies. Denying first also cuts sessions that the keys made (GetSessionToken,
 * GetFederationToken): they have the user's permissions at most.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
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
import { isMissing } from './iam-reading.ts';
import { attachedPolicies, type UserFacts, userFacts } from './user-credentials.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such IAM user in the account: also one of IAM Identity Center is none.',
  exempt: 'It carries the exempt tag, as break-glass users do.',
  'already-contained': 'Everything is denied to it, and none of its access keys is active.',
  'wrong-state': 'It has no room for the deny.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  "Sessions of roles that the user assumed are not the user's: they go on until they expire. Revoke them on the role.",
  'What the user made stays: other users and keys, changed trust of roles, instances, functions.',
  'AWS takes some seconds to apply it everywhere. In that time the user can still act, even detach the policy: it is read back, and you are told.',
];

type Target = ResourceOf<'user'>;

const denySuffix = '/AWSDenyAll';
const isDenyAll = ({ PolicyArn }: { readonly PolicyArn?: string | undefined }): boolean =>
  PolicyArn === denyAllArn;

const readDeny = async (user: string, aws: Aws): Promise<'attached' | 'not attached'> =>
  (await attachedPolicies(user, aws)).some(isDenyAll) ? 'attached' : 'not attached';

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
  const denied = facts.attached.some(isDenyAll);
  if (denied && facts.keys.every(({ status }) => status !== 'Active'))
    return refuse(
      'already-contained',
      `AWSDenyAll is attached to ${id}, and no access key of it is active.`,
      'Nothing needs to be done. Undo the earlier containment to release the user.',
    );
  return denied || facts.attached.length < facts.attachedQuota ? undefined : full(id, facts);
};

const full = (id: string, { attached, attachedQuota, boundary }: UserFacts): Refusal<Code> =>
  refuse(
    'wrong-state',
    `${id} has ${attached.length} managed policies, and ${attachedQuota} is the most that this account allows: AWSDenyAll cannot be attached.`,
    `Set it as the permissions boundary, which denies as much: \`aws iam put-user-permissions-boundary --user-name ${id} --permissions-boundary ${denyAllArn}\`. ${
      boundary
        ? `Write down that the boundary is ${boundary} now, to set it again later.`
        : 'It has no boundary now: remove it later with `aws iam delete-user-permissions-boundary`.'
    } Then deactivate its access keys. Or detach one of its policies and plan again.`,
  );

const listed = (items: readonly string[]): string => items.join(', ');

const cannot = ({ password, others }: UserFacts): readonly string[] => [
  ...limits,
  ...(password
    ? ['The console password is not deleted: who knows it can sign in and is denied everything.']
    : []),
  ...(others.length > 0
    ? [`Denied but not switched off, so in use again after undo: ${listed(others)}.`]
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

const changesOf = (id: string, { keys, attached }: UserFacts): readonly Change[] => [
  {
    id: id + denySuffix,
    label: `Managed policy AWSDenyAll on the user ${id}`,
    before: attached.some(isDenyAll) ? 'attached' : 'not attached',
    after: 'attached',
  },
  // Also a key that is inactive already: this containment holds it too when another one is undone.
  ...keys.map((key) => ({
    id: statusId(key.id),
    label: `Status of access key ${key.id}`,
    before: key.status,
    after: 'Inactive',
  })),
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
  return {
    kind: 'plan',
    action: containUser.id,
    target,
    summary: `Deny everything to the IAM user ${target.id} in account ${target.account}, then make its access keys inactive.`,
    changes: changesOf(target.id, facts),
    cannot: cannot(facts),
    blastRadius: { class: 'this resource only', lines: reach(target.id, facts) },
    reversible: { kind: 'yes' },
    tier: containUser.tier,
  };
};

const denyRegister = ({ id, account }: Target): Register => ({
  id: id + denySuffix,
  title: `Attach or detach AWSDenyAll on ${id}`,
  resource: `${account}/global/user/${id}`,
  undoable: true,
  read: (aws) => readDeny(id, aws),
  write: async (value, aws) => {
    const input = { UserName: id, PolicyArn: denyAllArn };
    if (value === 'attached') await aws.call('iam:AttachUserPolicy', input);
    else if (value === 'not attached') await detach(input, aws);
    else throw new Error(`AWSDenyAll cannot be made ${JSON.stringify(value)}`);
  },
});

/** Attaching twice is no error, detaching twice is one. */
const detach = async (
  input: { readonly UserName: string; readonly PolicyArn: string },
  aws: Aws,
): Promise<void> => {
  try {
    await aws.call('iam:DetachUserPolicy', input);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

const userTarget = ({ target }: Plan): Target => {
  if (target.kind !== 'user') throw new Error(`A plan of ${containUser.id} names a user`);
  return target;
};

const plannedKeys = ({ changes }: Plan): readonly string[] =>
  changes.flatMap(({ id }) => (id.endsWith(denySuffix) ? [] : [id.slice(0, -statusId('').length)]));

const registers = (planned: Plan): readonly Register[] => {
  const target = userTarget(planned);
  return [
    denyRegister(target),
    ...plannedKeys(planned).map((id) => ({
      ...statusRegister({ account: target.account, user: target.id, id }),
      stage: 'keys',
    })),
  ];
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { id } = userTarget(planned);
  const [deny, keys = []] = await Promise.all([readDeny(id, aws), keysOf(id, aws)]);
  const known = plannedKeys(planned);
  const words = keys.map(({ AccessKeyId = '', Status }) =>
    known.includes(AccessKeyId)
      ? `${AccessKeyId} is ${Status}`
      : `${AccessKeyId} was created since and is ${Status}`,
  );
  const wrong = [
    ...(deny === 'attached' ? [] : [`AWSDenyAll is not attached to ${id}: somebody detached it`]),
    ...words.filter((_, position) => keys[position]?.Status === 'Active'),
  ];
  if (wrong.length > 0) return { kind: 'not-verified', because: wrong.join('; ') };
  return {
    kind: 'verified',
    lines: [
      `AWSDenyAll is attached to ${id}.`,
      ...(words.length > 0 ? words.map((line) => `${line}.`) : ['It has no access key.']),
    ],
  };
};

const reading = ['iam:ListAccessKeys', 'iam:ListAttachedUserPolicies'] as const;

export const containUser = defineAction<Target, Code>({
  id: 'contain-user',
  title: 'Contain IAM user',
  does: 'Denies everything to the user first, then makes its access keys inactive, waits, and reads both back.',
  label: 'Contain user',
  on: 'user',
  tier: 2,
  role: 'respond-identity',
  permissions: {
    plan: [
      'iam:GetAccessKeyLastUsed',
      'iam:GetAccountSummary',
      'iam:GetLoginProfile',
      'iam:GetUser',
      ...reading,
      'iam:ListServiceSpecificCredentials',
      'iam:ListSigningCertificates',
      'iam:ListSSHPublicKeys',
    ],
    execute: ['iam:AttachUserPolicy', ...reading, 'iam:UpdateAccessKey'],
    verify: reading,
    undo: ['iam:DetachUserPolicy', ...reading, 'iam:UpdateAccessKey'],
  },
  reviewAfterHours: 24,
  expires: false,
  settleSeconds: 10,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers,
  verify,
  undoCannot: [
    'Whoever holds a copy of a key or the password can use it again.',
    'Sessions that the user made and that have not expired work again.',
  ],
});
