/**
 * Once a minute: what is due is handed to the worker, people are paged for what Slack may not tell
 * them in time, the audit is chained, the pacer is nudged.
 */
import { watchedMs } from '../store/homes.ts';
import { digestDue } from './digest/digest-due.ts';
import { gameDaysDue } from './drill/game-days-due.ts';
import { accountsDue } from './organization/accounts-due.ts';
import { type PagePorts, pagePeople } from './page-people.ts';
import type { Ports } from './ports.ts';
import { isoIn, isoNow } from './ports.ts';

export type TickPorts = PagePorts &
  Pick<Ports, 'wake' | 'work' | 'suppressions' | 'homes' | 'digests' | 'drills'> & {
    readonly config: Pick<Ports['config'], 'deployment' | 'digest' | 'drills'>;
    readonly organization: Pick<Ports['organization'], 'due'>;
    /** Moves waiting audit entries into the chain; answers the owners whose entries moved. */
    readonly chain: () => Promise<readonly string[]>;
  };

/** More than this due at once is taken in the next minute. */
const batch = 100;

export const onTick = async (ports: TickPorts): Promise<void> => {
  const now = isoNow(ports.chance);
  const requests = await ports.requests.due(now, batch);
  const cases = await ports.cases.due(now, batch);
  const waiting = (await ports.cases.dirty(batch)).map(({ id }) => id);
  await eachOf([
    async () => {
      for (const request of requests) await ports.work.send({ kind: 'request-due', request });
      for (const id of cases) await ports.work.send({ kind: 'case-due', case: id });
    },
    async () => {
      for (const { request } of await ports.suppressions.owing(now))
        await ports.work.send({ kind: 'request-due', request });
    },
    () => pagePeople(ports, { requests, cases: [...cases, ...waiting] }),
    async () => {
      const watched = await ports.homes.openedSince(isoIn(ports.chance, -watchedMs));
      if (watched.length > 0) await ports.work.send({ kind: 'homes-due' });
    },
    // Whatever is not shown yet: the pacer finds it.
    () => ports.wake.wake(),
    async () => {
      const owners = await ports.chain();
      // A lost wake-up is repaired here: a request that changed left an audit entry.
      for (const id of new Set(await casesOf(ports, owners))) await ports.wake.wake(id);
    },
    async () => {
      // After the chain: what happened before its time is then in the record that it is made from.
      if (await digestDue(ports)) await ports.work.send({ kind: 'digest-due' });
    },
    async () => {
      if ((await gameDaysDue(ports)).length > 0) await ports.work.send({ kind: 'game-day-due' });
    },
    async () => {
      if (await accountsDue(ports)) await ports.work.send({ kind: 'accounts-due' });
    },
  ]);
};

/** One queue, topic or bucket that fails must not keep the others from their work. */
const eachOf = async (tasks: readonly (() => Promise<void>)[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const task of tasks)
    try {
      await task();
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0) throw errors[0];
};

/** A case marks itself when it is written; a request is in another table. */
const casesOf = async (ports: TickPorts, owners: readonly string[]): Promise<readonly string[]> => {
  const requests = await Promise.all(
    owners.filter((owner) => owner.startsWith('R')).map((owner) => ports.requests.get(owner)),
  );
  return requests.flatMap((request) => request?.caseId ?? []);
};
