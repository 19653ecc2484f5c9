/**
 * The simulated EC2: Elastic IP addresses, which stay with the account whatever they are on.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
 */
import type {
  AssociateAddressCommandInput,
  DescribeAddressesCommandInput,
  DisassociateAddressCommandInput,
  NetworkInterfaceAssociation,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { filtered } from './ec2-filters.ts';
import type { ElasticAddress } from './network-state.ts';
import type { NetworkInterface, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** What is on an interface's primary address, as AWS describes it there: an Elastic one, or AWS's own. */
export const publicAddress = (
  { network, account }: Partition,
  { id, publicIp }: Pick<NetworkInterface, 'id' | 'publicIp'>,
): { readonly Association?: NetworkInterfaceAssociation } => {
  const elastic = [...network.addresses.values()].find(
    ({ association }) => association?.interface === id,
  );
  if (elastic?.association)
    return {
      Association: {
        AllocationId: elastic.id,
        AssociationId: elastic.association.id,
        PublicIp: elastic.ip,
        IpOwnerId: account,
      },
    };
  return publicIp ? { Association: { PublicIp: publicIp, IpOwnerId: 'amazon' } } : {};
};

const describe = ({ id, ip, association }: ElasticAddress) => ({
  AllocationId: id,
  PublicIp: ip,
  Domain: 'vpc' as const,
  ...(association
    ? {
        AssociationId: association.id,
        NetworkInterfaceId: association.interface,
        PrivateIpAddress: association.privateIp,
      }
    : {}),
});

const findAddress = ({ network }: Partition, id: string): ElasticAddress => {
  const found = network.addresses.get(id);
  if (!found)
    throw new AwsError('InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`);
  return found;
};

export const ec2Addresses = {
  DescribeAddresses(input: DescribeAddressesCommandInput, { partition }: Call) {
    const wanted = input.AllocationIds
      ? input.AllocationIds.map((id) => findAddress(partition, id))
      : partition.network.addresses.values();
    const found = filtered(wanted, input.Filters, { 'public-ip': ({ ip }) => [ip] });
    return { Addresses: found.map(describe) };
  },

  DisassociateAddress(input: DisassociateAddressCommandInput, { partition }: Call) {
    const found = [...partition.network.addresses.values()].find(
      ({ association }) => association?.id === input.AssociationId,
    );
    if (!found)
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${input.AssociationId}' does not exist`,
      );
    delete found.association;
    return {};
  },

  AssociateAddress(input: AssociateAddressCommandInput, { partition, world }: Call) {
    const found = findAddress(partition, input.AllocationId ?? '');
    const each = partition.interfaces.get(input.NetworkInterfaceId ?? '');
    if (!each)
      throw new AwsError(
        'InvalidNetworkInterfaceID.NotFound',
        `The networkInterface ID '${input.NetworkInterfaceId}' does not exist`,
      );
    if (found.association && input.AllowReassociation === false)
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${found.id} is already associated with associate-id ${found.association.id}`,
      );
    const id = world.nextId('eipassoc');
    found.association = {
      ...{ id, interface: each.id, privateIp: input.PrivateIpAddress ?? each.ip },
    };
    return { AssociationId: id };
  },
} satisfies Handlers;
