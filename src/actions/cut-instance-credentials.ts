/**
 * Cuts an EC2 instance off from its role: its metadata service and its instance profile first, so
 * that it can get no new credentials, then a deny of its own session, which reaches those that were
 * taken already, wherever they are used. Other instances with the role go on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
import type { Instance } from '@aws-sdk/client-ec2';
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
import { exemptInstance, findInstance, instanceState, noInstance } from './find-instance.ts';
import {
  noProfile,
  profileChange,
  profileOn,
  profileRegister,
  roleOfProfile,
} from './instance-profile.ts';
import { sharingProfile } from './instance-reach.ts';
import { metadataService, settingChange, settingRegister } from './instance-settings.ts';
import { denyOf } from './revoke-role-session.ts';
import {
  absent,
  type Deny,
  denyId,
  denyRegister,
  denyState,
  foreign,
  readDeny,
  refuseFull,
  refuseRole,
  roleFacts,
} from './role-policies.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'wrong-state':
    'It is terminated or being so, or the inline policies of its role leave no room for the deny.',
  'managed-by-aws': 'It is managed by an AWS service, or its role is a service-linked one.',
  'own-resource': 'Its role is one of Cordon’s own.',
  'already-contained': 'It has no instance profile, or its session is denied already.',
  'not-supported': 'Its instance profile has no role.',
  tampered: 'The role has a policy of that name with other text.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Sessions of other roles that were assumed with the credentials go on, and so does what was started or changed with them.',
  'Keys and passwords that lie on its disks go on working.',
  'AWS takes some seconds to apply it everywhere. In that time the session can still act, even remove the deny: it is read back, put back where it was taken away, and you are told.',
];

type Target = ResourceOf<'instance'>;

const refuseInstance = (
  target: Target,
  instance: Instance,
  settings: PlanSettings,
): Refusal<Code> | undefined => {
  const state = instanceState(instance);
  if (state === 'terminated' || state === 'shutting-down')
    return refuse(
      'wrong-state',
      `${target.id} is ${state}: its profile went with it.`,
      'Revoke the older sessions of its role, where credentials of it are still used.',
    );
  if (instance.Operator?.Managed)
    return refuse(
      'managed-by-aws',
      `${target.id} is managed by ${instance.Operator.Principal ?? 'an AWS service'}, which lets nobody else change it.`,
      `Revoke this session of its role instead: the session is named ${target.id}.`,
    );
  return exemptInstance(target, instance, settings);
};

const noRole = (target: Target, profile: string): Refusal<Code> =>
  profile === noProfile
    ? refuse(
        'already-contained',
        `${target.id} has no instance profile: it gets no credentials of a role.`,
        'Nothing needs to be done here. If it had one before, revoke the older sessions of that role.',
      )
    : refuse(
        'not-supported',
        `The instance profile ${profile} has no role, or is gone.`,
        'No credentials come from it. Look in CloudTrail for the role that was in it (RemoveRoleFromInstanceProfile), and revoke its older sessions.',
      );

const most = 5;

const reachOf = (
  role: string,
  instance: Instance,
  sharing: readonly string[],
): Plan['blastRadius'] => ({
  class: 'this resource only',
  lines: [
    `Whatever on ${instance.InstanceId} works with the role ${role} is denied from now on, the agents of Systems Manager and CloudWatch included.`,
    sharing.length === 0
      ? 'No other instance of this account and Region has the same instance profile.'
      : `${sharing.slice(0, most).join(', ')}${sharing.length > most ? ` and ${sharing.length - most} more` : ''} ${sharing.length === 1 ? 'has' : 'have'} the same instance profile and ${sharing.length === 1 ? 'goes' : 'go'} on.`,
  ],
});

const cannotOf = (role: string): readonly string[] => [
  ...limits,
  `Who can assume ${role} in another way, or controls another instance that has it, is not stopped: revoke the older sessions of the role where you fear that.`,
];

const refuseDeny = (deny: Deny, state: string): Refusal<Code> | undefined =>
  state === foreign
    ? refuse(
        'tampered',
        `${deny.role} has an inline policy ${deny.policy} that is not what Cordon writes.`,
        'Find out in CloudTrail who wrote it (PutRolePolicy), delete it, then plan again.',
      )
    : undefined;

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [instance, profile] = await Promise.all([
    findInstance(target.id, aws),
    profileOn(target.id, aws),
  ]);
  if (!instance) return noInstance(target);
  const refusal = refuseInstance(target, instance, settings);
  if (refusal) return refusal;
  const role = profile === noProfile ? undefined : await roleOfProfile(profile, aws);
  const facts = role === undefined ? undefined : await roleFacts(role, aws);
  if (!role || !facts) return noRole(target, profile);
  const [metadata, sharing] = await Promise.all([
    settingChange(metadataService, target.id, aws),
    sharingProfile(instance, aws),
  ]);
  const session = { role, name: target.id };
  const deny = denyOf(target.account, session, `${facts.role.RoleId}:${target.id}`);
  const state = denyState(deny, facts.policies.get(deny.policy));
  const notNow =
    refuseRole(facts, settings, target.id) ??
    refuseDeny(deny, state) ??
    (state === absent ? refuseFull(facts, deny.document(0)) : undefined);
  if (notNow) return notNow;
  return {
    kind: 'plan',
    action: cutInstanceCredentials.id,
    target,
    summary: `Cut ${target.id} off from its role ${role}: no new credentials, and those that were taken are denied everything.`,
    changes: [
      metadata,
      profileChange(target.id, profile),
      {
        id: denyId(deny.role, deny.policy),
        label: `Inline policy ${deny.policy} of the role ${deny.role}`,
        before: state,
        after: deny.inForce,
      },
    ],
    cannot: cannotOf(role),
    blastRadius: reachOf(role, instance, sharing),
    reversible: { kind: 'yes' },
    tier: cutInstanceCredentials.tier,
  };
};

/** The role's id is in the plan, so that a role made anew under the same name is another one. */
const denyIn = ({ id, after }: Change, { target }: Plan): Deny => {
  const role = id.split('/')[0];
  const userId = /^denies everything to (\S+)$/.exec(String(after))?.[1];
  if (!role || !userId)
    throw new Error(`A plan of ${cutInstanceCredentials.id} names a role and an aws:userid`);
  return denyOf(target.account, { role, name: target.id }, userId);
};

