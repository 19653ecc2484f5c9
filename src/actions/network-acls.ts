/**
 * Network ACLs: what a subnet lets through, whatever the security groups say. Entries are asked in
 * the order of their numbers, the first that fits decides, and no connection is remembered.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
import type { NetworkAcl, NetworkAclEntry, NetworkInterface } from '@aws-sdk/client-ec2';
import { cidrOf, holds } from '../findings/ip.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';

export const aclsWhere = async (
  filter: { readonly Name: string; readonly Values: readonly string[] },
  aws: Aws,
): Promise<readonly NetworkAcl[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeNetworkAcls', {
      Filters: [{ Name: filter.Name, Values: [...filter.Values] }],
      ...from,
    }),
  );
  return pages
    .flatMap(({ NetworkAcls }) => NetworkAcls ?? [])
    .sort((a, b) => ((a.NetworkAclId ?? '') < (b.NetworkAclId ?? '') ? -1 : 1));
};

export const aclsOf = (subnets: readonly string[], aws: Aws): Promise<readonly NetworkAcl[]> =>
  aclsWhere({ Name: 'association.subnet-id', Values: subnets }, aws);

/** Sorted, each once. */
export const subnetsOf = (interfaces: readonly NetworkInterface[]): readonly string[] =>
  [...new Set(interfaces.flatMap(({ SubnetId }) => SubnetId ?? []))].sort();

/** Every subnet that the ACLs filter. */
export const filteredSubnets = (acls: readonly NetworkAcl[]): readonly string[] =>
  [
    ...new Set(
      acls.flatMap(({ Associations }) =>
        (Associations ?? []).flatMap((each) => each.SubnetId ?? []),
      ),
    ),
  ].sort();

/** Every interface in these subnets, whoever uses it. */
export const interfacesIn = async (
  subnets: readonly string[],
  aws: Aws,
): Promise<readonly NetworkInterface[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'subnet-id', Values: [...subnets] }],
      ...from,
    }),
  );
  return pages.flatMap(({ NetworkInterfaces }) => NetworkInterfaces ?? []);
};

/** AWS's own last entries, which deny the rest: 32767 for IPv4, 32768 for IPv6. */
const firstOfAws = 32_767;

/** The owner's entries of one direction, in the order in which they are asked. */
export const entriesOf = (acl: NetworkAcl, egress: boolean): readonly NetworkAclEntry[] =>
  (acl.Entries ?? [])
    .filter(({ Egress, RuleNumber }) => Egress === egress && (RuleNumber ?? 0) < firstOfAws)
    .sort((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0));

const entryCidr = ({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string =>
  CidrBlock ?? Ipv6CidrBlock ?? '';

/** The entry that denies the address everything before any other lets some of it through. */
export const deniedBy = (
  acl: NetworkAcl,
  egress: boolean,
  ip: string,
): NetworkAclEntry | undefined => {
  for (const entry of entriesOf(acl, egress)) {
    if (!holds(entryCidr(entry), ip)) continue;
    if (entry.RuleAction === 'allow') return undefined;
    if (entry.Protocol === '-1') return entry;
  }
  return undefined;
};

/** Only this address and nothing wider: AWS lets no entry carry a tag that says whose it is. */
export const isOnly = (entry: NetworkAclEntry, ip: string): boolean =>
  entryCidr(entry) === cidrOf(ip);

/** A number before every entry; undefined when there is none. */
export const numberBefore = (acl: NetworkAcl, egress: boolean): number | undefined => {
  const first = entriesOf(acl, egress)[0]?.RuleNumber ?? 100;
  return first > 1 ? first - 1 : undefined;
};

/** Descriptions are other people's words: the lines may only be drawn as plain text. */
const longestDescription = 80;
const mostLines = 6;

const describeInterface = (each: NetworkInterface): string => {
  const holder = each.Attachment?.InstanceId
    ? `instance ${each.Attachment.InstanceId}`
    : (each.Description || each.InterfaceType || 'not attached').slice(0, longestDescription);
  return `${each.NetworkInterfaceId}: ${holder}`;
};

/** What else lives behind the ACLs, in lines. */
export const behind = (
  subnets: readonly string[],
  interfaces: readonly NetworkInterface[],
  own: ReadonlySet<string>,
): readonly string[] => {
  const others = interfaces.filter(({ NetworkInterfaceId }) => !own.has(NetworkInterfaceId ?? ''));
  return [
    others.length === 0
      ? `Nothing else is in ${subnets.join(', ')}.`
      : `${others.length} other network interface${others.length === 1 ? ' is' : 's are'} in ${subnets.join(', ')}:`,
    ...others.slice(0, mostLines).map(describeInterface),
    ...(others.length > mostLines ? [`and ${others.length - mostLines} more`] : []),
  ];
};
