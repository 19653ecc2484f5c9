/**
 * One query that may take longer than a function runs: its id is noted before anybody waits for it, so
 * whoever takes the gathering up again looks for its result and starts no other.
 */
import { CallFailed, failedAs, inWords } from '../posture/call-failed.ts';
import { mostRows } from './query-text.ts';
import { AskAgain, type Gap, type Looking } from './source.ts';

/** One row by its fields. */
export type Row = Readonly<Record<string, string>>;

/** How a query ended: with rows, or in the service's own word for why not. */
export type Ended =
  | { readonly kind: 'complete'; readonly rows: readonly Row[]; readonly scanned: number }
  | { readonly kind: 'ended'; readonly as: string };

export interface LongQuery {
  /** Of the source; one gathering starts one query of it. */
  readonly id: string;
  /** In our words, for gaps. */
  readonly what: string;
  /** What to do where the read role may not: goes on after a colon. */
  readonly remedy: string;
  /** Answers the id of the query. */
  start(span: Span): Promise<string>;
  /** Undefined while it runs. */
  look(query: string): Promise<Ended | undefined>;
}

export interface Answered {
  readonly rows: readonly Row[];
  /** Bytes; undefined where there is no answer. */
  readonly scanned: number | undefined;
  readonly gaps: readonly Gap[];
}

/** Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** About a look each second (src/posture/pace.ts); then the rest of the gathering is not kept waiting in this invocation. */
const mostLooks = 4;
/** What is charged for is what is read, so a search ends after a day. */
const longestMs = 86_400_000;

const denied = ['AccessDeniedException', 'AccessDenied'];

/** The day that begins with the incident. */
const spanOf = ({ from, to }: Looking): Span => ({
  from: Date.parse(from),
  to: Math.min(Date.parse(to), Date.parse(from) + longestMs),
});

const nothing = (because: string, what: string): Answered => ({
  rows: [],
  scanned: undefined,
  gaps: [{ what, because }],
});

const limits = (looking: Looking, what: string, rows: number): readonly Gap[] => [
  ...(rows >= mostRows
    ? [{ what, because: `only the first ${mostRows} rows were read, there are more` }]
    : []),
  ...(spanOf(looking).to < Date.parse(looking.to)
    ? [{ what, because: 'only the first day of the incident was searched' }]
    : []),
];

const startedOnce = async (looking: Looking, { id, start }: LongQuery): Promise<string> =>
  (await looking.noted(id)) ?? looking.note(id, await start(spanOf(looking)));

const seen = async (looking: Looking, query: LongQuery): Promise<Answered | undefined> => {
  const id = await startedOnce(looking, query);
  for (let n = 0; n < mostLooks; n += 1) {
    const ended = await query.look(id);
    if (ended?.kind === 'complete')
      return { ...ended, gaps: limits(looking, query.what, ended.rows.length) };
    if (ended) return nothing(`the query ended as ${ended.as}`, query.what);
  }
  return undefined;
};

/** Throws `AskAgain` while the query runs. */
export const runLong = async (looking: Looking, query: LongQuery): Promise<Answered> => {
  try {
    const answered = await seen(looking, query);
    if (answered) return answered;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return nothing(
      failedAs(error, ...denied)
        ? `the read role may not query it: ${query.remedy}`
        : inWords(error),
      query.what,
    );
  }
  if (looking.isLastTry) return nothing('the search did not end in time', query.what);
  throw new AskAgain(`${query.what} is still being searched`);
};
