/**
 * How long a network interface remembers a silent connection. Remembered connections go on although
 * no rule allows them any more, so containment lowers this to the shortest that AWS takes.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
import type {
  ConnectionTrackingConfiguration,
  Instance,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { Change, Json, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { ifThere, interfaceOperations, readInterface } from './network-interfaces.ts';

/** Seconds. */
interface Timeouts {
  readonly tcp: number;
  readonly udpStream: number;
  readonly udp: number;
}

/** Where nothing is set. The newest Nitro instances have 350 seconds for TCP instead. */
const awsDefault: Timeouts = { tcp: 432_000, udpStream: 180, udp: 30 };
const shortest: Timeouts = { tcp: 60, udpStream: 60, udp: 30 };
const defaultWords = 'AWS’s default';

export const timeoutsOf = ({
  ConnectionTrackingConfiguration: set,
}: {
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingConfiguration | undefined;
}): Timeouts => ({
  tcp: set?.TcpEstablishedTimeout ?? awsDefault.tcp,
  udpStream: set?.UdpStreamTimeout ?? awsDefault.udpStream,
  udp: set?.UdpTimeout ?? awsDefault.udp,
});

const spelled = ({ tcp, udpStream, udp }: Timeouts): string =>
  `TCP ${tcp} s, UDP stream ${udpStream} s, UDP ${udp} s`;

const inWords = (timeouts: Timeouts): string =>
  spelled(timeouts) === spelled(awsDefault) ? defaultWords : spelled(timeouts);

const pattern = /^TCP (\d+) s, UDP stream (\d+) s, UDP (\d+) s$/;

const fromWords = (value: Json): Timeouts => {
  if (value === defaultWords) return awsDefault;
  const [, tcp, udpStream, udp] = pattern.exec(String(value)) ?? [];
  if (!tcp) throw new Error(`Idle timeouts cannot be made ${JSON.stringify(value)}`);
  return { tcp: Number(tcp), udpStream: Number(udpStream), udp: Number(udp) };
};

/** Only Nitro instances let the timeouts be set; bare metal ones name no hypervisor. */
export const takesTimeouts = async (instance: Instance, aws: Aws): Promise<boolean> => {
  const { InstanceType } = instance;
  if (!InstanceType) return false;
  const { InstanceTypes } = await aws.call('ec2:DescribeInstanceTypes', {
    InstanceTypes: [InstanceType],
  });
  const [type] = InstanceTypes ?? [];
  return type?.Hypervisor === 'nitro' || type?.BareMetal === true;
};

const suffix = '/idle-timeouts';

export const timeoutChange = (each: NetworkInterface): Change => ({
  id: each.NetworkInterfaceId + suffix,
  label: `Idle timeouts of ${each.NetworkInterfaceId}`,
  before: inWords(timeoutsOf(each)),
  after: inWords(shortest),
});

/** Undefined for the change of something else. */
export const timeoutRegister = (
  change: Change,
  { target: { account, region } }: Plan,
): Register | undefined => {
  if (!change.id.endsWith(suffix)) return undefined;
  const id = change.id.slice(0, -suffix.length);
  return {
    id: change.id,
    title: `Set the idle timeouts of ${id}`,
    resource: `${account}/${region}/${id}`,
    undoable: true,
    uses: interfaceOperations,
    read: (aws) => ifThere(async () => inWords(timeoutsOf(await readInterface(id, aws)))),
    write: async (value, aws) => {
      const { tcp, udpStream, udp } = fromWords(value);
      await aws.call('ec2:ModifyNetworkInterfaceAttribute', {
        NetworkInterfaceId: id,
        ConnectionTrackingSpecification: {
          TcpEstablishedTimeout: tcp,
          UdpStreamTimeout: udpStream,
          UdpTimeout: udp,
        },
      });
    },
  };
};
