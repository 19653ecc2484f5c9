/** What `GET /aws/state` answers, as docs/local-world.md writes it down. */
import { quarantineName } from '../../actions/quarantine-group.ts';
import { viewNetwork } from './network-view.ts';
import { viewBucket } from './s3-view.ts';
import { ruleText } from './security-rules.ts';
import { viewServices } from './service-view.ts';
import type { NetworkInterface, Partition, Role, SecurityGroup, User } from './state.ts';
import type { World } from './world.ts';

const viewInterface = (each: NetworkInterface, { groups }: Partition) => ({
  id: each.id,
  groups: each.groups,
  quarantined:
    each.groups.length === 1 && each.groups.every((id) => groups.get(id)?.name === quarantineName),
  ip: each.ip,
  ipv6: each.ipv6,
});

const viewGroup = (group: SecurityGroup) => ({
  id: group.id,
  name: group.name,
  vpc: group.vpc,
  quarantine: group.name === quarantineName,
  ingress: group.ingress.map((rule) => ruleText(rule, 'from')),
  egress: group.egress.map((rule) => ruleText(rule, 'to')),
});

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

/** Snapshots and images: who may use them, and what keeps them. */
const viewCopies = ({ snapshots, images }: Partition) => [
  ...[...snapshots.values()].map(({ id, tags, sharedWith, lock, volume }) => ({
    id,
    kind: 'snapshot' as const,
    name: tags['Name'] ?? volume,
    evidence: tags['cordon'] === 'evidence',
    sharedWith,
    ...(lock ? { locked: `${lock.mode}, ${lock.days} days` } : {}),
  })),
  ...[...images.values()].map(({ id, name, sharedWith }) => ({
    id,
    kind: 'image' as const,
    name,
    evidence: false,
    sharedWith,
  })),
];

const viewUser = (user: User) => ({
  name: user.name,
  ...(user.attached?.length ? { policies: user.attached.map(lastPart) } : {}),
  keys: user.keys.map((key) => ({
    id: key.id,
    status: key.status,
    ...(key.lastUsed ? { lastUsed: key.lastUsed.at } : {}),
  })),
});

const viewRole = (role: Role) => ({ name: role.name, policies: [...role.policies.keys()] });

interface FindingView {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly service: 'guardduty' | 'securityhub';
  readonly type: string;
  readonly archived: boolean;
  readonly workflow: string;
  /** What GuardDuty was told of it. */
  readonly feedback?: string;
}

/** All findings, wherever they are kept, with the account and region they are about. */
const allFindings = (world: World): readonly FindingView[] =>
  [...world.partitions.values()].flatMap(({ detector, hubFindings }) => [
    ...[...(detector?.findings.values() ?? [])].map((each) => ({
      account: each.AccountId ?? '',
      region: each.Region ?? '',
      id: each.Id ?? '',
      service: 'guardduty' as const,
      type: each.Type ?? '',
      archived: each.Service?.Archived ?? false,
      workflow: 'NEW',
      ...(each.Service?.UserFeedback ? { feedback: each.Service.UserFeedback } : {}),
    })),
    ...[...hubFindings.values()].map((each) => ({
      account: each.account,
      region: each.region,
      id: each.id,
      service: 'securityhub' as const,
      type: each.type,
      archived: false,
      workflow: each.workflow,
    })),
  ]);

const viewPartition = (
  world: World,
  partition: Partition,
  {
    users,
    roles,
    findings,
  }: {
    readonly users: readonly User[];
    readonly roles: readonly Role[];
    readonly findings: readonly FindingView[];
  },
) => ({
  id: partition.account,
  name: world.accounts.get(partition.account)?.name ?? partition.account,
  region: partition.region,
  instances: [...partition.instances.values()].map((instance) => ({
    id: instance.id,
    name: instance.tags['Name'] ?? '',
    state: instance.state,
    vpc: instance.vpc,
    interfaces: [...partition.interfaces.values()]
      .filter((each) => each.instance === instance.id)
      .map((each) => viewInterface(each, partition)),
  })),
  securityGroups: [...partition.groups.values()].map(viewGroup),
  copies: viewCopies(partition),
  users: users.map(viewUser),
  roles: roles.map(viewRole),
  buckets: [...partition.buckets.values()].map(viewBucket),
  services: [
    ...viewServices(partition.services, partition.detector),
    ...viewNetwork(world, partition),
  ],
  findings: findings.map(({ account: _account, region: _region, ...finding }) => finding),
});

export interface AwsState {
  readonly accounts: readonly ReturnType<typeof viewPartition>[];
}

/** One entry for each account and region; users and roles are global and stand with the account's first. */
export const awsState = (world: World): AwsState => {
  const findings = allFindings(world);
  const seen = new Set<string>();
  const accounts = [...world.partitions.values()].map((partition) => {
    const account = world.accounts.get(partition.account);
    const first = !seen.has(partition.account);
    seen.add(partition.account);
    return viewPartition(world, partition, {
      users: first ? [...(account?.users.values() ?? [])] : [],
      roles: first ? [...(account?.iamRoles.values() ?? [])] : [],
      findings: findings.filter(
        (each) => each.account === partition.account && each.region === partition.region,
      ),
    });
  });
  return { accounts: structuredClone(accounts) };
};
