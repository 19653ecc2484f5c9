/**
 * Ingress rules of a security group that let the whole internet in, told apart by what they allow:
 * AWS holds each combination of protocol, ports and source once, and gives it a new id each time.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';

/** Every ingress rule of the group; none for a group that is gone. */
export const ingressOf = async (group: string, aws: Aws): Promise<readonly SecurityGroupRule[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [group] }],
      ...from,
    }),
  );
  return pages
    .flatMap(({ SecurityGroupRules }) => SecurityGroupRules ?? [])
    .filter(({ IsEgress }) => !IsEgress);
};

export const isWorldOpen = ({ CidrIpv4, CidrIpv6 }: SecurityGroupRule): boolean =>
  CidrIpv4 === '0.0.0.0/0' || CidrIpv6 === '::/0';

/** Whether a permission, as DescribeSecurityGroups nests them, lets the whole internet in. */
export const opensWorld = ({ IpRanges, Ipv6Ranges }: IpPermission): boolean =>
  (IpRanges ?? []).some(({ CidrIp }) => CidrIp === '0.0.0.0/0') ||
  (Ipv6Ranges ?? []).some(({ CidrIpv6 }) => CidrIpv6 === '::/0');

/** `tcp/22-22/0.0.0.0/0`, the same for the rule that an undo makes. */
export const ruleKey = (rule: SecurityGroupRule): string =>
  [
    rule.IpProtocol ?? '-1',
    `${rule.FromPort ?? -1}:${rule.ToPort ?? -1}`,
    rule.CidrIpv4 ?? rule.CidrIpv6 ?? '',
  ].join('/');

const keyPattern = /^([^/]+)\/(-?\d+):(-?\d+)\/(.+)$/;

/** What the rule of this key allows, for AuthorizeSecurityGroupIngress. */
export const permissionOf = (key: string, description: string | undefined): IpPermission => {
  const [, protocol, from, to, cidr = ''] = keyPattern.exec(key) ?? [];
  if (!protocol) throw new Error(`${key} is no key of a security group rule`);
  const about = description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocol,
    // All protocols know no ports.
    ...(protocol === '-1' ? {} : { FromPort: Number(from), ToPort: Number(to) }),
    ...(cidr.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: cidr, ...about }] }
      : { IpRanges: [{ CidrIp: cidr, ...about }] }),
  };
};

const portsText = (protocol: string, from: string, to: string): string => {
  if (protocol === '-1' || from === '-1') return '';
  if (protocol.startsWith('icmp')) return ` type ${from}`;
  return from === to ? ` ${from}` : ` ${from}-${to}`;
};

/** `tcp 22 from 0.0.0.0/0`. */
export const ruleWords = (key: string): string => {
  const [, protocol = '', from = '', to = '', cidr = ''] = keyPattern.exec(key) ?? [];
  return `${protocol === '-1' ? 'everything' : protocol}${portsText(protocol, from, to)} from ${cidr}`;
};

/** Half of the internet, twice, is all of it, and is not what AWS calls open to the world. */
export const isHuge = ({ CidrIpv4, CidrIpv6 }: SecurityGroupRule): boolean =>
  /\/[1-7]$/.test(CidrIpv4 ?? '') || /\/([1-9]|1\d)$/.test(CidrIpv6 ?? '');
