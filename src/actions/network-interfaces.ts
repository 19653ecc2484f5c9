/** The network interfaces of an instance and the security groups they carry. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Json } from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';
import { quarantineName } from './quarantine-group.ts';
import { transitionName } from './transition-group.ts';

/** Every interface of the instance, by id; more than a page of them is possible. */
export const interfacesOf = async (
  instance: string,
  aws: Aws,
): Promise<readonly NetworkInterface[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'attachment.instance-id', Values: [instance] }],
      ...from,
    }),
  );
  return pages
    .flatMap(({ NetworkInterfaces }) => NetworkInterfaces ?? [])
    .sort((a, b) => ((a.NetworkInterfaceId ?? '') < (b.NetworkInterfaceId ?? '') ? -1 : 1));
};

/**
 * The interface's group ids, sorted, the quarantine and the transition group by their words. A group of
 * that name is unique in its VPC, and whether it is ours is always read beside this.
 */
export const groupsOf = (networkInterface: NetworkInterface): readonly string[] =>
  (networkInterface.Groups ?? [])
    .map(({ GroupId, GroupName }) =>
      GroupName === quarantineName || GroupName === transitionName ? GroupName : (GroupId ?? ''),
    )
    .sort();

export const isQuarantined = (networkInterface: NetworkInterface): boolean =>
  groupsOf(networkInterface).join() === quarantineName;

export const vpcsOf = (interfaces: readonly NetworkInterface[]): readonly string[] =>
  [...new Set(interfaces.map(({ VpcId }) => VpcId ?? ''))].sort();

/** Throws AWS's `InvalidNetworkInterfaceID.NotFound` when it is gone. */
export const readInterface = async (id: string, aws: Aws): Promise<NetworkInterface> => {
  const { NetworkInterfaces } = await aws.call('ec2:DescribeNetworkInterfaces', {
    NetworkInterfaceIds: [id],
  });
  const found = NetworkInterfaces?.[0];
  if (!found) throw new Error(`AWS does not describe ${id}`);
  return found;
};

/** What stands for the value of an interface that is gone, so that undo says so and does not fail. */
export const goneInterface = 'gone';

export const ifThere = async (reading: () => Promise<Json>): Promise<Json> => {
  try {
    return await reading();
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidNetworkInterfaceID.NotFound')
      return goneInterface;
    throw error;
  }
};

/** What every register of an interface calls: one session serves them all. */
export const interfaceOperations = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:ModifyNetworkInterfaceAttribute',
] as const;
