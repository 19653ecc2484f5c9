/** The chaos harness itself: a seed is a life, and a mistake is seen. The lives are `npm run chaos`. */
import { expect, test } from 'vitest';
import { bugs } from '../../bench/chaos/bugs.ts';
import { listedPlan, seededPlan } from '../../bench/chaos/faults.ts';
import { live } from '../../bench/chaos/life.ts';

const place = 'worker dynamodb:PutItem #12';

test('what strikes depends on the seed and the place alone, and can be listed', () => {
  const [kind] = [1, 2, 3, 4, 5].map((seed) => seededPlan(seed, 10)(place, ['lost', 'kill']));
  expect(kind).toMatch(/lost|kill/);
  expect(seededPlan(1, 10)(place, ['lost', 'kill'])).toBe(kind);
  expect(seededPlan(1, 0)(place, ['lost', 'kill'])).toBeUndefined();
  const listed = listedPlan([{ place, kind: 'lost' }]);
  expect(listed(place, ['lost', 'kill'])).toBe('lost');
  expect(listed(place, ['kill'])).toBeUndefined();
  expect(listed('worker dynamodb:PutItem #13', ['lost'])).toBeUndefined();
});

test('nothing is violated without faults; a change without its journal is seen at once', async () => {
  const plan = listedPlan([]);
  const well = await live({ seed: 10, plan });
  expect(well.violations).toEqual([]);
  expect(well.strikes.filter(({ kind }) => kind !== 'outage')).toEqual([]);
  expect(well.changes).toBeGreaterThan(0);
  const bug = bugs.find(({ id }) => id === 'skipped-journal');
  const ill = await live({ seed: 10, plan, bug });
  expect(ill.violations.map(({ invariant }) => invariant)).toContain('journal');
}, 120_000);
