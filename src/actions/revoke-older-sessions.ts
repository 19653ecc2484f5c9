/**
 * Denies everything to every session of a role that was issued before now, by aws:TokenIssueTime, as
 * "Revoke active sessions" of the IAM console does; but under a name of its own each time, so that
 * nothing is overwritten and each can be undone by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
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
  type InlinePolicies,
  readDeny,
  refuseFull,
  refuseRole,
  roleFacts,
  roleNotFound,
  roleRefuses,
} from './role-policies.ts';
import { instancesWith, roleUses } from './role-uses.ts';

/** When it is refused, by code. */
const refuses = {
  ...roleRefuses,
  'not-supported': 'What the finding names is not the name of a role.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Sessions of other roles that were assumed from this one go on, and so does what was started or changed.',
  'AWS takes some seconds to apply it everywhere. In that time a session can still act, even remove the deny: it is read back, put back where it was taken away, and you are told.',
];

type Target = ResourceOf<'role'>;

/** The console's margin: sessions that are issued while IAM spreads the policy are denied as well. */
const marginMs = 30_000;

const documentUntil = (cutoff: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CordonRevokeOlderSessions',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': cutoff } },
      },
    ],
  });

/** The time in a policy; undefined when the policy is none of Cordon's. */
const cutoffOf = (document: string): string | undefined => {
  const cutoff = /"aws:TokenIssueTime":"([0-9T:.Z-]+)"/.exec(document)?.[1];
  return cutoff && document === documentUntil(cutoff) ? cutoff : undefined;
};

const denyOf = (account: string, role: string, policy: string): Deny => ({
  account,
  role,
  policy,
  inForce: 'denies everything to sessions issued before it was written',
  document: (now) => documentUntil(new Date(now + marginMs).toISOString()),
  isOurs: (found) => cutoffOf(found) !== undefined,
});

const prefix = 'cordon-revoke-older-sessions-';

/** The first that is free: the same as long as nobody writes one in between. */
const freeName = (policies: InlinePolicies): string => {
  let number = 1;
  while (policies.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
};

const isRoleName = (id: string): boolean => /^[\w+=,.@-]{1,64}$/.test(id);

const cannot = (role: string): readonly string[] => [
  `Who can assume ${role}, also an instance or function that has it, gets a new session, which is not denied: close the way in first (isolate the server, deactivate the key, narrow the trust policy).`,
  ...limits,
];

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const { id: name, account, region } = target;
  if (!isRoleName(name))
    return refuse(
      'not-supported',
      `${name} is not the name of a role.`,
      'Look for the role in the finding, and revoke its sessions in the IAM console: the role, "Revoke sessions".',
    );
  const facts = await roleFacts(name, aws);
  if (!facts) return roleNotFound(name, target);
  const deny = denyOf(account, name, freeName(facts.policies));
  const refusal = refuseRole(facts, settings) ?? refuseFull(facts, deny.document(aws.now()));
  if (refusal) return refusal;
  return {
    kind: 'plan',
    action: revokeOlderSessions.id,
    target,
    summary: `Deny everything to all sessions of the role ${name} that were issued before now, in account ${account}.`,
    changes: [
      {
        id: denyId(name, deny.policy),
        label: `Inline policy ${deny.policy} of the role ${name}`,
        before: absent,
        after: deny.inForce,
      },
    ],
    cannot: cannot(name),
    blastRadius: {
      class: 'shared with others',
      lines: [
        'Everybody who uses the role now is denied until they get a new session: servers do so by themselves, as a rule within an hour; a function only when its running environments are replaced, which can take hours: deploy it again; people sign in again.',
        ...roleUses(facts.role, await instancesWith(name, aws), region),
      ],
    },
    reversible: { kind: 'yes' },
    tier: revokeOlderSessions.tier,
  };
};

const plannedDeny = ({ target, changes }: Plan): Deny => {
  const policy = changes[0]?.id.slice(target.id.length + 1);
  if (target.kind !== 'role' || !policy)
    throw new Error(`A plan of ${revokeOlderSessions.id} names a role and one policy`);
  return denyOf(target.account, target.id, policy);
};

/** A run and its verification are over well within this time; an older date has been tampered with. */
const recentMs = 86_400_000;

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const deny = plannedDeny(planned);
  const document = await readDeny(deny, aws);
  const state = denyState(deny, document);
  const cutoff = cutoffOf(document ?? '');
  if (state !== deny.inForce || !cutoff)
    return { kind: 'not-verified', because: `${deny.policy} of ${deny.role} is ${state}` };
  if (Date.parse(cutoff) < aws.now() - recentMs)
    return {
      kind: 'not-verified',
      because: `${deny.policy} of ${deny.role} denies sessions issued before ${cutoff} only: somebody changed it`,
    };
  return {
    kind: 'verified',
    lines: [
      `${deny.policy} of ${deny.role} denies everything to sessions issued before ${cutoff}.`,
      'New sessions remain possible for whoever may assume the role.',
    ],
  };
};

export const revokeOlderSessions = defineAction<Target, Code>({
  id: 'revoke-older-sessions',
  title: 'Revoke all older sessions of a role',
  does: 'Denies everything to all sessions of the role that began before now, with an inline policy of its own name. Says who else uses the role.',
  label: 'Revoke all older sessions',
  on: 'role',
  tier: 2,
  role: 'respond-identity',
  permissions: {
    ...denyOperations,
    plan: [...denyOperations.plan, 'ec2:DescribeInstances', 'iam:ListInstanceProfilesForRole'],
  },
  reviewAfterHours: 24,
  expires: false,
  settleSeconds: 10,
  refuses,
  limits,
  offeredFor: ({ id }) => isRoleName(id),
  plan,
  registers: (planned) => [denyRegister(plannedDeny(planned))],
  verify,
  undoCannot: ['Sessions that have not expired by then work again, also those of an attacker.'],
  byHand: [
    'aws iam put-role-policy --role-name ROLE --policy-name RevokeOlderSessions --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"NOW"}}}]}\'',
  ],
});
