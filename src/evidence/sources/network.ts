/**
 * Whom the instances of a case talked to, from VPC Flow Logs in CloudWatch Logs, or who talked to the
 * addresses of a case that names no instance. Records are delivered some ten minutes after the traffic;
 * what was said is not in them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { allDone, attempt, gapsOf, valuesOf } from '../attempt.ts';
import { askEach, sharesOf } from '../each-log.ts';
import { queryLog } from '../log-query.ts';
import { flowQuery, sortedBy, unsearched } from '../query-text.ts';
import type { Found, Looking, Moment, Source } from '../source.ts';
import type { Place, Subjects } from '../subjects.ts';
import { type Flow, flowOf, inUnits, talkersOf } from '../traffic.ts';

const mostShown = 4;
const what = 'VPC Flow Logs';

const instancesOf = ({ resources }: Subjects) =>
  resources.filter(({ kind }) => kind === 'instance');

/** Where traffic is looked for: where the instances are, or with none the findings. */
const placesOf = (subjects: Subjects): readonly Place[] => {
  const instances = instancesOf(subjects);
  return instances.length > 0 ? instances : subjects.places;
};

interface Interfaces extends Place {
  readonly ids: readonly string[];
  /** Our own addresses: the other end of a flow is whom it talked to. */
  readonly own: readonly string[];
}

/** The interfaces that an instance has now; those that went with it are not to be found. */
const interfacesOf = async (
  looking: Looking,
  { id, account, region }: Place & { readonly id: string },
): Promise<Interfaces> => {
  const { NetworkInterfaces = [] } = await looking
    .at(account, region)
    .call('ec2:DescribeNetworkInterfaces', {
      Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
    });
  return {
    account,
    region,
    ids: NetworkInterfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    own: NetworkInterfaces.flatMap(({ PrivateIpAddresses = [], Ipv6Addresses = [] }) => [
      ...PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      ...Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    ]),
  };
};

const isIn =
  ({ account, region }: Place) =>
  (other: Place): boolean =>
    other.account === account && other.region === region;

const factsOf = (flows: readonly Flow[]): readonly Fact[] => {
  const { accepted, rejected, out, into } = talkersOf(flows);
  if (flows.length === 0)
    return [{ label: 'traffic', value: untrusted('none that the flow logs tell') }];
  const talked = accepted.map(
    ({ name, bytesOut, bytesIn }) => `${name} (${inUnits(bytesOut)} out, ${inUnits(bytesIn)} in)`,
  );
  const refused = rejected.map(({ name, flows: times }) => `${name} ×${times}`);
  const listed = (names: readonly string[]) => untrusted(andMore(names, mostShown));
  return [
    { label: 'traffic', value: untrusted(`${inUnits(out)} out, ${inUnits(into)} in`) },
    ...(talked.length > 0 ? [{ label: 'talked to', value: listed(talked) }] : []),
    ...(refused.length > 0 ? [{ label: 'rejected', value: listed(refused) }] : []),
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
  fits: (subjects, logs) =>
    (subjects.addresses.length > 0 || instancesOf(subjects).length > 0) &&
    placesOf(subjects).some((place) => logs(place).flowLogs !== undefined),
  async gather(looking): Promise<Found> {
    const { subjects } = looking;
    const attempts = await allDone(
      instancesOf(subjects).map((one) =>
        attempt(`Network interfaces of ${one.id}`, () => interfacesOf(looking, one)),
      ),
    );
    const found = valuesOf(attempts);
    const { shares, gaps } = sharesOf(
      what,
      placesOf(subjects),
      (one) => looking.logs(one).flowLogs,
    );
    const addresses = sortedBy('address', subjects.addresses);
    // Of instances that are gone the addresses of the case are what is left to look for.
    const wanted = shares.map((share) => ({
      ...share,
      interfaces: sortedBy(
        'interface',
        found.filter((one) => share.of.some(isIn(one))).flatMap(({ ids }) => ids),
      ),
    }));
    const answered = await askEach(
      'network',
      what,
      wanted.filter(({ interfaces }) => interfaces.fit.length + addresses.fit.length > 0),
      async ({ at, interfaces }, named) => {
        const query = flowQuery({ interfaces: interfaces.fit, addresses: addresses.fit });
        return { query, ...(await queryLog(looking, { ...named, at, query })) };
      },
    );
    const own = found.flatMap((one) => one.own);
    const flows = answered.rows.flatMap((row) => flowOf(row, own) ?? []);
    const byAddress = wanted.some(({ interfaces }) => interfaces.fit.length === 0);
    return {
      facts: answered.isAnswered ? factsOf(flows) : [],
      moments: momentsOf(flows),
      gaps: [
        ...gapsOf(attempts),
        ...gaps,
        ...wanted.flatMap(({ interfaces }) => unsearched(interfaces)),
        ...(byAddress ? unsearched(addresses) : []),
        ...answered.gaps,
      ],
      seen: talkersOf(flows).accepted.map(({ name }) => untrusted(`traffic with ${name}`)),
      data: answered.data,
    };
  },
};
