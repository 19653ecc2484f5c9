/** What a twist does to the drill's AWS, once. */
import type { Drill, TwistKind } from '../../drills/drill.ts';
import { movesOf } from '../../drills/stage.ts';
import { isoNow, type Ports } from '../ports.ts';

/** More writers than this at once on one drill means that something is broken. */
const attempts = 50;

/** Nothing where it is not the drill's twist, or has happened. Repeatable. */
export const twistOnce = async (
  ports: Pick<Ports, 'chance'> & { readonly drills: Pick<Ports['drills'], 'after' | 'append'> },
  drill: Drill,
  kind: TwistKind,
): Promise<void> => {
  const calls = movesOf(drill, kind);
  if (calls.length === 0) return;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await ports.drills.after(drill, 0);
    if (before.some(({ by }) => by === kind)) return;
    const n = (before.at(-1)?.n ?? 0) + 1;
    if (await ports.drills.append(drill, { n, at: isoNow(ports.chance), by: kind, calls })) return;
  }
  throw new Error(`the twist of drill ${drill.id} could not be written: ${attempts} races lost`);
};
