/**
 * Who read and wrote the buckets of a case, from S3's server access logs by Athena, in the table of AWS's
 * documentation with its partitions by day. They are delivered late, and S3 promises not all of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-s3-access-logs-to-identify-requests.html
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { askEach, sharesOf } from '../each-log.ts';
import type { Row } from '../long-query.ts';
import { objectQuery, sortedBy, unsearched } from '../query-text.ts';
import type { Found, Source } from '../source.ts';
import type { Subjects } from '../subjects.ts';
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

const sent = (row: Row): number => Number(row['sent']) || 0;

const factsOf = (rows: readonly Row[]): readonly Fact[] => {
  if (rows.length === 0)
    return [{ label: 'objects', value: untrusted('no request that the logs tell') }];
  const all = rows.reduce((sum, row) => sum + sent(row), 0);
  const listed = rows.map(
    (row) =>
      `${whoIn(row)}: ${row['operation']} ${row['httpstatus']} ×${row['times']}, ${inUnits(sent(row))}`,
  );
  return [
    { label: 'sent', value: untrusted(inUnits(all)) },
    { label: 'most to', value: untrusted(andMore(listed, mostShown, '; ')) },
  ];
};

const bucketsOf = ({ resources }: Subjects) => resources.filter(({ kind }) => kind === 'bucket');

export const objects: Source = {
  id: 'objects',
  title: 'Objects',
  reads: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'],
  fits: (subjects, logs) =>
    bucketsOf(subjects).some((place) => logs(place).bucketLogs !== undefined),
  async gather(looking): Promise<Found> {
    const buckets = bucketsOf(looking.subjects);
    const { shares, gaps } = sharesOf(what, buckets, (one) => looking.logs(one).bucketLogs);
    const sorted = shares.map((share) => ({
      ...share,
      ids: sortedBy(
        'bucket',
        share.of.map(({ id }) => id),
      ),
    }));
    const answered = await askEach(
      'objects',
      what,
      sorted.filter(({ ids }) => ids.fit.length > 0),
      ({ at, ids }, named) =>
        queryTable(looking, { ...named, at, query: (span) => objectQuery(at, ids.fit, span) }),
    );
    const rows = answered.rows.toSorted((a, b) => sent(b) - sent(a));
    return {
      facts: answered.isAnswered ? factsOf(rows) : [],
      moments: [],
      gaps: [...gaps, ...sorted.flatMap(({ ids }) => unsearched(ids)), ...answered.gaps],
      seen: rows.map((row) => untrusted(`${row['operation']} by ${whoIn(row)}`)),
      data: answered.data,
    };
  },
};
