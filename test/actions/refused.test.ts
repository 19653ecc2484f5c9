/** Each refusal that an action lists is provoked here, with what to do instead. */
import { describe, expect, test } from 'vitest';
import { actions } from '../../src/actions/index.ts';
import { benchOf, newWorld, settings } from './bench.ts';
import { livesOf } from './lives/index.ts';
import { refusalTables } from './refused/index.ts';

/** The lives prove that what is contained is not contained again. */
const again = (id: string): readonly string[] =>
  livesOf(id).some((life) => !life.repeatable) ? ['already-contained'] : [];

const provoked = (id: string): readonly string[] =>
  refusalTables
    .filter(({ action }) => action.id === id)
    .flatMap(({ cases }) => Object.values(cases).map(({ code }) => code));

test.each(actions.map((action) => [action.id, action]))(
  '%s gives every refusal that it lists, and the documents list no other',
  (id, { refuses }) => {
    expect([...new Set([...provoked(id), ...again(id)])].sort()).toEqual(
      Object.keys(refuses).sort(),
    );
  },
);

for (const { action, target: usual, cases } of refusalTables)
  describe(`what ${action.id} refuses`, () => {
    test.each(Object.entries(cases))('%s', async (_name, refused) => {
      const world = newWorld();
      await refused.arrange?.(world);
      const target = refused.target ?? usual;
      world.partition(target.account, target.region);
      const bench = benchOf(action, world);
      const before = world.calls.length;
      const refusal = await bench.plan(target, refused.settings ?? settings);
      expect(refusal).toMatchObject({
        kind: 'refusal',
        code: refused.code,
        because: expect.stringMatching(refused.because ?? /\w+\.$/),
        instead: expect.stringMatching(refused.instead),
      });
      // As long as a modal may say it.
      expect('instead' in refusal ? refusal.instead.length : 0).toBeLessThanOrEqual(1_450);
      expect(
        world.calls
          .slice(before)
          .filter(({ operation }) => !/^(Get|List|Describe|Assume)/.test(operation)),
      ).toEqual([]);
    });
  });
