/** One kind of race: prepares its rounds, runs them one by one, looks at each. */
import { requestIdOf } from '../../src/flows/put-request.ts';
import type { Request } from '../../src/requests/request.ts';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import { wordsIn } from '../stories/screen.ts';
import type { Report } from './contender.ts';
import type { Both, Contest } from './contest.ts';
import type { OwnersTables } from './owners-tables.ts';

export interface Round {
  readonly clicks: Both<SignedRequest>;
  /** Asserts about what both answered and what is stored; `again` delivers the same clicks anew. */
  judge(reports: Both<Report>, again: () => Promise<Both<Report>>): Promise<void>;
}

export interface Race {
  /** Capitals: part of every id. */
  readonly kind: string;
  readonly rounds: number;
  readonly prepare: (name: string) => Promise<Round>;
}

/** So many rounds are under way at once: while one is judged, another runs. */
const lanes = 4;

/** Answers in how many rounds one process found its write made impossible by the other. */
export const race = async (contest: Contest, { kind, rounds, prepare }: Race): Promise<number> => {
  let begun = 0;
  let collided = 0;
  const next = async (): Promise<void> => {
    begun += 1;
    const { clicks, judge } = await prepare(`${kind}${String(begun).padStart(6, '0')}`);
    const reports = await contest.round(clicks);
    if (reports.some(({ lost }) => lost > 0)) collided += 1;
    await judge(reports, () => contest.round(clicks));
  };
  const lane = async (): Promise<void> => {
    try {
      while (begun < rounds) await next();
    } catch (error) {
      // The other lanes begin no more rounds.
      begun = rounds;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return collided;
};

/** How both ended, which executions were started, and how often a start was asked for. */
export const ends = ([left, right]: Both<Report>) => {
  const starts = [...left.starts, ...right.starts];
  return {
    ends: [left.outcome, right.outcome].sort(),
    started: starts.filter(({ result }) => result === 'started').map(({ name }) => name),
    asked: starts.length,
  };
};

/** What a person was told: the words, and who is named as the one who came first. */
export const told = (report: Report) =>
  report.told.map((blocks) => ({
    words: wordsIn(JSON.parse(blocks)),
    who: /"user_id":"(\w+)"/.exec(blocks)?.[1],
  }));

/** The audit entries that wait in a request: what and whose. */
export const auditOf = (request: Request | undefined): readonly string[] | undefined =>
  request?.outbox.map(({ kind, actor }) => `${kind} ${actor}`);

/** The audit entry about a click that was refused. */
export const refusalOf = async (
  tables: OwnersTables,
  click: SignedRequest,
): Promise<string | undefined> => {
  const id = `click/${click.digest}`;
  const note = await tables.chain.get({ pk: `NOTE#${id}`, sk: 'NOTE' });
  const drafts = (note?.['drafts'] ?? {}) as Readonly<Record<string, { readonly kind: string }>>;
  return drafts[id]?.kind;
};

/** The request that submitting this plan makes, as stored. */
export const requestOf = (
  tables: OwnersTables,
  offer: { readonly token: string },
): Promise<Request | undefined> => tables.requests.get(requestIdOf(offer.token));
