/** The example organisation's functions, keys, databases and the like, by what they are. */
import type { ServiceState } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, region } from './bench.ts';

export const servicesOf = (world: World): ServiceState => world.partition(account, region).services;

/** The one of that id; throws when the example has none. */
export const one = <T>(things: ReadonlyMap<string, T>, id: string): T => {
  const found = things.get(id);
  if (!found) throw new Error(`The example has no ${id}`);
  return found;
};

/** Replaces the one of that id by itself with other values. */
export const alter = <T extends object>(
  things: Map<string, T>,
  id: string,
  about: Partial<T>,
): void => {
  things.set(id, { ...one(things, id), ...about });
};
