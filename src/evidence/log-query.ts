/**
 * A query of CloudWatch Logs Insights.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
import { queriedTag } from '../actions/log-grants.ts';
import { type Answered, type Ended, runLong } from './long-query.ts';
import type { LogPlace, Looking } from './source.ts';

interface Wanted {
  readonly id: string;
  readonly what: string;
  readonly at: LogPlace;
  readonly query: string;
}

const rowOf = (
  fields: readonly { readonly field?: string | undefined; readonly value?: string | undefined }[],
) =>
  Object.fromEntries(
    fields.flatMap(({ field, value }) => (field && value !== undefined ? [[field, value]] : [])),
  );

/** Throws `AskAgain` while the query runs. */
export const queryLog = (looking: Looking, wanted: Wanted): Promise<Answered> => {
  const { at, query, ...named } = wanted;
  const reader = looking.at(at.account, at.region);
  return runLong(looking, {
    ...named,
    remedy: `deploy the newest member role there, and tag the log group ${queriedTag.key} = ${queriedTag.value}`,
    async start({ from, to }) {
      const { queryId = '' } = await reader.call('logs:StartQuery', {
        logGroupName: at.logGroup,
        startTime: Math.floor(from / 1000),
        endTime: Math.ceil(to / 1000),
        queryString: query,
      });
      return queryId;
    },
    async look(queryId): Promise<Ended | undefined> {
      const answer = await reader.call('logs:GetQueryResults', { queryId });
      const { status = 'Unknown', results = [], statistics } = answer;
      if (status === 'Complete')
        return {
          kind: 'complete',
          rows: results.map(rowOf),
          scanned: statistics?.bytesScanned ?? 0,
        };
      return ['Failed', 'Cancelled', 'Timeout'].includes(status)
        ? { kind: 'ended', as: status }
        : undefined;
    },
  });
};
