/**
 * One query of CloudWatch Logs Insights that may take longer than a function runs: its id is noted before
 * anybody waits for it, so whoever takes the gathering up again looks for its result and starts no other.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
import { queriedTag } from '../actions/log-grants.ts';
import { CallFailed, failedAs, inWords } from '../posture/call-failed.ts';
import { mostRows } from './query-text.ts';
import { AskAgain, type Gap, type LogPlace, type Looking } from './source.ts';

/** One row by its fields. */
export type Row = Readonly<Record<string, string>>;

interface Answered {
  readonly rows: readonly Row[];
  readonly scanned: number | undefined;
  readonly gaps: readonly Gap[];
}

/** A look each second; then the rest of the gathering is not kept waiting in this invocation. */
const mostLooks = 4;
/** What is charged for is what is read, so a query ends after a day. */
const longestMs = 86_400_000;

const denied = ['AccessDeniedException', 'AccessDenied'];

const nothing = (because: string, what: string): Answered => ({
  rows: [],
  scanned: undefined,
  gaps: [{ what, because }],
});

const failed = (error: CallFailed, what: string): Answered =>
  nothing(
    failedAs(error, ...denied)
      ? `the read role may not query it: deploy the newest member role there, and tag the log group ${queriedTag.key} = ${queriedTag.value}`
      : inWords(error),
    what,
  );

interface Wanted {
  /** Of the source; one query has one. */
  readonly id: string;
  /** In our words, for gaps. */
  readonly what: string;
  readonly at: LogPlace;
  readonly query: string;
}

/** The day that begins with the incident; ISO 8601 UTC. */
const spanOf = ({ from, to }: Looking): { readonly from: number; readonly to: number } => ({
  from: Date.parse(from),
  to: Math.min(Date.parse(to), Date.parse(from) + longestMs),
});

/** The id of the query, started once in a gathering. */
const queryId = async (looking: Looking, { id, at, query }: Wanted): Promise<string> => {
  const known = await looking.noted(id);
  if (known !== undefined) return known;
  const { from, to } = spanOf(looking);
  const { queryId: started = '' } = await looking
    .at(at.account, at.region)
    .call('logs:StartQuery', {
      logGroupName: at.logGroup,
      startTime: Math.floor(from / 1000),
      endTime: Math.ceil(to / 1000),
      queryString: query,
    });
  return looking.note(id, started);
};

const rowOf = (
  fields: readonly { readonly field?: string | undefined; readonly value?: string | undefined }[],
): Row =>
  Object.fromEntries(
    fields.flatMap(({ field, value }) => (field && value !== undefined ? [[field, value]] : [])),
  );

const limits = (looking: Looking, { what }: Wanted, rows: number): readonly Gap[] => [
  ...(rows >= mostRows
    ? [{ what, because: `only the first ${mostRows} rows were read, there are more` }]
    : []),
  ...(spanOf(looking).to < Date.parse(looking.to)
    ? [{ what, because: 'only the first day of the incident was searched' }]
    : []),
];

const look = async (
  looking: Looking,
  wanted: Wanted,
  query: string,
): Promise<Answered | undefined> => {
  const { at, what } = wanted;
  const {
    status,
    results = [],
    statistics,
  } = await looking.at(at.account, at.region).call('logs:GetQueryResults', { queryId: query });
  switch (status) {
    case 'Complete':
      return {
        rows: results.map(rowOf),
        scanned: statistics?.bytesScanned,
        gaps: limits(looking, wanted, results.length),
      };
    case 'Failed':
    case 'Cancelled':
    case 'Timeout':
      return nothing(`the query ended as ${status}`, what);
    default:
      return undefined;
  }
};

/** Throws `AskAgain` while the query runs. */
export const queryLog = async (looking: Looking, wanted: Wanted): Promise<Answered> => {
  try {
    const query = await queryId(looking, wanted);
    for (let n = 0; n < mostLooks; n += 1) {
      const answered = await look(looking, wanted, query);
      if (answered) return answered;
    }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return failed(error, wanted.what);
  }
  throw new AskAgain(`${wanted.what} is still being searched`);
};
