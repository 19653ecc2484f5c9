/**
 * Blocks one address of the internet for a while: a network ACL of the instance's subnets denies it
 * in both directions before any other entry is asked, and AWS WAF where there is a set for it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
import type { NetworkAcl, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import { isPublicAddress } from '../findings/ip.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { blockedSet, setChange, setNameFor, setRegister } from './blocked-ip-sets.ts';
import { aclChanges, directions, entryRegister } from './denied-addresses.ts';
import {
  aclsOf,
  behind,
  entriesOf,
  filteredSubnets,
  interfacesIn,
  numberBefore,
  subnetsOf,
} from './network-acls.ts';
import { interfacesOf } from './network-interfaces.ts';

/** When it is refused, by code. */
const refuses = {
  'not-supported': 'The finding does not name an instance and a public address.',
  'not-found': 'No network interface of the instance is in the account and Region.',
  'not-ours': 'Another account shares the subnet.',
  exempt: 'The network ACL carries the exempt tag.',
  'wrong-state': 'The network ACL has no room before its first entry.',
  'own-resource': 'It is an Elastic IP address of the account itself.',
  'already-contained': 'It is denied already, in both directions.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It is one address: whoever is behind it can come from another one.',
  'What comes through a load balancer, a proxy or CloudFront comes from that one’s address, which a network ACL sees instead.',
];

type Target = ResourceOf<'address'>;

/** Attackers change their address within hours, and the next owner of this one has done nothing. */
const holdsHours = 24;

interface Address {
  readonly instance: string;
  readonly ip: string;
}

/** Undefined for what is no `instance/address`. */
const addressOf = ({ id }: Pick<Target, 'id'>): Address | undefined => {
  const [, instance, ip] = /^(i-[0-9a-zA-Z]+)\/([0-9a-fA-F.:]+)$/.exec(id) ?? [];
  return instance && ip ? { instance, ip } : undefined;
};

const notAnAddress = (target: Target): Refusal<Code> =>
  refuse(
    'not-supported',
    `${target.id} is not an instance and a public address.`,
    'An address of a private network is a machine of yours or of a partner: find it, and isolate it.',
  );

const refusePlace = (
  target: Target,
  { instance }: Address,
  interfaces: readonly NetworkInterface[],
): Refusal<Code> | undefined =>
  subnetsOf(interfaces).length === 0
    ? refuse(
        'not-found',
        `No network interface of ${instance} is in account ${target.account}, region ${target.region}.`,
        'It was terminated, or the finding names another account or Region. Block the address where its traffic arrives now.',
      )
    : undefined;

/** AWS takes no more entries of one direction, whatever the quota was raised to. */
const mostEntries = 40;
const defaultQuota = 20;

const refuseAcls = (
  target: Target,
  acls: readonly NetworkAcl[],
  { exemptTag }: PlanSettings,
): Refusal<Code> | undefined => {
  const foreign = acls.find(({ OwnerId }) => OwnerId && OwnerId !== target.account);
  if (foreign)
    return refuse(
      'not-ours',
      `${foreign.NetworkAclId} belongs to account ${foreign.OwnerId}, which shares the subnet.`,
      `Ask for it there, or act from a finding of account ${foreign.OwnerId}.`,
    );
  const exempt = acls.find(({ Tags }) => (Tags ?? []).some(({ Key }) => Key === exemptTag));
  if (exempt)
    return refuse(
      'exempt',
      `${exempt.NetworkAclId} carries the tag ${exemptTag}.`,
      'Ask the owner of the network. Remove the tag if the address must be blocked all the same.',
    );
  const full = acls.find((acl) =>
    [true, false].some(
      (egress) =>
        entriesOf(acl, egress).length >= mostEntries || numberBefore(acl, egress) === undefined,
    ),
  );
  return full
    ? refuse(
        'wrong-state',
        `${full.NetworkAclId} has no room before its first entry, or ${mostEntries} entries already.`,
        'Renumber its entries from 100, or join some of them, then plan again. Meanwhile isolate the instance.',
      )
    : undefined;
};

const ownAddress = async ({ ip }: Address, aws: Aws): Promise<Refusal<Code> | undefined> => {
  if (ip.includes(':')) return undefined;
  const { Addresses } = await aws.call('ec2:DescribeAddresses', {
    Filters: [{ Name: 'public-ip', Values: [ip] }],
  });
  return Addresses?.length
    ? refuse(
        'own-resource',
        `${ip} is an Elastic IP address of this account.`,
        'Find the machine that has it, and isolate that one.',
      )
    : undefined;
};

