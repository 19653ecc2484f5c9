/**
 * Whom the instances of a case talked to, from VPC Flow Logs in CloudWatch Logs, or who talked to the
 * addresses of a case that names no instance. Records are delivered some ten minutes after the traffic;
 * what was said is not in them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html
 */
import { type Fact, untrusted } from '../../findings/finding.ts';
import { attempt, gapsOf, valuesOf } from '../attempt.ts';
import { queryLog } from '../log-query.ts';
import { flowQuery, sortedBy } from '../query-text.ts';
import type { Found, Gap, Looking, Moment, Source } from '../source.ts';
import { type Flow, flowOf, inUnits, talkersOf } from '../traffic.ts';

const mostShown = 4;
const what = 'VPC Flow Logs';

interface Wanted {
  readonly interfaces: readonly string[];
  readonly addresses: readonly string[];
  /** Our own addresses: the other end of a flow is whom it talked to. */
  readonly own: readonly string[];
  readonly gaps: readonly Gap[];
}

const instancesOf = ({ subjects }: Looking) =>
  subjects.resources.filter(({ kind }) => kind === 'instance');

/** The interfaces that the instances have now; those that went with an instance are not to be found. */
const wantedOf = async (looking: Looking): Promise<Wanted> => {
  const instances = instancesOf(looking);
  const attempts = await Promise.all(
    instances.map(({ id, account, region }) =>
      attempt(`Network interfaces of ${id}`, async () => {
        const { NetworkInterfaces = [] } = await looking
          .at(account, region)
          .call('ec2:DescribeNetworkInterfaces', {
            Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
          });
        return NetworkInterfaces;
      }),
    ),
  );
  const found = valuesOf(attempts).flat();
  const interfaces = sortedBy(
    'interface',
    found.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
  );
  const addresses = sortedBy('address', looking.subjects.addresses);
  return {
    interfaces: interfaces.fit,
    addresses: addresses.fit,
    own: found.flatMap(({ PrivateIpAddresses = [], Ipv6Addresses = [] }) => [
      ...PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      ...Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    ]),
    gaps: [
      ...gapsOf(attempts),
      ...(interfaces.fit.length === 0 ? addresses.misfit : interfaces.misfit).map((name) => ({
        what: untrusted(name),
        because: 'not searched for: it has no form that may stand in a query, or is one too many',
      })),
    ],
  };
};

const factsOf = (flows: readonly Flow[]): readonly Fact[] => {
  const { accepted, rejected, out, into } = talkersOf(flows);
  if (flows.length === 0)
    return [{ label: 'traffic', value: untrusted('none that the flow logs tell') }];
  const listed = (talkers: typeof accepted) =>
    untrusted(
      `${talkers
        .slice(0, mostShown)
        .map(
          ({ name, bytesOut, bytesIn }) =>
            `${name} (${inUnits(bytesOut)} out, ${inUnits(bytesIn)} in)`,
        )
        .join(', ')}${talkers.length > mostShown ? ` and ${talkers.length - mostShown} more` : ''}`,
    );
  return [
    { label: 'traffic', value: untrusted(`${inUnits(out)} out, ${inUnits(into)} in`) },
    ...(accepted.length > 0 ? [{ label: 'talked to', value: listed(accepted) }] : []),
    ...(rejected.length > 0
      ? [
          {
            label: 'rejected',
            value: untrusted(
              `${rejected
                .slice(0, mostShown)
                .map(({ name, flows: times }) => `${name} ×${times}`)
                .join(
                  ', ',
                )}${rejected.length > mostShown ? ` and ${rejected.length - mostShown} more` : ''}`,
            ),
          },
        ]
      : []),
  ];
};

/** The first word with each of the loudest, which is when something began. */
const momentsOf = (flows: readonly Flow[]): readonly Moment[] =>
  talkersOf(flows)
    .accepted.slice(0, 2)
    .map(({ name, first }) => ({
      at: first,
      what: untrusted(`first traffic with ${name}`),
    }));

export const network: Source = {
  id: 'network',
  title: 'Network',
  reads: ['ec2:DescribeNetworkInterfaces', 'logs:GetQueryResults', 'logs:StartQuery'],
  fits: ({ resources, addresses }, logs) =>
    logs.flowLogs !== undefined &&
    (addresses.length > 0 || resources.some(({ kind }) => kind === 'instance')),
  async gather(looking): Promise<Found> {
    const { subjects } = looking;
    const at = looking.logs(subjects.account, subjects.region).flowLogs;
    const { own, gaps, ...wanted } = await wantedOf(looking);
    if (!at || (wanted.interfaces.length === 0 && wanted.addresses.length === 0))
      return { facts: [], moments: [], gaps, seen: [], data: null };
    const query = flowQuery(wanted);
    const answered = await queryLog(looking, { id: 'network', what, at, query });
    const flows = answered.rows.flatMap((row) => flowOf(row, own) ?? []);
    const isAnswered = answered.scanned !== undefined;
    return {
      facts: isAnswered ? factsOf(flows) : [],
      moments: momentsOf(flows),
      gaps: [...gaps, ...answered.gaps],
      seen: talkersOf(flows).accepted.map(({ name }) => untrusted(`traffic with ${name}`)),
      data: { at, query, scannedBytes: answered.scanned, rows: answered.rows },
    };
  },
};
