/** The simulated EC2: security group rules, each with an id. */
import type {
  SecurityGroupRule as DescribedRule,
  DescribeSecurityGroupRulesCommandInput,
} from '@aws-sdk/client-ec2';
import { filtered } from './ec2-filters.ts';
import { ruleId } from './security-rules.ts';
import type { SecurityGroup, SecurityRule } from './state.ts';
import type { Call, Handlers } from './world.ts';

const peerMembers = {
  ipv4: (value: string) => ({ CidrIpv4: value }),
  ipv6: (value: string) => ({ CidrIpv6: value }),
  group: (GroupId: string) => ({ ReferencedGroupInfo: { GroupId } }),
  'prefix-list': (value: string) => ({ PrefixListId: value }),
} as const;

/** All protocols and all ports are -1 here, where DescribeSecurityGroups leaves the ports out. */
const describeRule = (
  group: SecurityGroup,
  way: 'in' | 'out',
  rule: SecurityRule,
): DescribedRule => ({
  SecurityGroupRuleId: ruleId(group.id, way, rule),
  GroupId: group.id,
  IsEgress: way === 'out',
  IpProtocol: rule.protocol,
  FromPort: rule.from ?? -1,
  ToPort: rule.to ?? -1,
  ...peerMembers[rule.peer.kind](rule.peer.value),
  ...(rule.description ? { Description: rule.description } : {}),
});

export const ec2Rules = {
  DescribeSecurityGroupRules(input: DescribeSecurityGroupRulesCommandInput, { partition }: Call) {
    const rules = [...partition.groups.values()].flatMap((group) => [
      ...group.ingress.map((rule) => describeRule(group, 'in', rule)),
      ...group.egress.map((rule) => describeRule(group, 'out', rule)),
    ]);
    return {
      SecurityGroupRules: filtered(rules, input.Filters, {
        'group-id': (rule) => [rule.GroupId ?? ''],
      }),
    };
  },
} satisfies Handlers;
