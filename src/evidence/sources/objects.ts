/**
 * Who read and wrote the buckets of a case, from S3's server access logs by Athena, in the table of AWS's
 * documentation with its partitions by day. They are delivered late, and S3 promises not all of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-s3-access-logs-to-identify-requests.html
 */
import { type Fact, untrusted } from '../../findings/finding.ts';
import type { Row } from '../long-query.ts';
import { objectQuery, sortedBy } from '../query-text.ts';
import type { Found, Source } from '../source.ts';
import { queryTable } from '../table-query.ts';
import { inUnits } from '../traffic.ts';

const mostShown = 4;
const what = 'S3 access logs';

const whoIn = (row: Row): string => {
  const requester = row['requester'] ?? '';
  return requester === '' || requester === '-'
    ? `anybody at ${row['remoteip']}`
    : `${requester} at ${row['remoteip']}`;
};

const factsOf = (rows: readonly Row[]): readonly Fact[] => {
  if (rows.length === 0)
    return [{ label: 'objects', value: untrusted('no request that the logs tell') }];
  const sent = rows.reduce((sum, row) => sum + (Number(row['sent']) || 0), 0);
  const listed = rows
    .slice(0, mostShown)
    .map(
      (row) =>
        `${whoIn(row)}: ${row['operation']} ${row['httpstatus']} ×${row['times']}, ${inUnits(Number(row['sent']) || 0)}`,
    );
  return [
    { label: 'sent', value: untrusted(inUnits(sent)) },
    { label: 'most to', value: untrusted(listed.join('; ')) },
  ];
};

export const objects: Source = {
  id: 'objects',
  title: 'Objects',
  reads: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'],
  fits: ({ resources }, logs) =>
    logs.bucketLogs !== undefined && resources.some(({ kind }) => kind === 'bucket'),
  async gather(looking): Promise<Found> {
    const { subjects } = looking;
    const at = looking.logs(subjects.account, subjects.region).bucketLogs;
    const { fit, misfit } = sortedBy(
      'bucket',
      subjects.resources.flatMap(({ kind, id }) => (kind === 'bucket' ? [id] : [])),
    );
    const gaps = misfit.map((name) => ({
      what: untrusted(name),
      because: 'not searched for: it has no form that may stand in a query, or is one too many',
    }));
    if (!at || fit.length === 0) return { facts: [], moments: [], gaps, seen: [], data: null };
    const answered = await queryTable(looking, {
      ...{ id: 'objects', what, at },
      query: (span) => objectQuery(at, fit, span),
    });
    return {
      facts: answered.scanned === undefined ? [] : factsOf(answered.rows),
      moments: [],
      gaps: [...gaps, ...answered.gaps],
      seen: answered.rows.map((row) => untrusted(`${row['operation']} by ${whoIn(row)}`)),
      data: { at, scannedBytes: answered.scanned, rows: answered.rows },
    };
  },
};
