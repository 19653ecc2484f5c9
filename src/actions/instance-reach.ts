/** What isolating an instance reaches and what it does not, said before anybody approves. */
import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { Plan } from './action.ts';
import { instanceTag } from './find-instance.ts';

/**
 * Idle seconds after which EC2 forgets an established TCP connection, where nothing else is set.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
const defaultIdleSeconds = 432_000;

const duration = (seconds: number): string => {
  if (seconds >= 86_400) return `${Math.round(seconds / 86_400)} days`;
  if (seconds >= 3600) return `${Math.round(seconds / 3600)} hours`;
  return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${seconds} seconds`;
};

/** The longest idle timeout of any interface. */
const idleSeconds = (interfaces: readonly NetworkInterface[]): number =>
  Math.max(
    ...interfaces.map(
      (each) => each.ConnectionTrackingConfiguration?.TcpEstablishedTimeout ?? defaultIdleSeconds,
    ),
  );

export const instanceCannot = (
  instance: Instance | undefined,
  interfaces: readonly NetworkInterface[],
): readonly string[] => [
  `Connections that are open and tracked now go on while they carry traffic, and up to ${duration(idleSeconds(interfaces))} after they fall silent.`,
  'DNS through the VPC resolver and instance metadata (169.254.169.254) keep working: security groups do not filter them.',
  ...(instance?.IamInstanceProfile
    ? [
        'Credentials of its role that were already taken keep working from anywhere, and it can still fetch new ones.',
      ]
    : []),
];

const addresses = (each: NetworkInterface): readonly string[] => {
  const publicIp = each.Association?.PublicIp;
  return [
    ...(each.PrivateIpAddresses ?? []).flatMap((ip) => ip.PrivateIpAddress ?? []),
    ...(each.Ipv6Addresses ?? []).flatMap((ip) => ip.Ipv6Address ?? []),
    ...(publicIp ? [`public ${publicIp}`] : []),
  ];
};

/** Names are other people's words: the lines may only be drawn as plain text. */
const longestName = 64;

export const instanceReach = (
  instance: Instance | undefined,
  interfaces: readonly NetworkInterface[],
): Plan['blastRadius'] => {
  const name = instanceTag(instance, 'Name');
  const scaling = instanceTag(instance, 'aws:autoscaling:groupName');
  return {
    class: scaling === undefined ? 'this resource only' : 'shared with others',
    lines: [
      ...(name ? [`The instance is named "${name.slice(0, longestName)}".`] : []),
      ...interfaces.map((each) => `${each.NetworkInterfaceId}: ${addresses(each).join(', ')}`),
      ...(scaling === undefined
        ? []
        : [
            `It belongs to the Auto Scaling group "${scaling.slice(0, longestName)}", whose health checks may terminate it and the evidence on it.`,
          ]),
      'Everything that talks to it stops. Load balancers and other systems that depend on it were not looked at.',
    ],
  };
};
