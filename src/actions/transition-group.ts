/**
 * The security group `cordon-transition`, which lets everything through both ways. AWS does not track
 * what such rules allow: a connection that carries traffic while an interface is in it ends as soon as
 * the interface leaves it. It is made for one isolation and removed at its end.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { type Change, type Plan, type Refusal, type Register, refuse } from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';

export const transitionName = 'cordon-transition';
/** How long an interface stays in it: nobody is kept out meanwhile. */
export const transitionSeconds = 5;

const finishedTag = { Key: 'cordon', Value: 'transition' };
/** The policy lets `cordon-respond` finish what carries this, and nothing else. */
const unfinishedTag = { Key: 'cordon', Value: 'quarantine-unfinished' };

type TransitionState = 'absent' | 'usable' | 'not ours';

const described: Readonly<Record<TransitionState, string>> = {
  absent: 'absent',
  usable: 'present, open, ours',
  'not ours': 'present, but not made by Cordon',
};

const madeSuffix = `/${transitionName}`;
const removedSuffix = `${madeSuffix}/removed`;

export const transitionGroups = async (aws: Aws): Promise<readonly SecurityGroup[]> => {
  const Filters = [{ Name: 'group-name', Values: [transitionName] }];
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeSecurityGroups', { Filters, ...from }),
  );
  return pages.flatMap(({ SecurityGroups }) => SecurityGroups ?? []);
};

const inVpc = (groups: readonly SecurityGroup[], vpc: string): SecurityGroup | undefined =>
  groups.find(({ VpcId, GroupName }) => VpcId === vpc && GroupName === transitionName);

const marked = ({ Tags = [] }: SecurityGroup, tag: typeof finishedTag): boolean =>
  Tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value);

/** One that is not finished counts as absent: writing the register finishes it. */
const stateIn = (groups: readonly SecurityGroup[], vpc: string): TransitionState => {
  const group = inVpc(groups, vpc);
  if (!group || marked(group, unfinishedTag)) return 'absent';
  return marked(group, finishedTag) ? 'usable' : 'not ours';
};

/** Throws unless it is there and ours right now. */
export const usableTransition = (groups: readonly SecurityGroup[], vpc: string): string => {
  const id = inVpc(groups, vpc)?.GroupId;
  const state = stateIn(groups, vpc);
  if (state !== 'usable' || !id)
    throw new Error(`The security group ${transitionName} of ${vpc} is ${described[state]}`);
  return id;
};

export const refuseTransition = (
  vpcs: readonly string[],
  groups: readonly SecurityGroup[],
): Refusal<'not-ours'> | undefined => {
  const foreign = vpcs.find((vpc) => stateIn(groups, vpc) === 'not ours');
  return foreign
    ? refuse(
        'not-ours',
        `${foreign} has a security group ${transitionName} that Cordon did not make.`,
        'Rename or delete that group, or switch isolation.transitionGroup off, then plan again.',
      )
    : undefined;
};

/** Made before the swap. */
export const transitionMade = (vpc: string, groups: readonly SecurityGroup[]): Change => ({
  id: vpc + madeSuffix,
  label: `Transition security group of ${vpc}`,
  before: described[stateIn(groups, vpc)],
  after: described.usable,
});

/** Removed after it. */
export const transitionRemoved = (vpc: string): Change => ({
  id: vpc + removedSuffix,
  label: `Transition security group of ${vpc}, after the swap`,
  before: described.usable,
  after: described.absent,
});

export const passesTransition = ({ changes }: Plan): boolean =>
  changes.some(({ id }) => id.endsWith(madeSuffix));

/** Its promise holds for the swap only. */
export const isForAWhile = ({ id }: Change): boolean => id.endsWith(madeSuffix);

const create = async (vpc: string, aws: Aws): Promise<void> => {
  try {
    await aws.call('ec2:CreateSecurityGroup', {
      GroupName: transitionName,
      Description: 'Made by Cordon for seconds, while it isolates an instance. Do not use.',
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [unfinishedTag] }],
    });
  } catch (error) {
    // Somebody else was faster; what they made is checked like any other.
    if (!(error instanceof Error && error.name === 'InvalidGroup.Duplicate')) throw error;
  }
};

const toAll = ({ IpProtocol }: IpPermission): boolean => IpProtocol === '-1';

/** What is missing to let everything through: AWS makes some rules itself, a run that died made others. */
const missing = (there: readonly IpPermission[]): readonly IpPermission[] => [
  ...(there.some(
    (rule) => toAll(rule) && rule.IpRanges?.some(({ CidrIp }) => CidrIp === '0.0.0.0/0'),
  )
    ? []
    : [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
  ...(there.some(
    (rule) => toAll(rule) && rule.Ipv6Ranges?.some(({ CidrIpv6 }) => CidrIpv6 === '::/0'),
  )
    ? []
    : [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
];

const open = async (
  { GroupId, IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup,
  aws: Aws,
): Promise<void> => {
  const [ingress, egress] = [[...missing(IpPermissions)], [...missing(IpPermissionsEgress)]];
  await Promise.all([
    ingress.length > 0 &&
      aws.call('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: ingress }),
    egress.length > 0 &&
      aws.call('ec2:AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: egress }),
  ]);
  await aws.call('ec2:CreateTags', {
    Resources: GroupId ? [GroupId] : undefined,
    Tags: [finishedTag],
  });
};

const ensure = async (vpc: string, aws: Aws): Promise<void> => {
  let groups = await transitionGroups(aws);
  if (!inVpc(groups, vpc)) {
    await create(vpc, aws);
    groups = await transitionGroups(aws);
  }
  const group = inVpc(groups, vpc);
  if (group && marked(group, unfinishedTag)) await open(group, aws);
  usableTransition(await transitionGroups(aws), vpc);
};

/** AWS may take an interface for a member for some seconds after it left. */
const tries = 5;
const betweenMs = 2000;

const remove = async (vpc: string, aws: Aws): Promise<void> => {
  const groups = await transitionGroups(aws);
  if (stateIn(groups, vpc) === 'absent') return;
  const GroupId = usableTransition(groups, vpc);
  for (let left = tries - 1; ; left -= 1)
    try {
      await aws.call('ec2:DeleteSecurityGroup', { GroupId });
      return;
    } catch (error) {
      const inUse = error instanceof Error && error.name === 'DependencyViolation';
      if (!inUse || left === 0) throw error;
      await aws.pause(betweenMs);
    }
};

/** Undefined for the change of something else. */
export const transitionRegister = (
  change: Change,
  { target: { account, region } }: Plan,
): Register | undefined => {
  const suffix = [removedSuffix, madeSuffix].find((each) => change.id.endsWith(each));
  if (!suffix) return undefined;
  const vpc = change.id.slice(0, -suffix.length);
  return {
    id: change.id,
    title: `${suffix === madeSuffix ? 'Make' : 'Remove'} ${transitionName} in ${vpc}`,
    resource: `${account}/${region}/${vpc}`,
    undoable: false,
    uses: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateSecurityGroup',
      'ec2:CreateTags',
      'ec2:DeleteSecurityGroup',
      'ec2:DescribeSecurityGroups',
    ],
    read: async (aws) => described[stateIn(await transitionGroups(aws), vpc)],
    write: (value, aws) => (value === described.absent ? remove(vpc, aws) : ensure(vpc, aws)),
  };
};
