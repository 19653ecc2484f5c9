/**
 * One question for every log that tells of a case: its subjects may be in several accounts and Regions, each
 * with a log of its own, and some may share one.
 */
import { sha256 } from '../audit/chain.ts';
import { allDone } from './attempt.ts';
import type { Answered, Row } from './long-query.ts';
import type { Gap } from './source.ts';
import type { Place } from './subjects.ts';

/** A log, and what is asked of it. */
interface Share<L, T> {
  readonly at: L;
  readonly of: readonly T[];
}

/** `what`: the kind of log in our words. A place without one is a gap. */
export const sharesOf = <L extends Place, T extends Place>(
  what: string,
  subjects: readonly T[],
  logOf: (subject: T) => L | undefined,
): { readonly shares: readonly Share<L, T>[]; readonly gaps: readonly Gap[] } => {
  const byLog = new Map<string, Share<L, T>>();
  const without = new Set<string>();
  for (const subject of subjects) {
    const at = logOf(subject);
    if (at) {
      const name = JSON.stringify(at);
      byLog.set(name, { at, of: [...(byLog.get(name)?.of ?? []), subject] });
    } else without.add(`${what} of ${subject.account} in ${subject.region}`);
  }
  return {
    shares: [...byLog.values()],
    gaps: [...without].map((name) => ({
      what: name,
      because: 'the configuration names none for that account (evidence.network)',
    })),
  };
};

/** `query`: its text, where one is kept. */
type Told = Answered & { readonly query?: string };

interface AllAnswered {
  readonly rows: readonly Row[];
  readonly isAnswered: boolean;
  readonly gaps: readonly Gap[];
  /** What lies in the bucket: where was asked, and the rows from there. */
  readonly data: readonly object[];
}

/**
 * Asks each once, all at a time. `ask` gets an id that names the log whatever else the case names later, and
 * the log in our words. Throws `AskAgain` when the last one has been looked at.
 */
export const askEach = async <S extends { readonly at: Place }>(
  source: string,
  what: string,
  shares: readonly S[],
  ask: (share: S, named: { readonly id: string; readonly what: string }) => Promise<Told>,
): Promise<AllAnswered> => {
  const answers = await allDone(
    shares.map(async (share) => {
      const { at } = share;
      const id = `${source}-${sha256(JSON.stringify(at)).slice(0, 12)}`;
      const told = await ask(share, { id, what: `${what} of ${at.account} in ${at.region}` });
      return { at, told };
    }),
  );
  return {
    rows: answers.flatMap(({ told }) => told.rows),
    isAnswered: answers.some(({ told }) => told.scanned !== undefined),
    gaps: answers.flatMap(({ told }) => told.gaps),
    data: answers.map(({ at, told: { query, scanned, rows } }) => ({
      at,
      ...(query ? { query } : {}),
      scannedBytes: scanned,
      rows,
    })),
  };
};
