/**
 * Makes what a finding names exist, so that any real event can be acted on locally: the account
 * with Cordon's roles, the instance with its interfaces, the key with its user, the finding itself.
 * What is already there stays as it is.
 */
import type { Finding, Resource, ResourceOf } from '../../findings/finding.ts';
import { at, identifier, list } from '../../findings/read.ts';
import { materialiseCopies } from './materialise-copies.ts';
import { ensurePrincipal } from './materialise-principal.ts';
import { materialiseService } from './materialise-services.ts';
import { defaultEgress } from './security-rules.ts';
import { openBucket } from './seed-buckets.ts';
import { defaultAcl } from './seed-network.ts';
import type { NetworkInterface, Partition } from './state.ts';
import { logEvent, logFinding } from './trail-events.ts';
import type { World } from './world.ts';

type ListedInterface = Omit<NetworkInterface, 'instance' | 'deviceIndex'>;

const ensureVpc = ({ vpcs }: Partition, id: string): string => {
  if (!vpcs.has(id)) vpcs.set(id, { id, ipv6: true });
  return id;
};

/** The subnet, or the VPC's one where none is told, behind the VPC's own network ACL. */
const ensureSubnet = ({ network }: Partition, vpc: string, told: string): string => {
  const subnet = told || vpc.replace(/^vpc-/, 'subnet-');
  const acls = [...network.acls.values()];
  if (acls.some(({ associations }) => [...associations.values()].includes(subnet))) return subnet;
  const id = vpc.replace(/^vpc-/, 'acl-');
  const acl = acls.find((each) => each.vpc === vpc && each.isDefault) ?? defaultAcl(id, vpc);
  acl.associations.set(subnet.replace(/^subnet-/, 'aclassoc-'), subnet);
  network.acls.set(acl.id, acl);
  return subnet;
};

const ensureGroup = (
  { groups }: Partition,
  id: string,
  about: { readonly name: string; readonly vpc: string },
): string => {
  if (!groups.has(id))
    groups.set(id, {
      id,
      ...about,
      description: 'Named by a finding',
      tags: {},
      ingress: [],
      egress: defaultEgress(true),
    });
  return id;
};

const defaultVpc = 'vpc-00000000000000000';

const listedInterface = (partition: Partition, listed: unknown): ListedInterface => {
  const vpc = ensureVpc(partition, identifier(at(listed, 'vpcId')) || defaultVpc);
  const publicIp = identifier(at(listed, 'publicIp'));
  const groups = list(at(listed, 'securityGroups'), 16)
    .map((group) => {
      const id = identifier(at(group, 'groupId'));
      return ensureGroup(partition, id, { name: identifier(at(group, 'groupName')) || id, vpc });
    })
    // Sample findings name one group in two VPCs.
    .filter((id) => partition.groups.get(id)?.vpc === vpc);
  return {
    id: identifier(at(listed, 'networkInterfaceId')),
    vpc,
    ip: identifier(at(listed, 'privateIpAddress')) || '10.0.0.10',
    ipv6: list(at(listed, 'ipv6Addresses'), 15).map((ip) => identifier(ip)),
    subnet: ensureSubnet(partition, vpc, identifier(at(listed, 'subnetId'))),
    ...(publicIp ? { publicIp } : {}),
    groups: groups.length > 0 ? groups : [defaultGroup(partition, vpc)],
  };
};

const defaultGroup = (partition: Partition, vpc: string): string =>
  ensureGroup(partition, `sg-${vpc.replace(/^vpc-/, '')}-default`, { name: 'default', vpc });

/** What the event lists for this instance; only what has an id and is no other instance's. */
const listedInterfaces = (
  partition: Partition,
  instance: string,
  event: unknown,
): readonly ListedInterface[] => {
  const details = at(event, 'detail', 'resource', 'instanceDetails');
  if (at(details, 'instanceId') !== instance) return [];
  return list(at(details, 'networkInterfaces'), 15)
    .filter((each) => {
      const id = identifier(at(each, 'networkInterfaceId'));
      return id !== '' && !partition.interfaces.has(id);
    })
    .map((each) => listedInterface(partition, each));
};

const defaultInterface = (world: World, partition: Partition): ListedInterface => {
  const vpc = ensureVpc(partition, defaultVpc);
  const groups = [defaultGroup(partition, vpc)];
  const subnet = ensureSubnet(partition, vpc, '');
  return { id: world.nextId('eni'), vpc, subnet, ip: '10.0.0.10', ipv6: [], groups };
};

