/**
 * Closes a security group to the internet: every ingress rule from 0.0.0.0/0 or ::/0 is revoked,
 * each by its id. Everything else in the group stays.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
import type { NetworkInterface, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
  defaultPlanSettings,
  defineAction,
  type Json,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';
import {
  ingressOf,
  isHuge,
  isWorldOpen,
  opensWorld,
  permissionOf,
  ruleKey,
  ruleWords,
} from './world-open-rules.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such security group in the account and Region.',
  'not-ours': 'Another account shares it.',
  exempt: 'It carries the exempt tag.',
  'already-contained': 'None of its ingress rules is open to 0.0.0.0/0 or ::/0.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Connections that are open and tracked now go on while they carry traffic, and by default up to 5 days after they fall silent (350 seconds on the newest Nitro instances). Isolate the instance, or stop it, to end them sooner.',
  'Whoever made the rules can make them again: an attacker with the right to, or a pipeline that owns the group.',
];

type Target = ResourceOf<'security-group'>;

const revoked = 'revoked';
const ingress = '/ingress/';

const findGroup = async (id: string, aws: Aws): Promise<SecurityGroup | undefined> => {
  try {
    const { SecurityGroups } = await aws.call('ec2:DescribeSecurityGroups', { GroupIds: [id] });
    return SecurityGroups?.[0];
  } catch (error) {
    const unknown = ['InvalidGroup.NotFound', 'InvalidGroupId.Malformed'];
    if (error instanceof Error && unknown.includes(error.name)) return undefined;
    throw error;
  }
};

const usersOf = async (group: string, aws: Aws): Promise<readonly NetworkInterface[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'group-id', Values: [group] }],
      ...from,
    }),
  );
  return pages.flatMap(({ NetworkInterfaces }) => NetworkInterfaces ?? []);
};

/** AWS takes this many values in one filter. */
const mostValues = 200;

/** Other groups of the same interfaces that let the world in as well. */
const alsoOpen = async (
  group: string,
  users: readonly NetworkInterface[],
  aws: Aws,
): Promise<readonly string[]> => {
  const ids = users.flatMap(({ Groups }) => (Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []));
  const others = [...new Set(ids)].filter((id) => id !== group).slice(0, mostValues);
  if (others.length === 0) return [];
  const { SecurityGroups } = await aws.call('ec2:DescribeSecurityGroups', {
    Filters: [{ Name: 'group-id', Values: others }],
  });
  return (SecurityGroups ?? [])
    .filter(({ IpPermissions }) => (IpPermissions ?? []).some(opensWorld))
    .flatMap(({ GroupId }) => GroupId ?? []);
};

const refuseGroup = (
  target: Target,
  group: SecurityGroup | undefined,
  { exemptTag }: PlanSettings,
): Refusal<Code> | undefined => {
  if (!group)
    return refuse(
      'not-found',
      `There is no security group ${target.id} in account ${target.account}, region ${target.region}.`,
      'It was deleted, or the finding names another account or region. Look at the groups of what it protected.',
    );
  if (group.OwnerId && group.OwnerId !== target.account)
    return refuse(
      'not-ours',
      `${target.id} is shared by account ${group.OwnerId}, which alone can change it.`,
      `Ask for it there, or act on the group from a finding of account ${group.OwnerId}.`,
    );
  if ((group.Tags ?? []).some(({ Key }) => Key === exemptTag))
    return refuse(
      'exempt',
      `${target.id} carries the tag ${exemptTag}.`,
      'Ask the owner of the group. Remove the tag if its rules must be revoked all the same.',
    );
  return undefined;
};

const nothingOpen = (target: Target): Refusal<Code> =>
  refuse(
    'already-contained',
    `No ingress rule of ${target.id} is open to 0.0.0.0/0 or ::/0.`,
    'Nothing needs to be done here. Look at prefix lists, at wide ranges and at the other groups of what it protects.',
  );

/** As recorded for undo: a description is part of the rule. */
const openValue = ({ Description }: SecurityGroupRule): Json =>
  Description ? ['open', Description] : 'open';

