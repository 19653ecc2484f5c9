import { expect, test } from 'vitest';
import type { Case } from '../../src/cases/case.ts';
import { likenessOf, similarTo } from '../../src/cases/similar.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { theCase } from '../reviews/example-record.ts';

const { resolved: _, ...fresh } = { ...theCase, id: 'C0NEW' };

const closed = (id: string, day: string, more: Partial<Case> = {}): Case => ({
  ...theCase,
  id,
  resolved: {
    at: `2026-11-${day}T09:00:00.000Z`,
    by: 'U0MARIA',
    classification: 'benign',
    note: untrusted('ok'),
  },
  ...more,
});

/** The same kind of thing, and another one. */
const elsewhere = (one: Case): Case =>
  JSON.parse(
    JSON.stringify(one)
      .replaceAll('i-0a1b2c3d4e5f60718', 'i-0999')
      .replaceAll(/"(sg|vpc|subnet|eni)-[0-9a-f]+"/g, '"x"'),
  );

test('at most three that are closed: those about the same thing first, then the newest', () => {
  const found = similarTo(fresh, [
    elsewhere(closed('C1', '20')),
    closed('C2', '10'),
    { ...fresh, id: 'C3' },
    closed('C4', '12', { contained: { title: 'Isolate instance', afterMs: 60_000 } }),
    elsewhere(closed('C5', '21')),
    closed('C0NEW', '21'),
  ]);
  expect(found.map(({ id, same }) => [id, same])).toEqual([
    ['C4', true],
    ['C2', true],
    ['C5', false],
  ]);
  expect(found[0]?.contained?.title).toBe('Isolate instance');
});

test('likeness is rule, account and kind of resource, whichever resource it is', () => {
  expect(likenessOf(elsewhere(theCase))).toBe(likenessOf(theCase));
  const moved = JSON.parse(JSON.stringify(theCase).replaceAll('123456789012', '111122223333'));
  expect(likenessOf(moved)).not.toBe(likenessOf(theCase));
});
