/**
 * The simulated CloudWatch Logs: queries of Logs Insights as evidence asks them (a filter of values, sums by
 * fields, an order, a limit), which may take their time.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
import type {
  GetQueryResultsCommandInput,
  StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { queriedTag } from '../../actions/log-grants.ts';
import { AwsError, denied } from './aws-error.ts';
import type { LogRecord } from './service-state.ts';
import type { Call, Handlers } from './world.ts';

export type Row = Readonly<Record<string, string>>;

const malformed = (part: string): AwsError =>
  new AwsError('MalformedQueryException', `unexpected symbol in: ${part}`, 400);

/** `a in ["x","y"] or b in ["z"]`. */
const filterOf = (text: string): ((record: LogRecord) => boolean) => {
  const conditions = text.split(' or ').map((each) => {
    const [, field, list] = /^([\w.]+) in \[("[^"\\]*"(?:,"[^"\\]*")*)\]$/.exec(each) ?? [];
    if (!field || !list) throw malformed(each);
    return { field, values: list.split(',').map((value) => value.slice(1, -1)) };
  });
  return (record) =>
    conditions.some(({ field, values }) => values.includes(String(record[field] ?? '')));
};

const sums: Readonly<Record<string, (values: readonly (string | number)[]) => string>> = {
  sum: (values) => String(values.reduce((total: number, each) => total + Number(each), 0)),
  count: (values) => String(values.length),
  min: (values) => String(values.toSorted()[0] ?? ''),
  max: (values) => String(values.toSorted().at(-1) ?? ''),
};

/** `sum(bytes) as bytes`, `count(*) as flows` by fields. Throws for whatever else. */
export const aggregation = (aggregates: readonly string[], fields: readonly string[]) => {
  const wanted = aggregates.map((each) => {
    const [, name = '', field = '', as = ''] =
      /^(\w+)\("?([\w*.]+)"?\) as (\w+)$/i.exec(each) ?? [];
    const sum = sums[name];
    if (!sum) throw malformed(each);
    return { sum, field, as };
  });
  return (records: readonly LogRecord[]): readonly Row[] => {
    const groups = new Map<string, LogRecord[]>();
    for (const record of records) {
      const key = JSON.stringify(fields.map((field) => String(record[field] ?? '')));
      groups.set(key, [...(groups.get(key) ?? []), record]);
    }
    return [...groups].map(([key, members]) => {
      const values: readonly string[] = JSON.parse(key);
      return Object.fromEntries([
        ...fields.map((field, n) => [field, values[n] ?? '']),
        ...wanted.map(({ sum, field, as }) => [
          as,
          sum(members.map((record) => (field === '*' ? 1 : (record[field] ?? 0)))),
        ]),
      ]);
    });
  };
};

/** `stats sum(bytes) as bytes, count(*) as flows by srcAddr, dstAddr`. */
const statsOf = (text: string) => {
  const [, aggregates = '', by = ''] = /^stats (.+) by ([\w., ]+)$/.exec(text) ?? [];
  return aggregation(aggregates.split(', '), by.split(', '));
};

const answersTo = (query: string, records: readonly LogRecord[]): readonly Row[] => {
  const [filter = '', stats = '', sort = '', limit = ''] = query.split(' | ');
  const by = /^sort (\w+) desc$/.exec(sort)?.[1];
  const most = /^limit (\d+)$/.exec(limit)?.[1];
  if (!filter.startsWith('filter ') || !by || !most) throw malformed(query);
  return statsOf(stats)(records.filter(filterOf(filter.slice('filter '.length))))
    .toSorted((a, b) => Number(b[by]) - Number(a[by]))
    .slice(0, Number(most));
};

export const logHandlers = {
  StartQuery(input: StartQueryCommandInput, { partition, world }: Call) {
    const { logGroupName = '', queryString = '', startTime = 0, endTime = 0 } = input;
    const group = partition.services.logGroups.get(logGroupName);
    if (!group) throw new AwsError('ResourceNotFoundException', 'Log group does not exist.', 400);
    // The one condition of a policy that the world holds: without it any log could be read.
    if (group.tags[queriedTag.key] !== queriedTag.value)
      throw denied('logs', `not authorized to perform: logs:StartQuery on ${logGroupName}`);
    const records = group.records.filter(
      ({ at }) => Date.parse(at) >= startTime * 1000 && Date.parse(at) <= endTime * 1000,
    );
    const queryId = world.nextId('query');
    partition.services.logQueries.set(queryId, {
      readyAt: world.now() + (group.querySeconds ?? 0) * 1000,
      status: group.queryEnds ?? 'Complete',
      rows: answersTo(queryString, records),
      scanned: JSON.stringify(group.records).length,
    });
    return { queryId };
  },

  GetQueryResults(input: GetQueryResultsCommandInput, { partition, world }: Call) {
    const query = partition.services.logQueries.get(input.queryId ?? '');
    if (!query) throw new AwsError('ResourceNotFoundException', 'Unknown query id.', 400);
    if (query.readyAt > world.now()) return { status: 'Running', results: [] };
    if (query.status !== 'Complete') return { status: query.status, results: [] };
    return {
      status: 'Complete',
      results: query.rows.map((row) =>
        Object.entries(row).map(([field, value]) => ({ field, value })),
      ),
      statistics: { bytesScanned: query.scanned, recordsMatched: query.rows.length },
    };
  },
} satisfies Handlers;
