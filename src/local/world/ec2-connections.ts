/**
 * The simulated EC2: connections and how long they outlive the rule that allowed them. Tracked ones
 * go on until they fall silent for the idle timeout; untracked ones end at once.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
import type { ConnectionTrackingSpecificationRequest } from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import type { Instance, NetworkInterface, Partition, SecurityRule } from './state.ts';

const defaultTcpSeconds = 432_000;

/** The types of the generations before Nitro. */
export const isNitro = ({ type = 't3.micro' }: Pick<Instance, 'type'>): boolean =>
  !/^([mcr][1-4]|t[12]|[di]2|g[2-3]|p[2-3]|x1e?|f1|h1)\./.test(type);

const ranges = { tcp: [60, 432_000], udpStream: [60, 180], udp: [30, 60] } as const;

/** Sets the idle timeouts that are given; throws what AWS throws outside of their ranges. */
export const setIdle = (
  { instances }: Partition,
  each: NetworkInterface,
  wanted: ConnectionTrackingSpecificationRequest,
): void => {
  const instance = instances.get(each.instance);
  if (instance && !isNitro(instance))
    throw new AwsError(
      'UnsupportedOperation',
      'Connection tracking timeouts are only supported on Nitro instances.',
    );
  const idle = {
    tcp: wanted.TcpEstablishedTimeout ?? each.idle?.tcp ?? defaultTcpSeconds,
    udpStream: wanted.UdpStreamTimeout ?? each.idle?.udpStream ?? 180,
    udp: wanted.UdpTimeout ?? each.idle?.udp ?? 30,
  };
  for (const name of ['tcp', 'udpStream', 'udp'] as const) {
    const [least, most] = ranges[name];
    if (idle[name] < least || idle[name] > most)
      throw new AwsError('InvalidParameterValue', `${name} must be from ${least} to ${most}`);
  }
  each.idle = idle;
};

const lets = ({ groups }: Partition, each: NetworkInterface): boolean =>
  each.groups.some((id) => {
    const group = groups.get(id);
    return group !== undefined && group.ingress.length + group.egress.length > 0;
  });

/** Whether any of its interfaces lets anything through. */
export const isReachable = (partition: Partition, instance: string): boolean =>
  [...partition.interfaces.values()].some(
    (each) => each.instance === instance && lets(partition, each),
  );

const toAll = ({ protocol, peer }: SecurityRule): boolean =>
  protocol === '-1' && peer.kind === 'ipv4' && peer.value === '0.0.0.0/0';

/** Rules that let everything through both ways: what they allow is not tracked. */
const isOpen = ({ groups }: Partition, each: NetworkInterface): boolean =>
  each.groups.some((id) => {
    const group = groups.get(id);
    return group?.ingress.some(toAll) && group.egress.some(toAll);
  });

/** What carried traffic while the groups were open is tracked no more; what was silent still is. */
const untrack = (partition: Partition, each: NetworkInterface, now: number): void => {
  const openFor = now - (each.groupsSince ?? 0);
  for (const connection of partition.network.connections.values())
    if (
      connection.interface === each.id &&
      !connection.always &&
      connection.silentSince === undefined &&
      (connection.everySeconds ?? 0) * 1000 < openFor
    )
      connection.tracked = false;
};

/** A change of groups: nothing keeps an untracked connection whose rule is gone. */
export const changeConnections = (
  partition: Partition,
  each: NetworkInterface,
  now: number,
  change: () => void,
): void => {
  if (isOpen(partition, each)) untrack(partition, each, now);
  change();
  each.groupsSince = now;
  if (lets(partition, each)) return;
  const { connections } = partition.network;
  for (const [id, connection] of connections)
    if (connection.interface === each.id && !connection.tracked) connections.delete(id);
  settleConnections(partition, now);
};

/** Forgets the tracked connections that were silent for too long on an interface without rules. */
export const settleConnections = (partition: Partition, now: number): void => {
  const { connections } = partition.network;
  for (const [id, { interface: of, silentSince }] of connections) {
    const each = partition.interfaces.get(of);
    if (!each || silentSince === undefined || lets(partition, each)) continue;
    if (silentSince + (each.idle?.tcp ?? defaultTcpSeconds) * 1000 <= now) connections.delete(id);
  }
};

/** A stop or the end of the instance. */
export const cutAll = ({ interfaces, network }: Partition, instance: string): void => {
  for (const [id, connection] of network.connections)
    if (interfaces.get(connection.interface)?.instance === instance) network.connections.delete(id);
};

/** A network ACL keeps nothing in mind: what it denies ends at once. */
export const cutSubnet = ({ interfaces, network }: Partition, subnet: string): void => {
  for (const [id, connection] of network.connections)
    if (interfaces.get(connection.interface)?.subnet === subnet) network.connections.delete(id);
};
