/** The pacer's own item: who paces, until when, and what it must remember from one turn to the next. */
import type { Key } from './item.ts';
import { isNew, type Table, unchangedSince } from './table.ts';

export interface PacerState {
  /** What Slack still allows (src/slack/budget.ts); absent at the very first. */
  readonly budget?: unknown;
  /** Everything that arrived before is counted on cards; ISO 8601 UTC. */
  readonly settledTo?: string;
  /** The storms that go on, by channel. */
  readonly storms: { readonly [channel: string]: Storm };
  /** When the next turn was asked for; ISO 8601 UTC. */
  readonly wakeAt?: string;
}

/** More groups wait in a channel than it can show at once; one roll-up card counts for them. */
export interface Storm {
  readonly id: string;
  /** When its first finding arrived; ISO 8601 UTC. */
  readonly startedAt: string;
  /** When its roll-up was last drawn. */
  readonly drawnAt?: string;
}

export interface Turn {
  readonly holder: string;
  readonly state: PacerState;
  readonly version: number;
}

export interface PacerStore {
  /** The turn, unless somebody else has it; a holder that died loses it at `until`. */
  take(holder: string, now: string, until: string): Promise<Turn | undefined>;
  /** Keeps `state` and goes on holding. False when the turn is lost: stop at once. */
  keep(turn: Turn, until: string): Promise<Turn | undefined>;
  /** Keeps `state` and lets go. */
  release(turn: Turn): Promise<void>;
  /** When the next turn was asked for, as far as it is known, and whether a storm goes on. */
  ahead(): Promise<{ readonly wakeAt?: string; readonly storm: boolean }>;
}

const key: Key = { pk: 'PACER', sk: 'STATE' };

export const pacerStore = (table: Table): PacerStore => {
  const write = async (turn: Turn, until: string): Promise<Turn | undefined> => {
    const next = { ...turn, version: turn.version + 1 };
    const saved = await table.put(
      { ...key, ...next, until },
      turn.version === 0 ? isNew : unchangedSince(turn.version),
    );
    return saved ? next : undefined;
  };
  return {
    async take(holder, now, until) {
      const item = await table.get(key);
      if (item && String(item['until']) > now && item['holder'] !== holder) return undefined;
      const state = (item?.['state'] ?? { storms: {} }) as PacerState;
      return write({ holder, state, version: Number(item?.['version'] ?? 0) }, until);
    },
    keep: write,
    async release(turn) {
      await write(turn, ' ');
    },
    async ahead() {
      const state = (await table.get(key))?.['state'] as PacerState | undefined;
      return {
        ...(state?.wakeAt ? { wakeAt: state.wakeAt } : {}),
        storm: Object.keys(state?.storms ?? {}).length > 0,
      };
    },
  };
};