const changesOf = (target: Target, open: readonly SecurityGroupRule[]): readonly Change[] =>
  open
    .map((rule): Change => {
      const key = ruleKey(rule);
      const label = `${target.id}: ${ruleWords(key)}`;
      return { id: target.id + ingress + key, label, before: openValue(rule), after: revoked };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const cannotOf = (
  stay: readonly SecurityGroupRule[],
  others: readonly string[],
): readonly string[] => {
  const huge = stay.filter(isHuge).map((rule) => ruleWords(ruleKey(rule)));
  const lists = stay.flatMap(({ PrefixListId }) => PrefixListId ?? []);
  return [
    ...limits,
    ...(huge.length > 0 ? [`Wide ranges stay: ${huge.join(', ')}.`] : []),
    ...(lists.length > 0 ? [`Prefix lists stay, and were not read: ${lists.join(', ')}.`] : []),
    ...(others.length > 0
      ? [
          `Other groups of the same interfaces let the world in too: ${others.join(', ')}. Close them as well.`,
        ]
      : []),
  ];
};

/** Descriptions are other people's words: the lines may only be drawn as plain text. */
const longestDescription = 80;
const mostLines = 10;

const describeUser = (each: NetworkInterface): string => {
  const holder = each.Attachment?.InstanceId
    ? `instance ${each.Attachment.InstanceId}`
    : (each.Description || each.InterfaceType || 'not attached').slice(0, longestDescription);
  const address = each.Association?.PublicIp;
  return `${each.NetworkInterfaceId}: ${holder}${address ? `, public ${address}` : ''}`;
};

const reachOf = (users: readonly NetworkInterface[]): Plan['blastRadius'] => ({
  class: users.length > 1 ? 'shared with others' : 'this resource only',
  lines: [
    users.length === 0
      ? 'No network interface uses the group now.'
      : `Used by ${users.length} network interface${users.length === 1 ? '' : 's'}: whoever comes from the internet by these rules is shut out, customers too.`,
    ...users.slice(0, mostLines).map(describeUser),
    ...(users.length > mostLines ? [`and ${users.length - mostLines} more`] : []),
  ],
});

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [group, rules, users] = await Promise.all([
    findGroup(target.id, aws),
    ingressOf(target.id, aws),
    usersOf(target.id, aws),
  ]);
  const refusal = refuseGroup(target, group, settings);
  if (refusal) return refusal;
  const open = rules.filter(isWorldOpen);
  if (open.length === 0) return nothingOpen(target);
  const others = await alsoOpen(target.id, users, aws);
  return {
    kind: 'plan',
    action: revokeWorldOpenIngress.id,
    target,
    summary: `Close ${target.id} to the internet: ${open.length === 1 ? 'its one rule' : `its ${open.length} rules`} from 0.0.0.0/0 or ::/0 ${open.length === 1 ? 'is' : 'are'} revoked.`,
    changes: changesOf(target, open),
    cannot: cannotOf(
      rules.filter((rule) => !isWorldOpen(rule)),
      others,
    ),
    blastRadius: reachOf(users),
    reversible: { kind: 'yes' },
    tier: revokeWorldOpenIngress.tier,
  };
};

const ruleRegister = (change: Change, { target }: Plan): Register => {
  const key = change.id.slice(target.id.length + ingress.length);
  const find = async (aws: Aws): Promise<SecurityGroupRule | undefined> =>
    (await ingressOf(target.id, aws)).find((rule) => ruleKey(rule) === key);
  return {
    id: change.id,
    title: `Change the rule ${ruleWords(key)} of ${target.id}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: true,
    read: async (aws) => {
      const rule = await find(aws);
      return rule ? openValue(rule) : revoked;
    },
    write: async (value, aws) => {
      const id = (await find(aws))?.SecurityGroupRuleId;
      const GroupId = target.id;
      if (value === revoked) {
        if (id)
          await aws.call('ec2:RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds: [id] });
        return;
      }
      const [word, description] = Array.isArray(value) ? value.map(String) : [String(value)];
      if (word !== 'open') throw new Error(`A rule cannot be made ${JSON.stringify(value)}`);
      if (id) return;
      const IpPermissions = [permissionOf(key, description)];
      await aws.call('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
    },
  };
};

/** Not only what was planned: a rule that came meanwhile leaves the group open. */
const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const open = (await ingressOf(target.id, aws)).filter(isWorldOpen);
  return open.length === 0
    ? {
        kind: 'verified',
        lines: [`No ingress rule of ${target.id} is open to 0.0.0.0/0 or ::/0.`],
      }
    : {
        kind: 'not-verified',
        because: `${target.id} still lets in ${open.map((rule) => ruleWords(ruleKey(rule))).join(', ')}`,
      };
};

export const revokeWorldOpenIngress = defineAction<Target, Code>({
  id: 'revoke-world-open-ingress',
  title: 'Revoke world-open ingress rules',
  does: 'Revokes the ingress rules of a security group that are open to 0.0.0.0/0 or ::/0.',
  label: 'Close to the internet',
  on: 'security-group',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: [
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
    ],
    execute: ['ec2:DescribeSecurityGroupRules', 'ec2:RevokeSecurityGroupIngress'],
    verify: ['ec2:DescribeSecurityGroupRules'],
    undo: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DescribeSecurityGroupRules'],
  },
  reviewAfterHours: 24,
  expires: false,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => planned.changes.map((change) => ruleRegister(change, planned)),
  verify,
  undoCannot: [
    'Each rule comes back with its description, under a new rule id and without its tags.',
    'Whoever was shut out has to connect again.',
  ],
  byHand: [
    "aws ec2 describe-security-group-rules --filters Name=group-id,Values=GROUP --query 'SecurityGroupRules[?CidrIpv4==`0.0.0.0/0` || CidrIpv6==`::/0`]'",
    '# Write the rules down: undo needs them.',
    'aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE',
  ],
});
