/** What people and the clock do with a case: pure, one version and at most one audit entry each. */
import type { Case } from './case.ts';
import type { CaseEvent, Change, Handlers } from './case-event.ts';
import { draft, withPast } from './change.ts';
import { onEnd } from './on-end.ts';
import { onGather } from './on-gather.ts';
import { onReview } from './on-review.ts';
import { onTold } from './on-told.ts';
import { onWork } from './on-work.ts';

const handlers: Handlers<CaseEvent['kind']> = {
  ...onWork,
  ...onEnd,
  ...onTold,
  ...onGather,
  ...onReview,
};

const changeOf = <K extends CaseEvent['kind']>(
  current: Case,
  event: Extract<CaseEvent, { kind: K }>,
  at: string,
): Change | undefined => handlers[event.kind as K](current, event, at);

/** The next case, or undefined when nothing changes. */
export const onCase = (current: Case, event: CaseEvent, at: string): Case | undefined => {
  const change = changeOf(current, event, at);
  if (!change) return undefined;
  const dropped: readonly string[] = change.drop ?? [];
  const kept = Object.fromEntries(
    Object.entries({ ...current, ...change.set }).filter(([name]) => !dropped.includes(name)),
  ) as unknown as Case;
  const next: Case = { ...kept, version: current.version + 1 };
  if (!change.entry) return next;
  const entry = { at, ...change.entry };
  return {
    ...next,
    past: withPast(next, entry, change.by),
    outbox: [...next.outbox, draft(next, entry)],
  };
};
