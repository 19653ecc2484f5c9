/**
 * The simulated Athena: queries as evidence asks them, over tables with a partition by day. A query is
 * started once for a token. https://docs.aws.amazon.com/athena/latest/APIReference/Welcome.html
 */
import type {
  GetQueryExecutionCommandInput,
  GetQueryResultsCommandInput,
  StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { queriedTag } from '../../actions/log-grants.ts';
import { AwsError, denied } from './aws-error.ts';
import { aggregation, type Row } from './logs.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const invalid = (message: string): AwsError =>
  new AwsError('InvalidRequestException', message, 400);

const shape =
  /^SELECT (?<columns>.+) FROM "(?<database>\w+)"\."(?<table>\w+)" WHERE "\w+" BETWEEN '(?<from>[\d/]{10})' AND '(?<to>[\d/]{10})' AND (?<field>\w+) IN \((?<list>'[^']*'(?:,'[^']*')*)\) GROUP BY (?<by>[\w, ]+) ORDER BY (?<order>\w+) DESC LIMIT (?<most>\d+)$/;

const parsed = (query: string) => {
  const groups = shape.exec(query)?.groups;
  if (!groups) throw invalid(`mismatched input: ${query}`);
  const { columns = '', by = '', list = '', from = '', to = '', order = '' } = groups;
  const { database = '', table = '', field = '', most = '' } = groups;
  const fields = by.split(', ');
  return {
    name: `${database}.${table}`,
    field,
    most: Number(most),
    order,
    // Of the columns, those that are not grouped by.
    rows: aggregation(
      columns.split(', ').filter((column) => !fields.includes(column)),
      fields,
    ),
    values: list.split(',').map((value) => value.slice(1, -1)),
    isWithin: (at: string) => {
      const day = at.slice(0, 10).replaceAll('-', '/');
      return day >= from && day <= to;
    },
  };
};

const tableOf = ({ services }: Partition, name: string) => {
  const table = services.logTables.get(name);
  if (!table) throw invalid(`Table not found: ${name}`);
  if (table.tags[queriedTag.key] !== queriedTag.value)
    throw denied('athena', 'not authorized to perform: athena:StartQueryExecution');
  return table;
};

const known = ({ services }: Partition, id: string | undefined) => {
  const query = services.logQueries.get(id ?? '');
  if (!query) throw invalid(`QueryExecution ${id} was not found`);
  return query;
};

const dataOf = (values: readonly string[]) => ({
  Data: values.map((VarCharValue) => ({ VarCharValue })),
});

export const athenaHandlers = {
  StartQueryExecution(input: StartQueryExecutionCommandInput, { partition, world }: Call) {
    const { QueryString = '', ClientRequestToken: token = '' } = input;
    const { logQueries } = partition.services;
    const before = [...logQueries].find(([, query]) => query.token === token);
    if (before) return { QueryExecutionId: before[0] };
    const query = parsed(QueryString);
    const table = tableOf(partition, query.name);
    const records = table.records.filter(
      (record) =>
        query.isWithin(record.at) && query.values.includes(String(record[query.field] ?? '')),
    );
    const rows: readonly Row[] = query
      .rows(records)
      .toSorted((a, b) => Number(b[query.order]) - Number(a[query.order]))
      .slice(0, query.most);
    const QueryExecutionId = world.nextId('athena');
    logQueries.set(QueryExecutionId, {
      readyAt: world.now() + (table.querySeconds ?? 0) * 1000,
      status: table.queryEnds ?? 'Complete',
      rows,
      scanned: JSON.stringify(table.records).length,
      token,
    });
    return { QueryExecutionId };
  },

  GetQueryExecution(input: GetQueryExecutionCommandInput, { partition, world }: Call) {
    const { readyAt, status, scanned } = known(partition, input.QueryExecutionId);
    const ended = status === 'Complete' ? 'SUCCEEDED' : 'FAILED';
    return {
      QueryExecution: {
        QueryExecutionId: input.QueryExecutionId,
        Status: { State: readyAt > world.now() ? 'RUNNING' : ended },
        Statistics: { DataScannedInBytes: scanned },
      },
    };
  },

  GetQueryResults(input: GetQueryResultsCommandInput, { partition }: Call) {
    const { rows } = known(partition, input.QueryExecutionId);
    const names = Object.keys(rows[0] ?? {});
    return {
      ResultSet: {
        Rows: [dataOf(names), ...rows.map((row) => dataOf(names.map((name) => row[name] ?? '')))],
      },
    };
  },
} satisfies Handlers;
