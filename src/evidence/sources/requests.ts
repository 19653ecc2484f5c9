/**
 * What the addresses of a case asked of our load balancers, from their access logs by Athena, in the table
 * of AWS's documentation with its partitions by day.
 * https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table-partition-projection.html
 */
import { type Fact, untrusted } from '../../findings/finding.ts';
import type { Row } from '../long-query.ts';
import { requestQuery, sortedBy } from '../query-text.ts';
import type { Found, Source } from '../source.ts';
import { queryTable } from '../table-query.ts';

const mostShown = 4;
const what = 'Load balancer logs';

const number = (text: string | undefined): number => Number(text) || 0;

const total = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + number(row['times']), 0);

const listed = (rows: readonly Row[]): string =>
  rows
    .slice(0, mostShown)
    .map(
      (row) =>
        `${row['client_ip']} ${row['request_verb']} ${row['elb_status_code']} ×${row['times']}`,
    )
    .join(', ');

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
  fits: ({ addresses }, logs) => logs.loadBalancerLogs !== undefined && addresses.length > 0,
  async gather(looking): Promise<Found> {
    const { subjects } = looking;
    const at = looking.logs(subjects.account, subjects.region).loadBalancerLogs;
    const { fit, misfit } = sortedBy('address', subjects.addresses);
    const gaps = misfit.map((name) => ({
      what: untrusted(name),
      because: 'not searched for: it has no form that may stand in a query, or is one too many',
    }));
    if (!at || fit.length === 0) return { facts: [], moments: [], gaps, seen: [], data: null };
    const answered = await queryTable(looking, {
      ...{ id: 'requests', what, at },
      query: (span) => requestQuery(at, fit, span),
    });
    return {
      facts: answered.scanned === undefined ? [] : factsOf(answered.rows),
      moments: [],
      gaps: [...gaps, ...answered.gaps],
      seen: answered.rows.map((row) =>
        untrusted(`requests of ${row['client_ip']} with ${row['elb_status_code']}`),
      ),
      data: { at, scannedBytes: answered.scanned, rows: answered.rows },
    };
  },
};
