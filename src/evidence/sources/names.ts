/**
 * What the instances of a case asked the Route 53 Resolver for, from its query logs in CloudWatch Logs:
 * names of command servers and tunnels show here, whatever the traffic hides.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { askEach, sharesOf } from '../each-log.ts';
import { queryLog } from '../log-query.ts';
import type { Row } from '../long-query.ts';
import { nameQuery, sortedBy, unsearched } from '../query-text.ts';
import type { Found, Moment, Source } from '../source.ts';
import type { Subjects } from '../subjects.ts';

const mostShown = 6;
const what = 'Resolver query logs';

interface Asked {
  readonly name: string;
  readonly times: number;
  /** `NOERROR`, `NXDOMAIN` … */
  readonly code: string;
  /** ISO 8601 UTC. */
  readonly first: string | undefined;
}

const isoOf = (text: string | undefined): string | undefined =>
  text && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined;

const askedOf = (row: Row): readonly Asked[] => {
  const name = row['query_name'];
  return name
    ? [
        {
          name: name.replace(/\.$/, ''),
          times: Number(row['times']) || 0,
          code: row['rcode'] ?? '',
          first: isoOf(row['first']),
        },
      ]
    : [];
};

/** A dot in brackets: nobody shall open what a machine under attack asked for. */
const defanged = (name: string): string => name.replaceAll('.', '[.]');

const listed = (all: readonly Asked[]): string =>
  andMore(
    all.map(({ name, times }) => `${defanged(name)}${times > 1 ? ` ×${times}` : ''}`),
    mostShown,
  );

const instancesOf = ({ resources }: Subjects) =>
  resources.filter(({ kind }) => kind === 'instance');

const factsOf = (asked: readonly Asked[]): readonly Fact[] => {
  if (asked.length === 0)
    return [{ label: 'names', value: untrusted('none that the resolver tells') }];
  const [found, failed] = [
    asked.filter(({ code }) => code === 'NOERROR' || code === ''),
    asked.filter(({ code }) => code !== 'NOERROR' && code !== ''),
  ];
  return [
    ...(found.length > 0 ? [{ label: 'asked for', value: untrusted(listed(found)) }] : []),
    ...(failed.length > 0 ? [{ label: 'not answered', value: untrusted(listed(failed)) }] : []),
  ];
};

const momentsOf = (asked: readonly Asked[]): readonly Moment[] =>
  asked
    .slice(0, 2)
    .flatMap(({ name, first }) =>
      first ? [{ at: first, what: untrusted(`first asked for ${defanged(name)}`) }] : [],
    );

export const names: Source = {
  id: 'names',
  title: 'DNS',
  reads: ['logs:GetQueryResults', 'logs:StartQuery'],
  fits: (subjects, logs) =>
    instancesOf(subjects).some((place) => logs(place).resolverLogs !== undefined),
  async gather(looking): Promise<Found> {
    const instances = instancesOf(looking.subjects);
    const { shares, gaps } = sharesOf(what, instances, (one) => looking.logs(one).resolverLogs);
    const sorted = shares.map((share) => ({
      ...share,
      ids: sortedBy(
        'instance',
        share.of.map(({ id }) => id),
      ),
    }));
    const answered = await askEach(
      'names',
      what,
      sorted.filter(({ ids }) => ids.fit.length > 0),
      async ({ at, ids }, named) => {
        const query = nameQuery(ids.fit);
        return { query, ...(await queryLog(looking, { ...named, at, query })) };
      },
    );
    const asked = answered.rows.flatMap(askedOf).toSorted((a, b) => b.times - a.times);
    return {
      facts: answered.isAnswered ? factsOf(asked) : [],
      moments: momentsOf(asked),
      gaps: [...gaps, ...sorted.flatMap(({ ids }) => unsearched(ids)), ...answered.gaps],
      seen: asked.map(({ name }) => untrusted(`name ${defanged(name)}`)),
      data: answered.data,
    };
  },
};
