/**
 * The security group `cordon-quarantine`, one for each VPC: no rule in, no rule out, tagged ours.
 * A group is never trusted for its name: each use reads its tag and rules again.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';

export const quarantineName = 'cordon-quarantine';
const tagKey = 'cordon';
const finishedTag = { Key: tagKey, Value: 'quarantine' };
/** Says that we made the group but have not emptied it yet, so that a killed run can go on. */
const unfinishedTag = { Key: tagKey, Value: 'quarantine-unfinished' };

/** What the group is found to be. Only `usable` isolates anything. */
export type QuarantineState = 'absent' | 'usable' | 'tampered' | 'not ours';

const described: Readonly<Record<QuarantineState, string>> = {
  absent: 'absent',
  usable: 'present, empty, ours',
  tampered: 'present, but it has rules',
  'not ours': 'present, but not made by Cordon',
};

/** The register value of a state, as people see it. */
export const describeQuarantine = (state: QuarantineState): string => described[state];

/** All groups of that name in the account and region, whatever their VPC. */
export const quarantineGroups = async (aws: Aws): Promise<readonly SecurityGroup[]> => {
  const filter = { Name: 'group-name', Values: [quarantineName] };
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeSecurityGroups', {
      Filters: [filter],
      ...from,
    }),
  );
  return pages.flatMap(({ SecurityGroups }) => SecurityGroups ?? []);
};

const inVpc = (groups: readonly SecurityGroup[], vpc: string): SecurityGroup | undefined =>
  groups.find((group) => group.VpcId === vpc && group.GroupName === quarantineName);

const marked = (group: SecurityGroup, tag: { readonly Key: string; readonly Value: string }) =>
  (group.Tags ?? []).some(({ Key, Value }) => Key === tag.Key && Value === tag.Value);

/** An unfinished group counts as absent: writing the register finishes it. */
export const quarantineState = (groups: readonly SecurityGroup[], vpc: string): QuarantineState => {
  const group = inVpc(groups, vpc);
  if (!group || marked(group, unfinishedTag)) return 'absent';
  if (!marked(group, finishedTag)) return 'not ours';
  const rules = (group.IpPermissions ?? []).length + (group.IpPermissionsEgress ?? []).length;
  return rules === 0 ? 'usable' : 'tampered';
};

/** The id of the VPC's quarantine group; throws unless the group is usable right now. */
export const usableQuarantine = (groups: readonly SecurityGroup[], vpc: string): string => {
  const state = quarantineState(groups, vpc);
  const id = inVpc(groups, vpc)?.GroupId;
  if (state !== 'usable' || !id)
    throw new Error(`The security group ${quarantineName} of ${vpc} is ${described[state]}`);
  return id;
};

const create = async (vpc: string, aws: Aws): Promise<void> => {
  try {
    await aws.call('ec2:CreateSecurityGroup', {
      GroupName: quarantineName,
      Description: 'Made by Cordon. No rules, on purpose. Do not edit.',
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [unfinishedTag] }],
    });
  } catch (error) {
    // Somebody else was faster; what they made is checked like any other.
    if (!(error instanceof Error && error.name === 'InvalidGroup.Duplicate')) throw error;
  }
};

/**
 * AWS gives a new group an egress rule to 0.0.0.0/0, and one to ::/0 where the VPC has IPv6, so
 * what is there is read and revoked, whatever it is.
 */
const finish = async (group: SecurityGroup, aws: Aws): Promise<void> => {
  const egress = group.IpPermissionsEgress ?? [];
  if (egress.length > 0)
    await aws.call('ec2:RevokeSecurityGroupEgress', {
      GroupId: group.GroupId,
      IpPermissions: egress,
    });
  await aws.call('ec2:CreateTags', {
    Resources: group.GroupId ? [group.GroupId] : undefined,
    Tags: [finishedTag],
  });
};

/** Makes sure that the VPC has a usable quarantine group; never touches one that is not ours. */
export const ensureQuarantine = async (vpc: string, aws: Aws): Promise<void> => {
  let groups = await quarantineGroups(aws);
  if (!inVpc(groups, vpc)) {
    await create(vpc, aws);
    groups = await quarantineGroups(aws);
  }
  const group = inVpc(groups, vpc);
  if (group && marked(group, unfinishedTag)) {
    await finish(group, aws);
    groups = await quarantineGroups(aws);
  }
  usableQuarantine(groups, vpc);
};
