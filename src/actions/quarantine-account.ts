/**
 * Denies everything to everybody in an account of the organisation, by a service control policy that
 * leaves out the roles of Cordon and of people for emergencies. That it does leave them out is read
 * from AWS's own copy of the policy before it is attached.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { exempted, policiesOn, policyName } from './control-policies.ts';
import {
  attached,
  attachment,
  attachmentRegister,
  attachmentSuffix,
  foreign,
  inForce,
  notAttached,
  policyRegister,
  policyState,
  policySuffix,
  rolesIn,
} from './quarantine-policy.ts';
import { defaultRoleNames } from './role-names.ts';

/** When it is refused, by code. */
const refuses = {
  'not-supported': 'It is the management account, which service control policies do not reach.',
  'not-ours': 'It is not in the organisation, or its policies cannot be read.',
  'wrong-state': 'As many policies are attached to it as AWS takes.',
  'not-permitted': 'No break-glass role is configured.',
  tampered: 'A policy of that name has other text.',
  'already-contained': 'It is in quarantine.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What runs goes on running and talking: only its calls to AWS are denied. Isolate instances as well.',
  'Service-linked roles, and the management account, are not reached by service control policies.',
  'Who is let in from other accounts by policies of resources is stopped by neither this nor anything else in the account’s own policies.',
  'AWS takes some minutes to apply it everywhere.',
];

type Target = ResourceOf<'account'>;

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const mostAttached = 5;

const refuseAccount = (
  { account }: Target,
  management: string | undefined,
  policies: Awaited<ReturnType<typeof policiesOn>>,
): Refusal<Code> | undefined => {
  if (account === management)
    return refuse(
      'not-supported',
      `${account} is the management account: service control policies have no effect in it.`,
      'Contain its users and revoke its sessions one by one. Sign in as root from a clean machine, change the password, and call AWS Support.',
    );
  if (!policies)
    return refuse(
      'not-ours',
      `Account ${account} is not in the organisation, or its policies cannot be read.`,
      'Ask its owner. Check that the security account is the delegated administrator for service control policies.',
    );
  return policies.length >= mostAttached &&
    !policies.some(({ Name }) => Name === policyName(account))
    ? refuse(
        'wrong-state',
        `${policies.length} service control policies are attached to ${account}, and AWS takes no more.`,
        'Detach one that others make superfluous, then plan again; or contain its users and roles one by one.',
      )
    : undefined;
};

/** Whoever would lock out everybody has nobody left to undo it. */
const noWayBack = ({ account }: Target, names: readonly string[]): Refusal<Code> | undefined =>
  names.length === 0
    ? refuse(
        'not-permitted',
        `No break-glass role is configured, so in account ${account} nobody but Cordon could do anything any more.`,
        'Name one with `breakGlassRoles` in cordon.config.ts, for people to look into the account with, then plan again.',
      )
    : undefined;

const changesOf = (
  account: string,
  states: { readonly policy: string; readonly attachment: string },
  roles: readonly string[],
): readonly Change[] => [
  {
    id: account + policySuffix,
    label: `Service control policy ${policyName(account)}`,
    before: states.policy,
    after: inForce(roles),
  },
  {
    id: account + attachmentSuffix,
    label: `${policyName(account)} on account ${account}`,
    before: states.attachment,
    after: attached,
  },
];

const plan = async (
  target: Target,
  aws: Aws,
  { breakGlassRoles = [], roleNames = defaultRoleNames }: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const { account } = target;
  const roles = exempted(account, breakGlassRoles, roleNames);
  const [{ Organization }, policies, policy] = await Promise.all([
    aws.call('organizations:DescribeOrganization', {}),
    policiesOn(account, aws),
    policyState(account, roles, aws),
  ]);
  const refusal =
    refuseAccount(target, Organization?.MasterAccountId, policies) ??
    noWayBack(target, breakGlassRoles);
  if (refusal) return refusal;
  const on = policies?.some(({ Name }) => Name === policyName(account)) ? attached : notAttached;
  if (policy === foreign)
    return refuse(
      'tampered',
      `The service control policy ${policyName(account)} is not what Cordon writes for ${inForce(roles).replace('denies everything but to ', '')}.`,
      'If the break-glass roles of the configuration changed, delete the old policy where it is not attached. Else find out in CloudTrail who wrote it (UpdatePolicy). Then plan again.',
    );
  if (on === attached)
    return refuse(
      'already-contained',
      `Account ${account} is in quarantine already.`,
      'Nothing needs to be done. Undo the earlier quarantine to release it.',
    );
  return {
    kind: 'plan',
    action: quarantineAccount.id,
    target,
    summary: `Deny everything to everybody in account ${account}, but for ${roles.length} roles.`,
    changes: changesOf(account, { policy, attachment: on }, roles),
    cannot: limits,
    blastRadius: {
      class: 'whole account',
      lines: [
        `Every user and role of account ${account} is denied every call in every Region, its root user included.`,
        'Whatever depends on such calls fails: deployments, Auto Scaling, functions, backups, signing in.',
        `Left out: ${roles.join(', ')}.`,
      ],
    },
    reversible: { kind: 'yes' },
    tier: quarantineAccount.tier,
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { account } = planned.target;
  const roles = rolesIn(planned);
  const [policy, on] = await Promise.all([
    policyState(account, roles, aws),
    attachment(account, aws),
  ]);
  return policy === inForce(roles) && on === attached
    ? {
        kind: 'verified',
        lines: [`${policyName(account)} is attached to ${account} and ${policy}.`],
      }
    : {
        kind: 'not-verified',
        because: `${policyName(account)} is ${on} on ${account}; the policy ${policy}`,
      };
};

export const quarantineAccount = defineAction<Target, Code>({
  id: 'quarantine-account',
  title: 'Quarantine account',
  does: 'Attaches a service control policy to the account that denies everything but to Cordon’s roles and the break-glass roles, after it was proved that those are let through.',
  label: 'Quarantine the account',
  on: 'account',
  tier: 3,
  role: 'respond-organization',
  permissions: {
    plan: [
      'organizations:DescribeOrganization',
      'organizations:DescribePolicy',
      'organizations:ListPolicies',
      'organizations:ListPoliciesForTarget',
    ],
    execute: [
      'organizations:AttachPolicy',
      'organizations:CreatePolicy',
      'organizations:DescribePolicy',
      'organizations:ListPolicies',
      'organizations:ListPoliciesForTarget',
    ],
    verify: [
      'organizations:DescribePolicy',
      'organizations:ListPolicies',
      'organizations:ListPoliciesForTarget',
    ],
    undo: ['organizations:DetachPolicy', 'organizations:ListPoliciesForTarget'],
  },
  reviewAfterHours: 1,
  expires: false,
  settleSeconds: 10,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => [policyRegister(planned), attachmentRegister(planned)],
  verify,
  undoCannot: [
    'The policy stays in the organisation, attached to nothing.',
    'What failed meanwhile does not catch up by itself.',
  ],
  byHand: [
    "aws organizations create-policy --type SERVICE_CONTROL_POLICY --name quarantine-ACCOUNT --description 'Quarantine' --content file://deny-all-but-emergency-roles.json",
    'aws organizations attach-policy --policy-id POLICY --target-id ACCOUNT',
    '# From the management account; it stops everybody in the account but the roles that the policy leaves out.',
  ],
});
