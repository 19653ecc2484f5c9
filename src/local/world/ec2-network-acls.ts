/**
 * The simulated EC2: network ACLs, which filter a whole subnet and keep no connection in mind, and
 * Elastic IP addresses. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
import type {
  CreateNetworkAclCommandInput,
  CreateNetworkAclEntryCommandInput,
  DeleteNetworkAclEntryCommandInput,
  NetworkAcl as DescribedAcl,
  DescribeNetworkAclsCommandInput,
  ReplaceNetworkAclAssociationCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { cutSubnet } from './ec2-connections.ts';
import { filtered } from './ec2-filters.ts';
import { tagsOf } from './ec2-groups.ts';
import { describeTags } from './ec2-instances.ts';
import type { AclEntry, NetworkAcl } from './network-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** Of one direction, which the owner can have doubled. */
const entryQuota = 20;
const last = 32_767;

const cidrOf = (cidr: string) =>
  cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr };

/** AWS puts one entry behind all others, which denies the rest. */
const described = ({ entries }: NetworkAcl) => [
  ...[...entries]
    .sort((a, b) => a.number - b.number)
    .map(({ number, egress, action, protocol, cidr }) => ({
      RuleNumber: number,
      Egress: egress,
      RuleAction: action,
      Protocol: protocol,
      ...cidrOf(cidr),
    })),
  ...[true, false].map((Egress) => ({
    RuleNumber: last,
    Egress,
    RuleAction: 'deny' as const,
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
  })),
];

const describeAcl = (account: string, acl: NetworkAcl): DescribedAcl => ({
  NetworkAclId: acl.id,
  VpcId: acl.vpc,
  OwnerId: acl.owner ?? account,
  IsDefault: acl.isDefault,
  Tags: describeTags(acl.tags),
  Entries: described(acl),
  Associations: [...acl.associations].map(([NetworkAclAssociationId, SubnetId]) => ({
    NetworkAclAssociationId,
    SubnetId,
    NetworkAclId: acl.id,
  })),
});

const findAcl = ({ network }: Partition, id: string | undefined): NetworkAcl => {
  const acl = network.acls.get(id ?? '');
  if (!acl)
    throw new AwsError('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`);
  return acl;
};

/** One address of the entry's own, so that the peers that it means are known by their text. */
const cutPeers = (partition: Partition, acl: NetworkAcl, { action, cidr }: AclEntry): void => {
  const [ip] = cidr.split('/');
  const subnets = [...acl.associations.values()];
  for (const [id, { interface: of, peer }] of partition.network.connections) {
    const subnet = partition.interfaces.get(of)?.subnet ?? '';
    if (action === 'deny' && peer === ip && subnets.includes(subnet))
      partition.network.connections.delete(id);
  }
};

export const ec2NetworkAcls = {
  DescribeNetworkAcls(input: DescribeNetworkAclsCommandInput, { partition }: Call) {
    const found = filtered(partition.network.acls.values(), input.Filters, {
      'association.subnet-id': ({ associations }) => [...associations.values()],
      'network-acl-id': ({ id }) => [id],
      'tag:cordon': ({ tags }) => [tags['cordon'] ?? []].flat(),
      'vpc-id': ({ vpc }) => [vpc],
    });
    return { NetworkAcls: found.map((acl) => describeAcl(partition.account, acl)) };
  },

  CreateNetworkAcl(input: CreateNetworkAclCommandInput, { partition, world }: Call) {
    const vpc = partition.vpcs.get(input.VpcId ?? '');
    if (!vpc)
      throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${input.VpcId}' does not exist`);
    const acl: NetworkAcl = {
      id: world.nextId('acl'),
      vpc: vpc.id,
      isDefault: false,
      tags: tagsOf(input.TagSpecifications?.[0]?.Tags),
      entries: [],
      associations: new Map(),
    };
    partition.network.acls.set(acl.id, acl);
    return { NetworkAcl: describeAcl(partition.account, acl) };
  },

  CreateNetworkAclEntry(input: CreateNetworkAclEntryCommandInput, { partition }: Call) {
    const acl = findAcl(partition, input.NetworkAclId);
    const entry: AclEntry = {
      number: input.RuleNumber ?? 0,
      egress: input.Egress === true,
      action: input.RuleAction ?? 'deny',
      protocol: input.Protocol ?? '-1',
      cidr: input.CidrBlock ?? input.Ipv6CidrBlock ?? '',
    };
    const same = acl.entries.filter(({ egress }) => egress === entry.egress);
    if (entry.number < 1 || entry.number >= last - 1)
      throw new AwsError('InvalidParameterValue', `Rule number ${entry.number} is out of range`);
    if (same.some(({ number }) => number === entry.number))
      throw new AwsError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${entry.number} already exists.`,
      );
    if (same.length >= entryQuota)
      throw new AwsError(
        'NetworkAclEntryLimitExceeded',
        `The maximum number of network acl entries has been reached.`,
      );
    acl.entries = [...acl.entries, entry];
    cutPeers(partition, acl, entry);
    return {};
  },

  DeleteNetworkAclEntry(input: DeleteNetworkAclEntryCommandInput, { partition }: Call) {
    const acl = findAcl(partition, input.NetworkAclId);
    const isIt = ({ number, egress }: AclEntry): boolean =>
      number === input.RuleNumber && egress === (input.Egress === true);
    if (!acl.entries.some(isIt))
      throw new AwsError(
        'InvalidNetworkAclEntry.NotFound',
        `The network acl entry identified by ${input.RuleNumber} does not exist.`,
      );
    acl.entries = acl.entries.filter((entry) => !isIt(entry));
    return {};
  },

  ReplaceNetworkAclAssociation(
    input: ReplaceNetworkAclAssociationCommandInput,
    { partition, world }: Call,
  ) {
    const to = findAcl(partition, input.NetworkAclId);
    const from = [...partition.network.acls.values()].find(({ associations }) =>
      associations.has(input.AssociationId ?? ''),
    );
    const subnet = from?.associations.get(input.AssociationId ?? '');
    if (!from || !subnet)
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${input.AssociationId}' does not exist`,
      );
    if (from.vpc !== to.vpc)
      throw new AwsError(
        'InvalidParameterValue',
        `Network ACL ${to.id} and subnet ${subnet} belong to different networks`,
      );
    from.associations.delete(input.AssociationId ?? '');
    const NewAssociationId = world.nextId('aclassoc');
    to.associations.set(NewAssociationId, subnet);
    if (!to.entries.some(({ action }) => action === 'allow')) cutSubnet(partition, subnet);
    return { NewAssociationId };
  },
} satisfies Handlers;
