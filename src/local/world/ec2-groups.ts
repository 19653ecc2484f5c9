/** The simulated EC2: security groups, their rules and tags. */
import type {
  AuthorizeSecurityGroupEgressCommandInput,
  AuthorizeSecurityGroupIngressCommandInput,
  CreateSecurityGroupCommandInput,
  CreateTagsCommandInput,
  DeleteSecurityGroupCommandInput,
  SecurityGroup as DescribedGroup,
  DescribeSecurityGroupsCommandInput,
  IpPermission,
  RevokeSecurityGroupEgressCommandInput,
  RevokeSecurityGroupIngressCommandInput,
  Tag,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { filtered } from './ec2-filters.ts';
import { describeTags } from './ec2-instances.ts';
import { defaultEgress, permissionsOf, ruleId, rulesOf, sameRule } from './security-rules.ts';
import type { Partition, SecurityGroup, SecurityRule, Tags } from './state.ts';
import type { Call, Handlers } from './world.ts';

const describeGroup = (account: string, group: SecurityGroup): DescribedGroup => ({
  GroupId: group.id,
  GroupName: group.name,
  Description: group.description,
  OwnerId: group.owner ?? account,
  VpcId: group.vpc,
  Tags: describeTags(group.tags),
  IpPermissions: permissionsOf(group.ingress),
  IpPermissionsEgress: permissionsOf(group.egress),
});

const findGroup = ({ groups }: Partition, id: string | undefined): SecurityGroup => {
  const group = groups.get(id ?? '');
  if (!group)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
  return group;
};

/** Each authorised rule gets an id of its own, also one that was there before. */
const added = (
  rules: readonly SecurityRule[],
  permissions: readonly IpPermission[] | undefined,
  world: Call['world'],
): readonly SecurityRule[] => {
  const more = rulesOf(permissions ?? []).map((rule) => ({ ...rule, id: world.nextId('sgr') }));
  if (more.some((rule) => rules.some((known) => sameRule(known, rule))))
    throw new AwsError('InvalidPermission.Duplicate', 'The specified rule already exists');
  return [...rules, ...more];
};

const removed = (
  rules: readonly SecurityRule[],
  permissions: readonly IpPermission[] | undefined,
): readonly SecurityRule[] => {
  const less = rulesOf(permissions ?? []);
  if (less.some((rule) => !rules.some((known) => sameRule(known, rule))))
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  return rules.filter((rule) => !less.some((gone) => sameRule(gone, rule)));
};

/** Only what comes in. */
const removedById = (group: SecurityGroup, ids: readonly string[]): readonly SecurityRule[] => {
  const idOf = (rule: SecurityRule): string => ruleId(group.id, 'in', rule);
  const unknown = ids.find((id) => !group.ingress.some((rule) => idOf(rule) === id));
  if (unknown)
    throw new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${unknown}' does not exist`,
    );
  return group.ingress.filter((rule) => !ids.includes(idOf(rule)));
};

export const tagsOf = (tags: readonly Tag[] | undefined): Tags =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));

export const ec2Groups = {
  DescribeSecurityGroups(input: DescribeSecurityGroupsCommandInput, { partition }: Call) {
    const wanted = input.GroupIds
      ? input.GroupIds.map((id) => findGroup(partition, id))
      : partition.groups.values();
    const found = filtered(wanted, input.Filters, {
      'group-id': (group) => [group.id],
      'group-name': (group) => [group.name],
      'vpc-id': (group) => [group.vpc],
    });
    return { SecurityGroups: found.map((group) => describeGroup(partition.account, group)) };
  },

  CreateSecurityGroup(input: CreateSecurityGroupCommandInput, { partition, world }: Call) {
    const vpc = partition.vpcs.get(input.VpcId ?? '');
    if (!vpc)
      throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${input.VpcId}' does not exist`);
    const name = input.GroupName ?? '';
    if ([...partition.groups.values()].some((each) => each.name === name && each.vpc === vpc.id))
      throw new AwsError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    if (partition.groups.size >= partition.network.groupQuota)
      throw new AwsError(
        'SecurityGroupLimitExceeded',
        'You have reached the maximum number of security groups for this Region.',
      );
    const id = world.nextId('sg');
    partition.groups.set(id, {
      id,
      name,
      description: input.Description ?? '',
      vpc: vpc.id,
      tags: tagsOf(input.TagSpecifications?.[0]?.Tags),
      ingress: [],
      egress: defaultEgress(vpc.ipv6),
    });
    return { GroupId: id };
  },

  DeleteSecurityGroup(input: DeleteSecurityGroupCommandInput, { partition }: Call) {
    const group = findGroup(partition, input.GroupId);
    if ([...partition.interfaces.values()].some(({ groups }) => groups.includes(group.id)))
      throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`);
    partition.groups.delete(group.id);
    return { Return: true, GroupId: group.id };
  },

  CreateTags(input: CreateTagsCommandInput, { partition }: Call) {
    for (const id of input.Resources ?? []) {
      const tagged = partition.groups.get(id) ?? partition.instances.get(id);
      if (!tagged) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
      tagged.tags = { ...tagged.tags, ...tagsOf(input.Tags) };
    }
    return {};
  },

  AuthorizeSecurityGroupEgress(input: AuthorizeSecurityGroupEgressCommandInput, at: Call) {
    const group = findGroup(at.partition, input.GroupId);
    group.egress = added(group.egress, input.IpPermissions, at.world);
    return { Return: true };
  },

  AuthorizeSecurityGroupIngress(input: AuthorizeSecurityGroupIngressCommandInput, at: Call) {
    const group = findGroup(at.partition, input.GroupId);
    group.ingress = added(group.ingress, input.IpPermissions, at.world);
    return { Return: true };
  },

  RevokeSecurityGroupEgress(input: RevokeSecurityGroupEgressCommandInput, at: Call) {
    const group = findGroup(at.partition, input.GroupId);
    group.egress = removed(group.egress, input.IpPermissions);
    return { Return: true };
  },

  RevokeSecurityGroupIngress(input: RevokeSecurityGroupIngressCommandInput, at: Call) {
    const group = findGroup(at.partition, input.GroupId);
    group.ingress = input.SecurityGroupRuleIds
      ? removedById(group, input.SecurityGroupRuleIds)
      : removed(group.ingress, input.IpPermissions);
    return { Return: true };
  },
} satisfies Handlers;
