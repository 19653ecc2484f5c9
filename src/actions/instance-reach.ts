/** What isolating an instance reaches and what it does not, said before anybody approves. */

import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import { andMore } from '../findings/and-more.ts';
import type { Change, Plan } from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';
import { isAddress } from './elastic-address.ts';
import { instanceTag } from './find-instance.ts';
import { timeoutsOf } from './idle-timeouts.ts';
import { type ScalingFacts, scalingReach } from './scaling-group.ts';
import { type Targeted, targetReach } from './target-groups.ts';
import { isForAWhile, transitionName, transitionSeconds } from './transition-group.ts';

/** What planning found beside the instance itself. */
export interface InstanceNeighbours {
  readonly scaling: ScalingFacts | undefined;
  readonly targeted: readonly Targeted[];
  /** Other instances with the same instance profile. */
  readonly sameProfile: readonly string[];
  /** Whether the idle timeouts of its interfaces can be set. */
  readonly nitro: boolean;
}

const duration = (seconds: number): string => {
  if (seconds >= 86_400) return `${Math.round(seconds / 86_400)} days`;
  if (seconds >= 3600) return `${Math.round(seconds / 3600)} hours`;
  return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${seconds} seconds`;
};

/** The longest idle timeout of any interface. */
const idleSeconds = (interfaces: readonly NetworkInterface[]): number =>
  Math.max(...interfaces.map((each) => timeoutsOf(each).tcp));

const trackedFlows = (interfaces: readonly NetworkInterface[], nitro: boolean): string =>
  nitro
    ? 'Such connections of its own end once they are silent for 60 seconds.'
    : `Such connections of its own end up to ${duration(idleSeconds(interfaces))} after they fall silent: only Nitro instances let that be shortened.`;

/** Whatever the rules of its groups, AWS always tracks what goes out that way. */
const alwaysTracked = (interfaces: readonly NetworkInterface[]): readonly string[] =>
  interfaces.some(({ Association }) => Association?.PublicIp)
    ? []
    : [
        'It has no public address, so what goes out does so through a NAT gateway, an endpoint or a proxy, and is always tracked.',
      ];

export const instanceCannot = (
  instance: Instance,
  interfaces: readonly NetworkInterface[],
  { nitro }: Pick<InstanceNeighbours, 'nitro'>,
): readonly string[] => [
  trackedFlows(interfaces, nitro),
  ...alwaysTracked(interfaces),
  ...(instance.IamInstanceProfile
    ? [
        'Credentials of its role that were already taken keep working from anywhere until they expire: cut off its credentials as well.',
      ]
    : []),
  ...(instance.InstanceLifecycle === 'spot'
    ? [
        'It is a Spot Instance: AWS knows no termination protection for it and may end it at any time. Snapshot its volumes first.',
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

const nodeOf = (instance: Instance): readonly string[] => {
  const keys = (instance.Tags ?? []).map(({ Key }) => Key ?? '');
  if (keys.some((key) => key === 'eks:cluster-name' || key.startsWith('kubernetes.io/cluster/')))
    return [
      'It is a node of a Kubernetes cluster: its pods are cut with it, and are moved only after minutes. Drain it first (`kubectl drain`) where they must go on.',
    ];
  return keys.includes('AmazonECSManaged') || keys.includes('aws:ecs:clusterName')
    ? [
        'It is a container instance of ECS: its tasks are cut with it. Drain it first (set it to DRAINING) where they must go on.',
      ]
    : [];
};

const over = ['terminated', 'shutting-down'];

/** Other instances of this account and Region with the same instance profile. */
export const sharingProfile = async (
  instance: Instance | undefined,
  aws: Aws,
): Promise<readonly string[]> => {
  const arn = instance?.IamInstanceProfile?.Arn;
  if (!arn) return [];
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeInstances', {
      Filters: [{ Name: 'iam-instance-profile.arn', Values: [arn] }],
      ...from,
    }),
  );
  return pages
    .flatMap(({ Reservations }) => Reservations ?? [])
    .flatMap(({ Instances }) => Instances ?? [])
    .filter(({ State }) => !over.includes(State?.Name ?? ''))
    .flatMap(({ InstanceId }) => InstanceId ?? [])
    .filter((id) => id !== instance.InstanceId);
};

const most = 5;
const some = (ids: readonly string[]): string => andMore(ids, most);

/** What the configuration chose beyond the rest. */
const chosenReach = (changes: readonly Change[]): readonly string[] => {
  const elastic = changes.filter(isAddress).map(({ label }) => label);
  return [
    ...(changes.some(isForAWhile)
      ? [
          `For ${transitionSeconds} seconds ${transitionName} lets everybody reach it, and it everybody: what it carries then is tracked no more and ends with the swap.`,
        ]
      : []),
    ...(elastic.length > 0
      ? [`Taken off it, kept by the account, and put back by undo: ${elastic.join(', ')}.`]
      : []),
  ];
};

export const instanceReach = (
  instance: Instance,
  interfaces: readonly NetworkInterface[],
  {
    scaling,
    targeted,
    sameProfile,
    changes,
  }: InstanceNeighbours & { readonly changes: readonly Change[] },
): Plan['blastRadius'] => {
  const name = instanceTag(instance, 'Name');
  return {
    class: scaling || targeted.length > 0 ? 'shared with others' : 'this resource only',
    lines: [
      ...(name ? [`The instance is named "${name.slice(0, longestName)}".`] : []),
      ...(scaling ? scalingReach(instance.InstanceId ?? '', scaling) : []),
      ...targetReach(targeted),
      ...nodeOf(instance),
      ...interfaces.map((each) => `${each.NetworkInterfaceId}: ${addresses(each).join(', ')}`),
      ...(sameProfile.length > 0
        ? [
            `${some(sameProfile)} ${sameProfile.length === 1 ? 'has' : 'have'} the same role: what an attacker took of it may be used there too.`,
          ]
        : []),
      ...chosenReach(changes),
      'Everything that talks to it stops, and what runs on it gets no new credentials. Classic load balancers and records in DNS were not looked at.',
    ],
  };
};
