/**
 * Cuts the subnets of an instance: a network ACL that lets nothing through takes the place of theirs.
 * It ends every connection at once, tracked or not, and those of everything else in the subnets.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html
 */
import type { NetworkAcl, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
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
import { exemptInstance, findInstance, noInstance } from './find-instance.ts';
import { aclsOf, behind, interfacesIn, subnetsOf } from './network-acls.ts';
import { interfacesOf, vpcsOf } from './network-interfaces.ts';
import {
  aclState,
  describeAcl,
  ensureAcl,
  isQuarantineAcl,
  quarantineAclName,
  quarantineAcls,
  usableAcl,
} from './quarantine-acl.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'wrong-state': 'It has no network interface in a subnet.',
  'not-ours': 'Another account shares the subnet.',
  tampered: 'The quarantine network ACL has entries.',
  'already-contained': 'Its subnets are cut already.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Traffic inside the subnet goes on: a network ACL filters only what crosses its edge.',
  'DNS through the VPC resolver, instance metadata, time and DHCP keep working: a network ACL does not filter them. Route 53 Resolver DNS Firewall stops names.',
  'Credentials that were already taken keep working from anywhere.',
];

type Target = ResourceOf<'instance'>;

const aclSuffix = '/quarantine-acl';
const subnetSuffix = '/network-acl';

const associationOf = (acls: readonly NetworkAcl[], subnet: string) => {
  for (const acl of acls) {
    const found = acl.Associations?.find(({ SubnetId }) => SubnetId === subnet);
    if (found) return { acl, association: found.NetworkAclAssociationId };
  }
  return undefined;
};

/** The ACL's id, ours by its word. */
const aclOf = (acls: readonly NetworkAcl[], subnet: string): string => {
  const acl = associationOf(acls, subnet)?.acl;
  if (!acl) return 'gone';
  return isQuarantineAcl(acl) ? quarantineAclName : (acl.NetworkAclId ?? '');
};

const refuseSubnets = (
  target: Target,
  acls: readonly NetworkAcl[],
  subnets: readonly string[],
): Refusal<Code> | undefined => {
  if (subnets.length === 0)
    return refuse(
      'wrong-state',
      `${target.id} has no network interface in a subnet.`,
      'There is nothing to cut. Stop the instance if it must not run.',
    );
  const foreign = acls.find(({ OwnerId }) => OwnerId && OwnerId !== target.account);
  return foreign
    ? refuse(
        'not-ours',
        `The subnet’s network ACL ${foreign.NetworkAclId} belongs to account ${foreign.OwnerId}, which shares the subnet.`,
        `Isolate or stop the instance instead, or ask for the cut in account ${foreign.OwnerId}.`,
      )
    : undefined;
};

const refuseTampered = (
  quarantine: readonly NetworkAcl[],
  vpcs: readonly string[],
): Refusal<Code> | undefined => {
  const tampered = vpcs.find((vpc) => aclState(quarantine, vpc) === 'tampered');
  return tampered
    ? refuse(
        'tampered',
        `The quarantine network ACL of ${tampered} has entries: what is behind it is not cut.`,
        'Find out in CloudTrail who added them (CreateNetworkAclEntry), delete them, then plan again.',
      )
    : undefined;
};

const changesOf = (
  vpcs: readonly string[],
  subnets: readonly string[],
  acls: { readonly now: readonly NetworkAcl[]; readonly quarantine: readonly NetworkAcl[] },
): readonly Change[] => [
  ...vpcs.map((vpc) => ({
    id: vpc + aclSuffix,
    label: `Quarantine network ACL of ${vpc}`,
    before: describeAcl(aclState(acls.quarantine, vpc)),
    after: describeAcl('usable'),
  })),
  ...subnets.map((subnet) => ({
    id: subnet + subnetSuffix,
    label: `Network ACL of ${subnet}`,
    before: aclOf(acls.now, subnet),
    after: quarantineAclName,
  })),
];

const reachOf = (
  target: Target,
  subnets: readonly string[],
  inside: readonly NetworkInterface[],
  own: readonly NetworkInterface[],
): Plan['blastRadius'] => ({
  class: 'shared with others',
  lines: [
    `Everything in ${subnets.join(', ')} is cut at once, in both directions and on both IP versions, not only ${target.id}.`,
    ...behind(subnets, inside, new Set(own.flatMap((each) => each.NetworkInterfaceId ?? []))),
  ],
});

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const [instance, interfaces, quarantine] = await Promise.all([
    findInstance(target.id, aws),
    interfacesOf(target.id, aws),
    quarantineAcls(aws),
  ]);
  if (!instance) return noInstance(target);
  const subnets = subnetsOf(interfaces);
  const [now, inside] =
    subnets.length > 0
      ? await Promise.all([aclsOf(subnets, aws), interfacesIn(subnets, aws)])
      : [[], []];
  const vpcs = vpcsOf(interfaces);
  const refusal =
    exemptInstance(target, instance, settings) ??
    refuseSubnets(target, now, subnets) ??
    refuseTampered(quarantine, vpcs);
  if (refusal) return refusal;
  if (subnets.every((subnet) => aclOf(now, subnet) === quarantineAclName))
    return refuse(
      'already-contained',
      `${subnets.join(', ')} ${subnets.length === 1 ? 'is' : 'are'} cut already.`,
      'Nothing needs to be done. Undo the earlier cut to release it.',
    );
  return {
    kind: 'plan',
    action: subnetCut.id,
    target,
    summary: `Cut ${subnets.join(' and ')}: nothing goes in or out, for ${target.id} and for everything beside it.`,
    changes: changesOf(vpcs, subnets, { now, quarantine }),
    cannot: limits,
    blastRadius: reachOf(target, subnets, inside, interfaces),
    reversible: { kind: 'yes' },
    tier: subnetCut.tier,
  };
};