/** The profile that the event tells, or one of the instance's own; with the role in it. */
const ensureProfile = (world: World, { account, id }: Resource, event: unknown): string => {
  const told = identifier(
    at(event, 'detail', 'resource', 'instanceDetails', 'iamInstanceProfile', 'arn'),
  );
  const name = told.split('/').at(-1) || `of-${id}`;
  const arn = `arn:aws:iam::${account}:instance-profile/${name}`;
  const { iamRoles } = world.account(account);
  if (!iamRoles.has(name))
    iamRoles.set(name, {
      name,
      id: world.nextId('AROA').replace('-', '').toUpperCase(),
      path: '/',
      tags: {},
      policies: new Map(),
      trusts: { Service: 'ec2.amazonaws.com' },
      profiles: [arn],
    });
  return arn;
};

const ensureInstance = (world: World, target: Resource, event: unknown): void => {
  const partition = world.partition(target.account, target.region);
  if (partition.instances.has(target.id)) return;
  const listed = listedInterfaces(partition, target.id, event);
  const interfaces = listed.length > 0 ? listed : [defaultInterface(world, partition)];
  partition.instances.set(target.id, {
    id: target.id,
    vpc: interfaces[0]?.vpc ?? '',
    state: 'running',
    tags: target.name ? { Name: target.name } : {},
    profileArn: ensureProfile(world, target, event),
  });
  interfaces.forEach((each, deviceIndex) => {
    partition.interfaces.set(each.id, { ...each, instance: target.id, deviceIndex });
  });
};

/** As one that a finding is about often is: open, and with nothing said about it. */
const ensureBucket = (world: World, { id, account, region }: Resource): void => {
  const known = [...world.partitions.values()].some(({ buckets }) => buckets.has(id));
  if (!known) world.partition(account, region).buckets.set(id, openBucket(id));
};

const ensureKey = (world: World, target: ResourceOf<'access-key'>, finding: Finding): void => {
  const { users } = world.account(target.account);
  if (target.temporary || target.userType === 'Root') return;
  if ([...users.values()].some(({ keys }) => keys.some((key) => key.id === target.id))) return;
  const name = target.user || 'unnamed-user';
  const user = users.get(name) ?? { name, tags: {}, keys: [] };
  const lastUsed = { at: finding.lastSeen, service: 'ec2', region: finding.region };
  user.keys.push({ id: target.id, status: 'Active', lastUsed });
  users.set(name, user);
};

const ensureGuardDuty = (world: World, target: ResourceOf<'finding'>, finding: Finding): void => {
  const partition = world.partition(world.securityAccount, target.region);
  partition.detector ??= { id: target.keeper || world.nextId('detector'), findings: new Map() };
  if (partition.detector.findings.has(target.key)) return;
  partition.detector.findings.set(target.key, {
    Id: target.key,
    Arn: target.id,
    AccountId: target.account,
    Region: target.region,
    Type: finding.type,
    Title: finding.title,
    Description: finding.description,
    Severity: Number(finding.nativeSeverity) || 0,
    SchemaVersion: '2.0',
    CreatedAt: finding.firstSeen,
    UpdatedAt: finding.updatedAt,
    Resource: {},
    Service: { Archived: finding.archived, Count: finding.count },
  });
};

const ensureHub = (world: World, target: ResourceOf<'finding'>, finding: Finding): void => {
  const { hubFindings } = world.partition(world.securityAccount, target.region);
  if (hubFindings.has(target.key)) return;
  hubFindings.set(target.key, {
    id: target.key,
    productArn: target.keeper,
    account: target.account,
    region: target.region,
    type: finding.type,
    title: finding.title,
    workflow: finding.archived ? 'SUPPRESSED' : 'NEW',
  });
};

/** `event` is what the finding was parsed from, for what a finding does not keep. */
export const materialise = (world: World, finding: Finding, event?: unknown): void => {
  logEvent(world, event);
  logFinding(world, finding, event);
  for (const target of finding.resources) {
    materialiseCopies(world.partition(target.account, target.region), target, event);
    if (target.kind === 'instance') ensureInstance(world, target, event);
    if (target.kind === 'bucket') ensureBucket(world, target);
    if (target.kind === 'access-key') ensureKey(world, target, finding);
    ensurePrincipal(world, target, finding);
    materialiseService(world, target, event);
    if (target.kind === 'finding')
      (target.keptBy === 'guardduty' ? ensureGuardDuty : ensureHub)(world, target, finding);
  }
};
