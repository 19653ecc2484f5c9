/** One kind of race: prepares its rounds, runs them one by one, looks at each. */
import { requestIdOf } from '../../src/flows/submit-plan.ts';
import type { Request } from '../../src/requests/request.ts';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import { wordsIn } from '../stories/play.ts';
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

/** Answers in how many rounds one process found its write made impossible by the other. */
export const race = async (contest: Contest, { kind, rounds, prepare }: Race): Promise<number> => {
  const prepared: Round[] = []; let t0=performance.now(), tr=0, tj=0; const cpu0=process.cpuUsage();
  for (let n = 0; n < rounds; n += 1)
    prepared.push(await prepare(`${kind}${String(n).padStart(6, '0')}`));
  const tp=performance.now()-t0; await contest.load(prepared.map(({ clicks }) => clicks));
  let collided = 0;
  for (const [n, { judge }] of prepared.entries()) {
    t0=performance.now(); const reports = await contest.round(n); tr+=performance.now()-t0; t0=performance.now();
    if (reports.some(({ lost }) => lost > 0)) collided += 1;
    await judge(reports, () => contest.round(n)); tj+=performance.now()-t0;
  }
process.stdout.write(JSON.stringify({kind,tp,tr,tj,collided,cpu:process.cpuUsage(cpu0).user/1000})+'\n'); return collided;
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
