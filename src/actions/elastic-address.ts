/**
 * The Elastic IP addresses of an instance. One that is taken off stays with the account, and goes back
 * to the same private address by its allocation.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html
 */
import type { Address, NetworkInterface } from '@aws-sdk/client-ec2';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';

const suffix = '/association';
const nowhere = 'not associated';
const gone = 'released';

const place = (networkInterface: string, privateIp: string): string =>
  `${networkInterface} at ${privateIp}`;
const placePattern = /^(eni-\S+) at (\S+)$/;

/** One change for each; an address that AWS lent for as long as the instance runs has no allocation. */
export const addressChanges = (interfaces: readonly NetworkInterface[]): readonly Change[] =>
  interfaces.flatMap(({ NetworkInterfaceId = '', PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.flatMap(({ PrivateIpAddress = '', Association }) =>
      Association?.AllocationId
        ? {
            id: Association.AllocationId + suffix,
            label: `Elastic IP address ${Association.PublicIp}`,
            before: place(NetworkInterfaceId, PrivateIpAddress),
            after: nowhere,
          }
        : [],
    ),
  );

export const isAddress = ({ id }: Change): boolean => id.endsWith(suffix);

/** Undefined when the account has it no more. */
const find = async (allocation: string, aws: Aws): Promise<Address | undefined> => {
  try {
    const { Addresses } = await aws.call('ec2:DescribeAddresses', { AllocationIds: [allocation] });
    return Addresses?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidAllocationID.NotFound') return undefined;
    throw error;
  }
};

const placeOf = (found: Address | undefined): string => {
  if (!found) return gone;
  const { AssociationId, NetworkInterfaceId = '', PrivateIpAddress = '' } = found;
  return AssociationId ? place(NetworkInterfaceId, PrivateIpAddress) : nowhere;
};

/** Never takes it from somebody else: a step only writes where the value is its own. */
const write = async (allocation: string, value: string, aws: Aws): Promise<void> => {
  if (value === nowhere) {
    const AssociationId = (await find(allocation, aws))?.AssociationId;
    if (AssociationId) await aws.call('ec2:DisassociateAddress', { AssociationId });
    return;
  }
  const [, NetworkInterfaceId, PrivateIpAddress] = placePattern.exec(value) ?? [];
  if (!NetworkInterfaceId) throw new Error(`${allocation} cannot be made ${JSON.stringify(value)}`);
  await aws.call('ec2:AssociateAddress', {
    AllocationId: allocation,
    NetworkInterfaceId,
    PrivateIpAddress,
    AllowReassociation: false,
  });
};

/** Undefined for the change of something else. */
export const addressRegister = (
  change: Change,
  { target: { account, region } }: Plan,
): Register | undefined => {
  if (!change.id.endsWith(suffix)) return undefined;
  const allocation = change.id.slice(0, -suffix.length);
  return {
    id: change.id,
    title: `Take off, or put back: ${change.label}`,
    resource: `${account}/${region}/${allocation}`,
    undoable: true,
    uses: ['ec2:AssociateAddress', 'ec2:DescribeAddresses', 'ec2:DisassociateAddress'],
    read: async (aws) => placeOf(await find(allocation, aws)),
    write: (value, aws) => write(allocation, String(value), aws),
  };
};
