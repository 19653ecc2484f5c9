/** Security group rules between the SDK's nested permissions and the world's flat list. */
import type { IpPermission } from '@aws-sdk/client-ec2';
import type { SecurityRule } from './state.ts';

const peersOf = (permission: IpPermission): readonly SecurityRule['peer'][] => [
  ...(permission.IpRanges ?? []).map(
    (each) => ({ kind: 'ipv4', value: each.CidrIp ?? '' }) as const,
  ),
  ...(permission.Ipv6Ranges ?? []).map(
    (each) => ({ kind: 'ipv6', value: each.CidrIpv6 ?? '' }) as const,
  ),
  ...(permission.UserIdGroupPairs ?? []).map(
    (each) => ({ kind: 'group', value: each.GroupId ?? '' }) as const,
  ),
  ...(permission.PrefixListIds ?? []).map(
    (each) => ({ kind: 'prefix-list', value: each.PrefixListId ?? '' }) as const,
  ),
];

export const rulesOf = (permissions: readonly IpPermission[]): readonly SecurityRule[] =>
  permissions.flatMap((permission) =>
    peersOf(permission).map((peer) => ({
      protocol: permission.IpProtocol ?? '-1',
      ...(permission.FromPort === undefined ? {} : { from: permission.FromPort }),
      ...(permission.ToPort === undefined ? {} : { to: permission.ToPort }),
      peer,
    })),
  );

const portsOf = ({ protocol, from, to }: SecurityRule): string => [protocol, from, to].join('/');

/** Whether two rules are one for AWS. */
export const sameRule = (a: SecurityRule, b: SecurityRule): boolean =>
  portsOf(a) === portsOf(b) && a.peer.kind === b.peer.kind && a.peer.value === b.peer.value;

/** One permission for each protocol and port range, with all lists present, as AWS describes. */
export const permissionsOf = (rules: readonly SecurityRule[]): IpPermission[] => {
  const ports = [...new Set(rules.map(portsOf))];
  return ports.map((port) => {
    const same = rules.filter((rule) => portsOf(rule) === port);
    const values = (kind: SecurityRule['peer']['kind']) =>
      same.filter((rule) => rule.peer.kind === kind).map((rule) => rule.peer.value);
    return {
      IpProtocol: same[0]?.protocol,
      FromPort: same[0]?.from,
      ToPort: same[0]?.to,
      IpRanges: values('ipv4').map((CidrIp) => ({ CidrIp })),
      Ipv6Ranges: values('ipv6').map((CidrIpv6) => ({ CidrIpv6 })),
      UserIdGroupPairs: values('group').map((GroupId) => ({ GroupId })),
      PrefixListIds: values('prefix-list').map((PrefixListId) => ({ PrefixListId })),
    };
  });
};

/** `tcp 443 from 0.0.0.0/0`, `all to ::/0`. */
export const ruleText = (rule: SecurityRule, direction: 'from' | 'to'): string => {
  const protocol = rule.protocol === '-1' ? 'all' : rule.protocol;
  const range = rule.from === rule.to ? `${rule.from}` : `${rule.from}-${rule.to}`;
  const ports = rule.from === undefined ? '' : ` ${range}`;
  return `${protocol}${ports} ${direction} ${rule.peer.value}`;
};

/** What AWS puts into a new group. */
export const defaultEgress = (ipv6: boolean): readonly SecurityRule[] => [
  { protocol: '-1', peer: { kind: 'ipv4', value: '0.0.0.0/0' } },
  ...(ipv6 ? ([{ protocol: '-1', peer: { kind: 'ipv6', value: '::/0' } }] as const) : []),
];