const cannotOf = (
  { ip }: Address,
  acls: readonly NetworkAcl[],
  hasSet: boolean,
): readonly string[] => [
  ...limits,
  ...(hasSet
    ? ['The IP set blocks only where a web ACL refers to it.']
    : [
        `AWS WAF has no IP set ${setNameFor(ip)} in this Region, so web requests through a load balancer are not blocked. Make one and refer to it in your web ACL.`,
      ]),
  ...(acls.some((acl) =>
    directions.some(([, egress]) => entriesOf(acl, egress).length >= defaultQuota),
  )
    ? [
        `A network ACL has ${defaultQuota} entries or more: AWS refuses another one unless its quota was raised.`,
      ]
    : []),
];

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const address = addressOf(target);
  if (!address || !isPublicAddress(address.ip)) return notAnAddress(target);
  const { instance, ip } = address;
  const [interfaces, own, set] = await Promise.all([
    interfacesOf(instance, aws),
    ownAddress(address, aws),
    blockedSet(ip, aws),
  ]);
  const refusal = own ?? refusePlace(target, address, interfaces);
  if (refusal) return refusal;
  const acls = await aclsOf(subnetsOf(interfaces), aws);
  const notThere = refuseAcls(target, acls, settings);
  if (notThere) return notThere;
  const subnets = filteredSubnets(acls);
  const [inside, listed] = await Promise.all([
    interfacesIn(subnets, aws),
    set ? setChange(set, ip, aws) : undefined,
  ]);
  const changes = [...aclChanges(acls, ip), ...(listed ? [listed] : [])];
  if (changes.every(({ before, after }) => before === after))
    return refuse(
      'already-contained',
      `${ip} is denied already, in both directions.`,
      'Nothing needs to be done. Undo the earlier block to let it through.',
    );
  const names = new Set(interfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []));
  return {
    kind: 'plan',
    action: blockAddress.id,
    target,
    summary: `Block ${ip} at ${acls.map(({ NetworkAclId }) => NetworkAclId).join(', ')} for ${holdsHours} hours; then it ends by itself.`,
    changes,
    cannot: cannotOf(address, acls, set !== undefined),
    blastRadius: {
      class: 'shared with others',
      lines: [
        `Nothing in ${subnets.length === 1 ? 'this subnet' : `these ${subnets.length} subnets`} reaches ${ip} any more, or is reached by it.`,
        ...behind(subnets, inside, names),
      ],
    },
    reversible: { kind: 'yes' },
    tier: blockAddress.tier,
    holdsHours,
  };
};

const registers = (planned: Plan): readonly Register[] =>
  planned.changes.map((change) => ({
    ...(setRegister(change, planned) ?? entryRegister(change, planned)),
    // Entries of both directions, of several ACLs and the IP set do not depend on each other.
    stage: 'block',
  }));

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const live = await Promise.all(registers(planned).map((register) => register.read(aws)));
  const wrong = planned.changes.filter(({ after }, position) => live[position] !== after);
  return wrong.length === 0
    ? { kind: 'verified', lines: planned.changes.map(({ label, after }) => `${label}: ${after}.`) }
    : {
        kind: 'not-verified',
        because: wrong.map(({ label }) => `${label} is not as it shall be`).join('; '),
      };
};

export const blockAddress = defineAction<Target, Code>({
  id: 'block-address',
  title: 'Block an address of the internet',
  does: 'Denies one address at the network ACLs of the instance’s subnets, in both directions, and in the IP set `cordon-blocked` of AWS WAF where there is one. Ends by itself.',
  label: 'Block the address',
  on: 'address',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: [
      'ec2:DescribeAddresses',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      'wafv2:GetIPSet',
      'wafv2:ListIPSets',
    ],
    execute: [
      'ec2:CreateNetworkAclEntry',
      'ec2:DescribeNetworkAcls',
      'wafv2:GetIPSet',
      'wafv2:UpdateIPSet',
    ],
    verify: ['ec2:DescribeNetworkAcls', 'wafv2:GetIPSet'],
    undo: [
      'ec2:DeleteNetworkAclEntry',
      'ec2:DescribeNetworkAcls',
      'wafv2:GetIPSet',
      'wafv2:UpdateIPSet',
    ],
  },
  reviewAfterHours: holdsHours,
  expires: false,
  offeredWith: ['isolate-instance'],
  refuses,
  limits,
  offeredFor: (target) => {
    const address = addressOf(target);
    return address !== undefined && isPublicAddress(address.ip);
  },
  plan,
  registers,
  verify,
  undoCannot: ['Connections that broke do not come back by themselves.'],
  byHand: [
    'aws wafv2 get-ip-set --name SET --scope REGIONAL --id SET_ID',
    'aws wafv2 update-ip-set --name SET --scope REGIONAL --id SET_ID --lock-token TOKEN --addresses ALL_OF_BEFORE ADDRESS/32',
  ],
});
