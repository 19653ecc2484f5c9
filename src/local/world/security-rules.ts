/** Security group rules between the SDK's nested permissions and the world's flat list. */
import { createHash } from 'node:crypto';
import type { IpPermission } from '@aws-sdk/client-ec2';
import type { SecurityRule } from './state.ts';

type Source = Pick<SecurityRule, 'peer' | 'description'>;

const source = (
  kind: SecurityRule['peer']['kind'],
  value: string | undefined,
  description: string | undefined,
): Source => ({ peer: { kind, value: value ?? '' }, ...(description ? { description } : {}) });

const sourcesOf = (permission: IpPermission): readonly Source[] => [
  ...(permission.IpRanges ?? []).map((each) => source('ipv4', each.CidrIp, each.Description)),
  ...(permission.Ipv6Ranges ?? []).map((each) => source('ipv6', each.CidrIpv6, each.Description)),
  ...(permission.UserIdGroupPairs ?? []).map((each) =>
    source('group', each.GroupId, each.Description),
  ),
  ...(permission.PrefixListIds ?? []).map((each) =>
    source('prefix-list', each.PrefixListId, each.Description),
  ),
];

export const rulesOf = (permissions: readonly IpPermission[]): readonly SecurityRule[] =>
  permissions.flatMap((permission) =>
    sourcesOf(permission).map((from) => ({
      protocol: permission.IpProtocol ?? '-1',
      ...(permission.FromPort === undefined ? {} : { from: permission.FromPort }),
      ...(permission.ToPort === undefined ? {} : { to: permission.ToPort }),
      ...from,
    })),
  );

const portsOf = ({ protocol, from, to }: SecurityRule): string => [protocol, from, to].join('/');

/** Whether two rules are one for AWS. */
export const sameRule = (a: SecurityRule, b: SecurityRule): boolean =>
  portsOf(a) === portsOf(b) && a.peer.kind === b.peer.kind && a.peer.value === b.peer.value;

/** The id of a rule of this group. */
export const ruleId = (group: string, way: 'in' | 'out', rule: SecurityRule): string =>
  rule.id ??
  `sgr-0${createHash('sha256')
    .update([group, way, portsOf(rule), rule.peer.kind, rule.peer.value].join(' '))
    .digest('hex')
    .slice(0, 16)}`;

/** One permission for each protocol and port range, with all lists present, as AWS describes. */
export const permissionsOf = (rules: readonly SecurityRule[]): IpPermission[] => {
  const ports = [...new Set(rules.map(portsOf))];
  return ports.map((port) => {
    const same = rules.filter((rule) => portsOf(rule) === port);
    const peers = <K extends string>(kind: SecurityRule['peer']['kind'], member: K) =>
      same
        .filter((rule) => rule.peer.kind === kind)
        .map(({ peer, description }) => ({
          ...({ [member]: peer.value } as Record<K, string>),
          ...(description ? { Description: description } : {}),
        }));
    return {
      IpProtocol: same[0]?.protocol,
      FromPort: same[0]?.from,
      ToPort: same[0]?.to,
      IpRanges: peers('ipv4', 'CidrIp'),
      Ipv6Ranges: peers('ipv6', 'CidrIpv6'),
      UserIdGroupPairs: peers('group', 'GroupId'),
      PrefixListIds: peers('prefix-list', 'PrefixListId'),
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
