/** Makes security groups, snapshots and images that a finding names exist, as open as it says. */
import type { Resource } from '../../findings/finding.ts';
import { at, leaves, list, text } from '../../findings/read.ts';
import { defaultEgress } from './security-rules.ts';
import type { Partition, SecurityRule } from './state.ts';

const request = (event: unknown): unknown => at(event, 'detail', 'requestParameters');

const ssh: SecurityRule = {
  protocol: 'tcp',
  from: 22,
  to: 22,
  peer: { kind: 'ipv4', value: '0.0.0.0/0' },
};

/** The rules that a call authorised. Any other finding about a group is taken to be about SSH. */
const rulesIn = (event: unknown): readonly SecurityRule[] => {
  const rules = list(at(request(event), 'ipPermissions', 'items'), 50).flatMap((permission) => {
    const from = Number(at(permission, 'fromPort') ?? -1);
    const to = Number(at(permission, 'toPort') ?? -1);
    const protocol = text(at(permission, 'ipProtocol'), 16) || '-1';
    const ports = protocol === '-1' ? {} : { from, to };
    return leaves(permission).flatMap((leaf): readonly SecurityRule[] => {
      if (!/^cidr_?ip(v6)?$/i.test(leaf.key)) return [];
      const kind = leaf.text.includes(':') ? 'ipv6' : 'ipv4';
      return [{ protocol, ...ports, peer: { kind, value: leaf.text } }];
    });
  });
  return rules.length > 0 ? rules : [ssh];
};

const ensureOpenGroup = ({ groups, vpcs }: Partition, id: string, event: unknown): void => {
  if (groups.has(id)) return;
  const vpc = [...vpcs.keys()][0] ?? 'vpc-00000000000000000';
  if (!vpcs.has(vpc)) vpcs.set(vpc, { id: vpc, ipv6: true });
  const ingress = rulesIn(event);
  const egress = defaultEgress(true);
  groups.set(id, {
    id,
    name: id,
    description: 'Named by a finding',
    vpc,
    tags: {},
    ingress,
    egress,
  });
};

/** Whom a call let in. Any other finding about a copy is taken to be about everybody. */
const receiversIn = (event: unknown): readonly string[] => {
  const found = leaves(request(event)).flatMap(({ key, text: value }) =>
    /^(userId|group)$/.test(key) && value ? [value] : [],
  );
  return found.length > 0 ? [...new Set(found)] : ['all'];
};

const ensureSnapshot = ({ snapshots }: Partition, id: string, event: unknown): void => {
  if (!id.startsWith('snap-') || snapshots.has(id)) return;
  snapshots.set(id, {
    id,
    volume: id.replace('snap-', 'vol-'),
    size: 8,
    encrypted: false,
    description: 'Named by a finding',
    state: 'completed',
    tags: {},
    sharedWith: receiversIn(event),
  });
};

const ensureImage = ({ images }: Partition, id: string, event: unknown): void => {
  if (!id.startsWith('ami-') || images.has(id)) return;
  images.set(id, { id, name: id, snapshots: [], tags: {}, sharedWith: receiversIn(event) });
};

/** An instance without a disk gets one. */
const ensureVolume = ({ volumes }: Partition, instance: string): void => {
  if ([...volumes.values()].some((each) => each.instance === instance)) return;
  const id = instance.replace(/^i-/, 'vol-');
  volumes.set(id, { id, instance, device: '/dev/xvda', size: 8, encrypted: true, tags: {} });
};

/** What is already there stays as it is. */
export const materialiseCopies = (
  partition: Partition,
  { kind, id }: Pick<Resource, 'kind' | 'id'>,
  event: unknown,
): void => {
  if (kind === 'instance') ensureVolume(partition, id);
  if (kind === 'security-group') ensureOpenGroup(partition, id, event);
  if (kind === 'snapshot') ensureSnapshot(partition, id, event);
  if (kind === 'image') ensureImage(partition, id, event);
};