const aclRegister = (change: Change, { target }: Plan): Register => {
  const vpc = change.id.slice(0, -aclSuffix.length);
  return {
    id: change.id,
    title: `Prepare the quarantine network ACL of ${vpc}`,
    resource: `${target.account}/${target.region}/${vpc}`,
    undoable: false,
    stage: 'acl',
    uses: ['ec2:CreateNetworkAcl', 'ec2:DescribeNetworkAcls'],
    read: async (aws) => describeAcl(aclState(await quarantineAcls(aws), vpc)),
    write: (_value, aws) => ensureAcl(vpc, aws),
  };
};

const subnetRegister = (change: Change, { target }: Plan): Register => {
  const subnet = change.id.slice(0, -subnetSuffix.length);
  return {
    id: change.id,
    title: `Change the network ACL of ${subnet}`,
    resource: `${target.account}/${target.region}/${subnet}`,
    undoable: true,
    stage: 'subnets',
    uses: ['ec2:DescribeNetworkAcls', 'ec2:ReplaceNetworkAclAssociation'],
    read: async (aws) => aclOf(await aclsOf([subnet], aws), subnet),
    write: async (value, aws) => {
      // The association gets a new id with each change, so it is looked up each time.
      const found = associationOf(await aclsOf([subnet], aws), subnet);
      if (!found) throw new Error(`${subnet} has no network ACL: it is gone`);
      const NetworkAclId =
        value === quarantineAclName ? await usableAcl(found.acl.VpcId ?? '', aws) : String(value);
      await aws.call('ec2:ReplaceNetworkAclAssociation', {
        AssociationId: found.association,
        NetworkAclId,
      });
    },
  };
};

const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const [interfaces, quarantine] = await Promise.all([
    interfacesOf(target.id, aws),
    quarantineAcls(aws),
  ]);
  const subnets = subnetsOf(interfaces);
  const acls = subnets.length > 0 ? await aclsOf(subnets, aws) : [];
  const open = subnets.filter((subnet) => aclOf(acls, subnet) !== quarantineAclName);
  const bad = vpcsOf(interfaces).filter((vpc) => aclState(quarantine, vpc) !== 'usable');
  if (subnets.length === 0 || open.length > 0 || bad.length > 0)
    return {
      kind: 'not-verified',
      because:
        open.length > 0
          ? `Not cut: ${open.join(', ')}`
          : `The quarantine network ACL of ${bad.join(', ')} is not empty, or ${target.id} is in no subnet`,
    };
  return {
    kind: 'verified',
    lines: subnets.map((subnet) => `${subnet} lets nothing through, in or out.`),
  };
};

export const subnetCut = defineAction<Target, Code>({
  id: 'subnet-cut',
  title: 'Cut the subnet of an EC2 instance',
  does: 'Puts an empty network ACL on the subnets of the instance: nothing crosses their edge, tracked or not, for anybody in them.',
  label: 'Cut its subnet',
  on: 'instance',
  tier: 3,
  role: 'respond',
  permissions: {
    plan: ['ec2:DescribeInstances', 'ec2:DescribeNetworkAcls', 'ec2:DescribeNetworkInterfaces'],
    execute: [
      'ec2:CreateNetworkAcl',
      'ec2:DescribeNetworkAcls',
      'ec2:ReplaceNetworkAclAssociation',
    ],
    verify: ['ec2:DescribeNetworkAcls', 'ec2:DescribeNetworkInterfaces'],
    undo: ['ec2:DescribeNetworkAcls', 'ec2:ReplaceNetworkAclAssociation'],
  },
  reviewAfterHours: 1,
  expires: false,
  offeredWith: ['isolate-instance'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) =>
    planned.changes.map((change) =>
      change.id.endsWith(aclSuffix)
        ? aclRegister(change, planned)
        : subnetRegister(change, planned),
    ),
  verify,
  undoCannot: [
    'The empty quarantine network ACL stays in its VPC.',
    'Connections that broke do not come back by themselves.',
  ],
  byHand: [
    'aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=SUBNET',
    '# Write the association and its list down: undo needs them. Everything in the subnet is cut.',
    'aws ec2 create-network-acl --vpc-id VPC',
    'aws ec2 replace-network-acl-association --association-id ASSOCIATION --network-acl-id EMPTY_LIST',
  ],
});
