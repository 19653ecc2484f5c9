/** Two cases become one: the other one is told in this one's place, and what comes later goes there. */
import type { Case } from '../../cases/case.ts';
import type { ByWhom } from '../../cases/case-event.ts';
import { withDeadline } from '../../cases/escalation.ts';
import { onCase } from '../../cases/on-case.ts';
import { priorities } from '../../store/dirty.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { changeCase } from '../save-case.ts';

type JoinPorts = Pick<WorkerPorts, 'cases' | 'chance' | 'wake'> & {
  readonly config: Pick<WorkerPorts['config'], 'escalation'>;
};

/**
 * First the one in which it goes on, then the case itself: a crash in between leaves both to be seen.
 * Repeatable. False when that one was merged itself meanwhile: nothing was changed then.
 */
export const joinCases = async (
  ports: JoinPorts,
  { from, into }: { readonly from: string; readonly into: string },
  by: ByWhom,
): Promise<boolean> => {
  const { escalation } = ports.config;
  const priority = () => ('by' in by ? priorities.human : priorities.first);
  const absorb = (other: Case): Promise<Case | undefined> =>
    changeCase(ports, into, {
      priority,
      next: (current) => {
        const after =
          current && onCase(current, { kind: 'absorb', other, ...by }, isoNow(ports.chance));
        return after && withDeadline(after, escalation);
      },
    });
  const other = await ports.cases.get(from);
  const target = other && (await absorb(other));
  if (!target?.absorbed?.some(({ id }) => id === from)) return false;
  const merged = await changeCase(ports, from, {
    priority,
    next: (current) =>
      current && onCase(current, { kind: 'merge', into, ...by }, isoNow(ports.chance)),
  });
  // What came to it meanwhile; nothing comes to it any more.
  if (merged) await absorb(merged);
  await ports.wake.wake(into);
  await ports.wake.wake(from);
  return true;
};
