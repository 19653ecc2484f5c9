/** The pacer's turn: one holder at a time, for as long as it lives. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdTurn } from '../../src/flows/pacing/hold.ts';
import type { PacerStore, Turn } from '../../src/store/pacer-state.ts';

/** The conditions of the real one (src/store/pacer-state.ts), in memory. */
const pacer = () => {
  let stored: (Turn & { readonly until: string }) | undefined;
  let reachable = true;
  const write = async (turn: Turn, until: string): Promise<Turn | undefined> => {
    if (!reachable) throw new Error('no answer');
    if ((stored?.version ?? 0) !== turn.version) return undefined;
    stored = { ...turn, version: turn.version + 1, until };
    return { ...turn, version: turn.version + 1 };
  };
  const store: PacerStore = {
    async take(holder, now, until) {
      if (stored && stored.until > now && stored.holder !== holder) return undefined;
      const { state = { storms: {} }, version = 0 } = stored ?? {};
      return write({ holder, state, version }, until);
    },
    keep: write,
    async release(turn) {
      await write(turn, ' ');
    },
    ahead: async () => ({ storm: false }),
  };
  return {
    store,
    settledTo: () => stored?.state.settledTo,
    lose: () => {
      reachable = false;
    },
    find: () => {
      reachable = true;
    },
  };
};

let id = 0;
const hold = (store: PacerStore) =>
  holdTurn({
    chance: { now: Date.now, id: () => `holder-${++id}` },
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    cases: { pacer: store },
  });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T09:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a holder that waits for Slack keeps its turn, though it may begin nothing more', async () => {
  const { store } = pacer();
  const mine = await hold(store);
  expect(mine?.mayBegin()).toBe(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(mine?.mayBegin()).toBe(false);
  expect(await hold(store)).toBeUndefined();
  await mine?.letGo();
  expect(await hold(store)).toBeDefined();
});

test('the turn of one that is heard of no more is free after a second and a half, with what it remembered', async () => {
  const { store, lose, find } = pacer();
  const dead = await hold(store);
  dead?.remember(() => ({ storms: {}, settledTo: '2026-11-22T08:59:00.000Z' }));
  await vi.advanceTimersByTimeAsync(800);
  lose();
  await vi.advanceTimersByTimeAsync(1_000);
  find();
  expect(await hold(store)).toBeUndefined();
  lose();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(dead?.mayBegin()).toBe(false);
  find();
  expect((await hold(store))?.state.settledTo).toBe('2026-11-22T08:59:00.000Z');
});

test('one whose turn another has taken begins nothing, and leaves what the other wrote', async () => {
  const { store, settledTo, lose, find } = pacer();
  const slow = await hold(store);
  lose();
  await vi.advanceTimersByTimeAsync(2_100);
  find();
  const next = await hold(store);
  next?.remember(() => ({ storms: {}, settledTo: '2026-11-22T08:59:30.000Z' }));
  await vi.advanceTimersByTimeAsync(800);
  expect(slow?.mayBegin()).toBe(false);
  slow?.remember(() => ({ storms: {}, settledTo: '2026-11-22T08:00:00.000Z' }));
  await slow?.letGo();
  expect(settledTo()).toBe('2026-11-22T08:59:30.000Z');
  await next?.letGo();
});
