/**
 * What the addresses of a case asked of our load balancers, from their access logs by Athena, in the table
 * of AWS's documentation with its partitions by day.
 * https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table-partition-projection.html
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { askEach, sharesOf } from '../each-log.ts';
import type { Row } from '../long-query.ts';
import { requestQuery, sortedBy, unsearched } from '../query-text.ts';
import type { Found, Source } from '../source.ts';
import { queryTable } from '../table-query.ts';

const mostShown = 4;
const what = 'Load balancer logs';

const number = (text: string | undefined): number => Number(text) || 0;

const total = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + number(row['times']), 0);

const listed = (rows: readonly Row[]): string =>
  andMore(
    rows.map(
      (row) =>
        `${row['client_ip']} ${row['request_verb']} ${row['elb_status_code']} ×${row['times']}`,
    ),
    mostShown,
  );

const factsOf = (rows: readonly Row[]): readonly Fact[] => {
  if (rows.length === 0)
    return [{ label: 'requests', value: untrusted('none that the load balancers tell') }];
  const refused = rows.filter((row) => number(row['elb_status_code']) >= 400);
  return [
    { label: 'requests', value: untrusted(`${total(rows)}, ${total(refused)} of them refused`) },
    { label: 'most', value: untrusted(listed(rows)) },
  ];
};

export const requests: Source = {
  id: 'requests',
  title: 'Requests',
  reads: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'],
  fits: ({ addresses, places }, logs) =>
    addresses.length > 0 && places.some((place) => logs(place).loadBalancerLogs !== undefined),
  async gather(looking): Promise<Found> {
    const { addresses, places } = looking.subjects;
    const { shares, gaps } = sharesOf(what, places, (one) => looking.logs(one).loadBalancerLogs);
    const sorted = sortedBy('address', addresses);
    const answered = await askEach(
      'requests',
      what,
      sorted.fit.length > 0 ? shares : [],
      ({ at }, named) =>
        queryTable(looking, { ...named, at, query: (span) => requestQuery(at, sorted.fit, span) }),
    );
    const rows = answered.rows.toSorted((a, b) => number(b['times']) - number(a['times']));
    return {
      facts: answered.isAnswered ? factsOf(rows) : [],
      moments: [],
      gaps: [...gaps, ...unsearched(sorted), ...answered.gaps],
      seen: rows.map((row) =>
        untrusted(`requests of ${row['client_ip']} with ${row['elb_status_code']}`),
      ),
      data: answered.data,
    };
  },
};
