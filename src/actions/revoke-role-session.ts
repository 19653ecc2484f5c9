/**
 * Denies everything to one session of a role, by its aws:userid: `AROA…:session`. Everybody else who
 * uses the role goes on. For a server the session's name is the instance id.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
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
import {
  absent,
  type Deny,
  denyId,
  denyOperations,
  denyRegister,
  denyState,
  foreign,
  readDeny,
  refuseFull,
  refuseRole,
  roleFacts,
  roleNotFound,
  roleRefuses,
} from './role-policies.ts';

/** When it is refused, by code. */
const refuses = {
  ...roleRefuses,
  'not-supported': 'The finding does not name a role and the name of a session.',
  'already-contained': 'The session is denied already.',
  tampered: 'The role has a policy of that name with other text.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Sessions of other roles that this session assumed go on, and so does what it started or changed.',
  'AWS takes some seconds to apply it everywhere. In that time the session can still act, even remove the deny: it is read back, put back where it was taken away, and you are told.',
];

type Target = ResourceOf<'role-session'>;

interface Session {
  readonly role: string;
  readonly name: string;
}

/** Names that IAM and STS accept: nothing in them is a wildcard or a variable of a policy. */
const sessionId = /^([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;

/** Undefined for what is no `role/session`. */
const sessionOf = ({ id }: Target): Session | undefined => {
  const [, role, name] = sessionId.exec(id) ?? [];
  return role && name ? { role, name } : undefined;
};

export const denyOf = (account: string, { role, name }: Session, userId: string): Deny => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CordonRevokeSession',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:userid': userId } },
      },
    ],
  });
  return {
    account,
    role,
    policy: `cordon-revoke-session-${name}`,
    inForce: `denies everything to ${userId}`,
    document: () => document,
    isOurs: (found) => found === document,
  };
};

const onInstance = (name: string): boolean => /^i-[0-9a-f]{8,17}$/.test(name);

const reach = ({ role, name }: Session): readonly string[] => [
  onInstance(name)
    ? `Everything on the instance ${name} that uses its role is denied, also with credentials that it gets later.`
    : `Everything that uses the role under the session name ${name} is denied, also later sessions of that name. All copies of a function share one name.`,
  `Other sessions of ${role} go on.`,
];

const cannot = ({ role }: Session): readonly string[] => [
  `Who can assume ${role} can start a session under another name: close that way in, or revoke all older sessions.`,
  ...limits,
];

const refuseState = (deny: Deny, state: string): Refusal<Code> | undefined => {
  if (state === deny.inForce)
    return refuse(
      'already-contained',
      `${deny.policy} of ${deny.role} ${deny.inForce}.`,
      'Nothing needs to be done. Undo the earlier containment to release the session.',
    );
  if (state === foreign)
    return refuse(
      'tampered',
      `${deny.role} has an inline policy ${deny.policy} that is not what Cordon writes.`,
      'Find out in CloudTrail who wrote it (PutRolePolicy), delete it, then plan again.',
    );
  return undefined;
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const session = sessionOf(target);
  if (!session)
    return refuse(
      'not-supported',
      `${target.id} is not the role and the name of a session.`,
      'Revoke all older sessions of the role instead.',
    );
  const facts = await roleFacts(session.role, aws);
  if (!facts) return roleNotFound(session.role, target);
  const deny = denyOf(target.account, session, `${facts.role.RoleId}:${session.name}`);
  const refusal =
    refuseRole(facts, settings, session.name) ??
    refuseState(deny, denyState(deny, facts.policies.get(deny.policy))) ??
    refuseFull(facts, deny.document(0));
  if (refusal) return refusal;
  return {
    kind: 'plan',
    action: revokeRoleSession.id,
    target,
    summary: `Deny everything to the session ${session.name} of the role ${session.role}, in account ${target.account}.`,
    changes: [
      {
        id: denyId(deny.role, deny.policy),
        label: `Inline policy ${deny.policy} of the role ${deny.role}`,
        before: absent,
        after: deny.inForce,
      },
    ],
    cannot: cannot(session),
    blastRadius: { class: 'this resource only', lines: reach(session) },
    reversible: { kind: 'yes' },
    tier: revokeRoleSession.tier,
  };
};

/** The role's id is in the plan, so that a role made anew under the same name is another one. */
const plannedDeny = ({ target, changes }: Plan): Deny => {
  const session = target.kind === 'role-session' ? sessionOf(target) : undefined;
  const userId = /^denies everything to (\S+)$/.exec(String(changes[0]?.after))?.[1];
  if (!session || !userId)
    throw new Error(`A plan of ${revokeRoleSession.id} names a session and its aws:userid`);
  return denyOf(target.account, session, userId);
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const deny = plannedDeny(planned);
  const state = denyState(deny, await readDeny(deny, aws));
  return state === deny.inForce
    ? { kind: 'verified', lines: [`${deny.policy} of ${deny.role} ${state}.`] }
    : { kind: 'not-verified', because: `${deny.policy} of ${deny.role} is ${state}` };
};

export const revokeRoleSession = defineAction<Target, Code>({
  id: 'revoke-role-session',
  title: 'Revoke one session of a role',
  does: 'Denies everything to one session of a role, by its `aws:userid`, with an inline policy of its own name.',
  label: 'Revoke this session',
  on: 'role-session',
  tier: 1,
  role: 'respond-identity',
  permissions: denyOperations,
  reviewAfterHours: 24,
  expires: false,
  settleSeconds: 10,
  refuses,
  limits,
  offeredFor: (target) => sessionOf(target) !== undefined,
  plan,
  registers: (planned) => [denyRegister(plannedDeny(planned))],
  verify,
  undoCannot: ['If the session has not expired by then, whoever holds it can use it again.'],
  byHand: [
    '# The id is ROLE_ID:SESSION, as CloudTrail has it in principalId.',
    'aws iam put-role-policy --role-name ROLE --policy-name RevokeSession --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:userid":"ROLE_ID:SESSION"}}}]}\'',
  ],
});
