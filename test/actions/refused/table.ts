/** A table of refusals: what the world must be for each, its code, and what to do instead. */
import type { Action, PlanSettings, RefusalCode } from '../../../src/actions/action.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import type { World } from '../../../src/local/world/world.ts';

interface Refused {
  readonly code: RefusalCode;
  readonly instead: RegExp;
  readonly because?: RegExp;
  readonly arrange?: (world: World) => unknown;
  /** Another one than the table's. */
  readonly target?: Resource;
  /** Another configuration than the bench's. */
  readonly settings?: PlanSettings;
}

export interface RefusalTable {
  readonly action: Action;
  readonly target: Resource;
  /** By what is refused. */
  readonly cases: Readonly<Record<string, Refused>>;
}
