/** Reading, changing and writing one case until the write finds the version it was made from. */

import type { Case } from '../cases/case.ts';
import type { CaseEvent } from '../cases/case-event.ts';
import { onCase } from '../cases/on-case.ts';
import { type Priority, priorities } from '../store/dirty.ts';
import { isoNow, type Ports } from './ports.ts';

/** More writers than this at once on one case means that something is broken. */
const attempts = 50;

/**
 * `next` answers the next state, or undefined for "nothing to change". Answers the stored case.
 * Throws after 50 lost races.
 */
export const changeCase = async (
  ports: { readonly cases: Pick<Ports['cases'], 'get' | 'create' | 'save'> },
  id: string,
  change: {
    readonly next: (current: Case | undefined) => Case | undefined | Promise<Case | undefined>;
    readonly priority: (before: Case | undefined, after: Case) => Priority;
    /** What has to be written before the case itself. Repeatable. */
    readonly first?: (before: Case | undefined, after: Case) => Promise<void>;
  },
): Promise<Case | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await ports.cases.get(id);
    const next = await change.next(current);
    if (!next) return current;
    const priority = change.priority(current, next);
    await change.first?.(current, next);
    const won = current
      ? await ports.cases.save(next, current.version, priority)
      : await ports.cases.create(next, priority);
    if (won) return next;
  }
  throw new Error(`case ${id} could not be written: ${attempts} races lost`);
};

/** What a person or the worker does with a case that exists. */
export const tellCase = (
  ports: Pick<Ports, 'cases' | 'chance'>,
  id: string,
  event: CaseEvent,
): Promise<Case | undefined> =>
  changeCase(ports, id, {
    priority: () => priorities.human,
    next: (current) => (current ? onCase(current, event, isoNow(ports.chance)) : undefined),
  });
