/**
 * A query of Athena over logs in S3. It is started under a token of its gathering, so a start whose answer
 * was lost starts nothing twice either.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
import { queriedTag } from '../actions/log-grants.ts';
import { type Answered, type Ended, type Row, runLong, type Span } from './long-query.ts';
import type { Looking, TablePlace } from './source.ts';

interface Wanted {
  readonly id: string;
  readonly what: string;
  readonly at: TablePlace;
  readonly query: (span: Span) => string;
}

interface AthenaRow {
  readonly Data?: readonly { readonly VarCharValue?: string | undefined }[] | undefined;
}

/** The first row has the names of the columns. */
const rowsOf = ([header, ...rows]: readonly AthenaRow[]): readonly Row[] => {
  const names = (header?.Data ?? []).map(({ VarCharValue = '' }) => VarCharValue);
  return rows.map(({ Data = [] }) =>
    Object.fromEntries(names.map((name, n) => [name, Data[n]?.VarCharValue ?? ''])),
  );
};

/** Throws `AskAgain` while the query runs. */
export const queryTable = (looking: Looking, wanted: Wanted): Promise<Answered> => {
  const { at, query, ...named } = wanted;
  const reader = looking.at(at.account, at.region);
  return runLong(looking, {
    ...named,
    remedy: `deploy the newest member role there, tag the workgroup ${queriedTag.key} = ${queriedTag.value}, and let cordon-read use the table and its buckets (docs/evidence.md)`,
    async start(span) {
      const { QueryExecutionId = '' } = await reader.call('athena:StartQueryExecution', {
        QueryString: query(span),
        WorkGroup: at.workgroup,
        ClientRequestToken: `cordon-evidence-${looking.caseId}-${looking.number}-${named.id}`,
      });
      return QueryExecutionId;
    },
    async look(QueryExecutionId): Promise<Ended | undefined> {
      const { QueryExecution } = await reader.call('athena:GetQueryExecution', {
        QueryExecutionId,
      });
      const state = QueryExecution?.Status?.State ?? 'QUEUED';
      if (state === 'FAILED' || state === 'CANCELLED') return { kind: 'ended', as: state };
      if (state !== 'SUCCEEDED') return undefined;
      const { ResultSet } = await reader.call('athena:GetQueryResults', { QueryExecutionId });
      return {
        kind: 'complete',
        rows: rowsOf(ResultSet?.Rows ?? []),
        scanned: QueryExecution?.Statistics?.DataScannedInBytes ?? 0,
      };
    },
  });
};
