/**
 * What the instances of a case asked the Route 53 Resolver for, from its query logs in CloudWatch Logs:
 * names of command servers and tunnels show here, whatever the traffic hides.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html
 */
import { type Fact, untrusted } from '../../findings/finding.ts';
import { queryLog } from '../log-query.ts';
import type { Row } from '../long-query.ts';
import { nameQuery, sortedBy } from '../query-text.ts';
import type { Found, Moment, Source } from '../source.ts';

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
  `${all
    .slice(0, mostShown)
    .map(({ name, times }) => `${defanged(name)}${times > 1 ? ` ×${times}` : ''}`)
    .join(', ')}${all.length > mostShown ? ` and ${all.length - mostShown} more` : ''}`;

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
  fits: ({ resources }, logs) =>
    logs.resolverLogs !== undefined && resources.some(({ kind }) => kind === 'instance'),
  async gather(looking): Promise<Found> {
    const { subjects } = looking;
    const at = looking.logs(subjects.account, subjects.region).resolverLogs;
    const instances = sortedBy(
      'instance',
      subjects.resources.flatMap(({ kind, id }) => (kind === 'instance' ? [id] : [])),
    );
    const gaps = instances.misfit.map((name) => ({
      what: untrusted(name),
      because: 'not searched for: it has no form that may stand in a query, or is one too many',
    }));
    if (!at || instances.fit.length === 0)
      return { facts: [], moments: [], gaps, seen: [], data: null };
    const query = nameQuery(instances.fit);
    const answered = await queryLog(looking, { id: 'names', what, at, query });
    const asked = answered.rows.flatMap(askedOf);
    return {
      facts: answered.scanned === undefined ? [] : factsOf(asked),
      moments: momentsOf(asked),
      gaps: [...gaps, ...answered.gaps],
      seen: asked.map(({ name }) => untrusted(`name ${defanged(name)}`)),
      data: { at, query, scannedBytes: answered.scanned, rows: answered.rows },
    };
  },
};
