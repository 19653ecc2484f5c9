/** A table of refusals: what the world must be for each, its code, and what to do instead. */
import { describe, expect, test } from 'vitest';
import type { Action, RefusalCode } from '../../src/actions/action.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { World } from '../../src/local/world/world.ts';
import { benchOf, newWorld } from './bench.ts';

export interface Refused {
  readonly code: RefusalCode;
  readonly instead: RegExp;
  readonly arrange?: (world: World) => unknown;
  /** Another one than the table's. */
  readonly target?: Resource;
}

export const refusals = (
  action: Action,
  usual: Resource,
  table: Readonly<Record<string, Refused>>,
): void => {
  describe(`what ${action.id} refuses`, () => {
    test.each(Object.entries(table))('%s', async (_name, refused) => {
      const world = newWorld();
      refused.arrange?.(world);
      expect(await benchOf(action, world).plan(refused.target ?? usual)).toMatchObject({
        kind: 'refusal',
        code: refused.code,
        because: expect.stringMatching(/\w+\.$/),
        instead: expect.stringMatching(refused.instead),
      });
    });
  });
};
