/** What a case still has to do after its end: nothing that comes meanwhile is lost, and what is open again is not over. */
import { expect, test } from 'vitest';
import type { Case } from '../../src/cases/case.ts';
import type { CaseEvent } from '../../src/cases/case-event.ts';
import { onCase } from '../../src/cases/on-case.ts';
import { theCase } from '../reviews/example-record.ts';

const [first, second, third] = [
  '2026-11-22T10:00:00.000Z',
  '2026-11-22T11:00:00.000Z',
  '2026-11-22T12:00:00.000Z',
];
const { resolved: _, wrapUp: __, review: ___, ...open } = theCase;
const person = { actor: 'slack:T0CORDON/U0MARIA', by: 'U0MARIA' };

const after = (start: Case, ...events: readonly (readonly [CaseEvent, string])[]): Case =>
  events.reduce((current, [event, at]) => onCase(current, event, at) ?? current, start);

const resolve = {
  kind: 'resolve',
  ...person,
  classification: 'true-positive',
  note: 'x',
  review: true,
} as const;
const reopen = { kind: 'reopen', ...person, because: 'it is back' } as const;
const wanted = { kind: 'review-wanted', ...person } as const;
const reviewed = (since: string): CaseEvent => ({
  kind: 'reviewed',
  since,
  review: { because: 'no canvas' },
});
const wrapped = (since: string): CaseEvent => ({ kind: 'wrapped-up', since });

test('what was resolved again while the first time was wrapped up is wrapped up once more', () => {
  const done = after(open, [resolve, first], [reviewed(first), first]);
  const again = after(done, [reopen, second], [{ ...resolve, review: false }, third]);
  expect(after(again, [wrapped(first), third]).wrapUp).toMatchObject({ since: third });
  expect(after(again, [wrapped(third), third]).wrapUp).toBeUndefined();
});

test('opened again, a case gets no review by itself; what a person asked for it gets', () => {
  expect(after(open, [resolve, first], [reopen, second]).wrapUp).toMatchObject({
    since: second,
    review: false,
  });
  expect(
    after(open, [resolve, first], [reviewed(first), first], [wanted, first], [reopen, second])
      .wrapUp,
  ).toMatchObject({
    since: second,
    review: true,
  });
});

test('a canvas that was made while the case was opened again is kept, so no second one is made', () => {
  const canvas = { id: 'F0CANVAS', shared: false } as const;
  const made: CaseEvent = { kind: 'reviewed', since: first, review: { canvas } };
  const found = after(open, [resolve, first], [reopen, second], [made, second]);
  expect(found.review?.canvas).toEqual(canvas);
  expect(found.wrapUp).toMatchObject({ review: false });
});
