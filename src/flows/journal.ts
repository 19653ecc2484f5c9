/** The requests table as the journal of an execution. */
import type { MadeChange } from '../execution/plan-undo.ts';
import { type Journal, type Step, StoreFailure } from '../execution/run-steps.ts';
import type { Request } from '../requests/request.ts';
import type { JournalEntry } from '../store/requests-table.ts';
import { isoNow, type Ports } from './ports.ts';

const guarded = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw new StoreFailure(error);
  }
};

export const journalOf = (
  ports: Pick<Ports, 'requests' | 'chance'>,
  request: Request,
  steps: readonly Step[],
): Journal => {
  const entry = (position: number, line: Parameters<Journal['intend']>[1]): JournalEntry => ({
    ...line,
    request: request.id,
    position,
    id: steps[position]?.register.id ?? '',
    title: steps[position]?.register.title ?? '',
    at: isoNow(ports.chance),
  });
  return {
    async lines() {
      const entries = await guarded(ports.requests.journal(request.id));
      return steps.map((_, position) => entries.find((known) => known.position === position));
    },
    async intend(position, line) {
      await guarded(ports.requests.intend(entry(position, line)));
    },
    async finish(position, line) {
      await guarded(ports.requests.finish(entry(position, line)));
    },
  };
};

/** Everything a request changed or may have changed, in order. */
export const madeChanges = async (
  requests: Pick<Ports['requests'], 'journal'>,
  request: string,
): Promise<readonly MadeChange[]> =>
  (await requests.journal(request)).map(({ id, before, after }) => ({ id, before, after }));
