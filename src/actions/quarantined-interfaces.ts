/**
 * The swap itself: each network interface of an instance is left with the empty quarantine group
 * only. Per interface, because the instance-level call fails on more than one interface.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
 */
import type { NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import {
  type Change,
  type Plan,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import {
  groupsOf,
  ifThere,
  interfaceOperations,
  isQuarantined,
  readInterface,
  vpcsOf,
} from './network-interfaces.ts';
import {
  describeQuarantine,
  ensureQuarantine,
  quarantineGroups,
  quarantineName,
  quarantineState,
  usableQuarantine,
} from './quarantine-group.ts';
import {
  passesTransition,
  transitionGroups,
  transitionName,
  transitionSeconds,
  usableTransition,
} from './transition-group.ts';

const groupSuffix = `/${quarantineName}`;
const interfaceSuffix = '/groups';

export const refuseQuarantine = (
  vpcs: readonly string[],
  groups: readonly SecurityGroup[],
): Refusal<'not-ours' | 'tampered'> | undefined => {
  const foreign = vpcs.find((vpc) => quarantineState(groups, vpc) === 'not ours');
  if (foreign)
    return refuse(
      'not-ours',
      `${foreign} has a security group ${quarantineName} that Cordon did not make.`,
      'Rename or delete that group, then plan again.',
    );
  const tampered = vpcs.find((vpc) => quarantineState(groups, vpc) === 'tampered');
  if (tampered)
    return refuse(
      'tampered',
      `The security group ${quarantineName} of ${tampered} has rules: whatever is in it is not isolated.`,
      'Find out in CloudTrail who added them (AuthorizeSecurityGroupIngress or Egress), revoke them, then plan again.',
    );
  return undefined;
};

/** The groups that are needed, then each interface. */
export const swapChanges = (
  interfaces: readonly NetworkInterface[],
  groups: readonly SecurityGroup[],
): readonly Change[] => [
  ...vpcsOf(interfaces).map((vpc) => ({
    id: vpc + groupSuffix,
    label: `Quarantine security group of ${vpc}`,
    before: describeQuarantine(quarantineState(groups, vpc)),
    after: describeQuarantine('usable'),
  })),
  ...interfaces.map((each) => ({
    id: each.NetworkInterfaceId + interfaceSuffix,
    label: `Security groups of ${each.NetworkInterfaceId}`,
    before: groupsOf(each),
    after: [quarantineName],
  })),
];

const groupRegister = (change: Change, { target }: Plan): Register => {
  const vpc = change.id.slice(0, -groupSuffix.length);
  return {
    id: change.id,
    title: `Prepare ${quarantineName} in ${vpc}`,
    resource: `${target.account}/${target.region}/${vpc}`,
    undoable: false,
    uses: [
      'ec2:CreateSecurityGroup',
      'ec2:CreateTags',
      'ec2:DescribeSecurityGroups',
      'ec2:RevokeSecurityGroupEgress',
    ],
    read: async (aws) => describeQuarantine(quarantineState(await quarantineGroups(aws), vpc)),
    write: (_value, aws) => ensureQuarantine(vpc, aws),
  };
};

/**
 * While it is in the transition group the interface is open to everybody, so all that can be found
 * wrong is looked for before, and one call is left after.
 */
const passThrough = async (
  NetworkInterfaceId: string,
  [transition, quarantine]: readonly [string, string],
  aws: Aws,
): Promise<void> => {
  const move = (group: string) =>
    aws.call('ec2:ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [group] });
  await move(transition);
  await aws.pause(transitionSeconds * 1000);
  try {
    await move(quarantine);
  } catch (error) {
    // The kind of error stays as it is: it decides whether the step is tried again.
    if (error instanceof Error)
      error.message = `${NetworkInterfaceId} is still in ${transitionName}, OPEN TO EVERYBODY: ${error.message}`;
    throw error;
  }
};

/** Group ids for the wire; the quarantine group is checked again, now. */
const resolveGroups = async (
  id: string,
  groups: readonly string[],
  aws: Aws,
): Promise<string[]> => {
  if (!groups.includes(quarantineName)) return [...groups];
  const [networkInterface, quarantine] = await Promise.all([
    readInterface(id, aws),
    quarantineGroups(aws),
  ]);
  const group = usableQuarantine(quarantine, networkInterface.VpcId ?? '');
  return groups.map((each) => (each === quarantineName ? group : each));
};

const transitionIn = async (id: string, aws: Aws): Promise<string> => {
  const [{ VpcId = '' }, groups] = await Promise.all([
    readInterface(id, aws),
    transitionGroups(aws),
  ]);
  return usableTransition(groups, VpcId);
};

const interfaceRegister = (change: Change, planned: Plan): Register => {
  const { target } = planned;
  const id = change.id.slice(0, -interfaceSuffix.length);
  const passing = passesTransition(planned);
  return {
    id: change.id,
    title: `Swap security groups of ${id}`,
    resource: `${target.account}/${target.region}/${id}`,
    undoable: true,
    uses: interfaceOperations,
    ...(passing ? { passes: [[transitionName]] } : {}),
    read: (aws) => ifThere(async () => groupsOf(await readInterface(id, aws))),
    write: async (value, aws) => {
      if (!Array.isArray(value)) throw new Error(`${change.id} is a list of security groups`);
      const [Groups, transition] = await Promise.all([
        resolveGroups(id, value.map(String), aws),
        passing && value.includes(quarantineName) ? transitionIn(id, aws) : undefined,
      ]);
      const [only] = Groups;
      if (transition && only) return passThrough(id, [transition, only], aws);
      await aws.call('ec2:ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, Groups });
    },
  };
};

/** Undefined for the change of something else. */
export const swapRegister = (change: Change, planned: Plan): Register | undefined => {
  if (change.id.endsWith(groupSuffix)) return groupRegister(change, planned);
  return change.id.endsWith(interfaceSuffix) ? interfaceRegister(change, planned) : undefined;
};

/** Every interface that there is now, whether it was planned or not. */
export const verifySwap = (
  instance: string,
  interfaces: readonly NetworkInterface[],
  groups: readonly SecurityGroup[],
): Verification => {
  const open = interfaces.filter((each) => !isQuarantined(each));
  if (interfaces.length === 0 || open.length > 0)
    return {
      kind: 'not-verified',
      because:
        interfaces.length === 0
          ? `AWS lists no network interface of ${instance}`
          : `Not only in ${quarantineName}: ${open.map((each) => each.NetworkInterfaceId).join(', ')}`,
    };
  const bad = vpcsOf(interfaces).find((vpc) => quarantineState(groups, vpc) !== 'usable');
  if (bad !== undefined)
    return {
      kind: 'not-verified',
      because: `${quarantineName} of ${bad} is ${describeQuarantine(quarantineState(groups, bad))}`,
    };
  return {
    kind: 'verified',
    lines: [
      ...interfaces.map((each) => `${each.NetworkInterfaceId} is in ${quarantineName} only.`),
      `${quarantineName} has no rule, in or out, and is ours.`,
    ],
  };
};