const denyOperations = ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:PutRolePolicy'] as const;

const registers = (planned: Plan): readonly Register[] =>
  planned.changes.map(
    (change) =>
      settingRegister([metadataService], change, planned) ??
      profileRegister(change, planned) ?? {
        ...denyRegister(denyIn(change, planned)),
        uses: denyOperations,
      },
  );

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { target, changes } = planned;
  const last = changes.at(-1);
  if (!last) throw new Error(`A plan of ${cutInstanceCredentials.id} has three changes`);
  const deny = denyIn(last, planned);
  const [metadata, profile, document] = await Promise.all([
    metadataService.read(target.id, aws),
    profileOn(target.id, aws),
    readDeny(deny, aws),
  ]);
  const state = denyState(deny, document);
  const wrong = [
    ...(metadata === metadataService.after ? [] : [`the metadata service is ${metadata}`]),
    ...(profile === noProfile ? [] : [`the instance profile ${profile} is on it`]),
    ...(state === deny.inForce ? [] : [`${deny.policy} of ${deny.role} is ${state}`]),
  ];
  return wrong.length === 0
    ? {
        kind: 'verified',
        lines: [
          `${target.id} has no instance profile, and its metadata service is off.`,
          `${deny.policy} of ${deny.role} ${deny.inForce}.`,
        ],
      }
    : { kind: 'not-verified', because: wrong.join('; ') };
};

export const cutInstanceCredentials = defineAction<Target, Code>({
  id: 'cut-instance-credentials',
  title: 'Cut EC2 instance off from its role',
  does: 'Takes the instance profile away, then denies everything to the session of this one instance, by its `aws:userid`.',
  label: 'Cut off its credentials',
  on: 'instance',
  tier: 2,
  role: 'respond-identity',
  permissions: {
    plan: [
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeInstances',
      'iam:GetInstanceProfile',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListRolePolicies',
    ],
    execute: [
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeInstances',
      'ec2:DisassociateIamInstanceProfile',
      'ec2:ModifyInstanceMetadataOptions',
      'iam:GetRolePolicy',
      'iam:PutRolePolicy',
    ],
    verify: [
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeInstances',
      'iam:GetRolePolicy',
    ],
    undo: [
      'ec2:AssociateIamInstanceProfile',
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeInstances',
      'ec2:ModifyInstanceMetadataOptions',
      'iam:DeleteRolePolicy',
      'iam:GetRolePolicy',
    ],
  },
  reviewAfterHours: 4,
  expires: false,
  settleSeconds: 10,
  offeredWith: ['isolate-instance'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers,
  verify,
  undoCannot: [
    'If credentials that were taken have not expired by then, whoever holds them can use them again.',
    'What runs on the instance may need a restart before it asks for credentials again.',
  ],
  byHand: [
    'aws ec2 describe-iam-instance-profile-associations --filters Name=instance-id,Values=INSTANCE',
    '# Write the profile down: undo needs it. Take it away first, or new credentials come after the cut.',
    'aws ec2 disassociate-iam-instance-profile --association-id ASSOCIATION',
    'aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-endpoint disabled',
    'aws iam put-role-policy --role-name ROLE --policy-name RevokeOlderSessions --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"NOW"}}}]}\'',
  ],
});
