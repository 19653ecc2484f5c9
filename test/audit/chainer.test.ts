import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, link } from '../../src/audit/chain.ts';
import { chainOutboxes } from '../../src/audit/chainer.ts';
import { segmentOf } from '../../src/audit/seal.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { draft, drafts, type Hook, type Memory, memory, ports, recordOf } from './memory.ts';

const NOW = '2026-11-22T10:00:00.000Z';
const LATER = '2026-11-22T10:01:00.000Z';

const run = (store: Memory, hook: Hook = {}, sealEvery = 3, now = NOW) =>
  chainOutboxes({ ...ports(store, hook), now, sealEvery });

const ids = (store: Memory): readonly string[] =>
  [...store.entries.values()].sort((a, b) => a.seq - b.seq).map(({ id }) => id);

const intactUpTo = (count: number) => ({ kind: 'intact', entries: count, sealed: count });

/** Seven drafts in three outboxes, one of them in two of these. */
const scattered = () =>
  memory({
    'case#1': [draft(1), draft(4), draft(6)],
    'case#2': [draft(5), draft(2)],
    'request#1': [draft(3), draft(7), draft(4)],
  });

const inOrder = drafts(1, 7).map(({ id }) => id);

describe('the chainer', () => {
  test('chains what waits by time, empties the outboxes and seals it all', async () => {
    const store = scattered();
    expect(await run(store)).toEqual({
      chained: 7,
      drained: ['case#1', 'case#2', 'request#1'],
      unchainable: [],
      sealed: 7,
    });
    expect(ids(store)).toEqual(inOrder);
    expect(store.boxes.size).toBe(0);
    expect([...store.objects.keys()].sort()).toEqual([
      'audit/heads/000000000003.json',
      'audit/heads/000000000006.json',
      'audit/heads/000000000007.json',
      'audit/segments/000000000001.json',
      'audit/segments/000000000004.json',
      'audit/segments/000000000007.json',
    ]);
    expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(7));
  });

  test('orders drafts by time, whatever their ids', async () => {
    const store = memory({ a: [draft(2, { id: 'a' }), draft(1, { id: 'b' })] });
    await run(store);
    expect(ids(store)).toEqual(['b', 'a']);
  });

  test('orders drafts of one moment by their id', async () => {
    const at = draft(1).at;
    const store = memory({ a: [draft(1, { id: 'b', at }), draft(1, { id: 'a', at })] });
    await run(store);
    expect(ids(store)).toEqual(['a', 'b']);
  });

  test('writes nothing when nothing waits', async () => {
    const store = scattered();
    await run(store);
    const writes: string[] = [];
    const note = async (call: string) => void writes.push(call);
    expect(await run(store, { before: note })).toEqual({
      chained: 0,
      drained: [],
      unchainable: [],
      sealed: 7,
    });
    expect(writes.filter((call) => /put|mark|clear/.test(call))).toEqual([]);
  });

  test('goes on where it ended, and keeps drafts that came while it ran', async () => {
    const store = memory({ a: [draft(1)] });
    const late = async (call: string) => {
      if (call === 'log.put' && store.entries.size === 1) store.boxes.set('a', drafts(1, 2));
    };
    await run(store, { after: late });
    expect(store.boxes.get('a')).toEqual([draft(2)]);
    expect(await run(store)).toMatchObject({ chained: 1, sealed: 2 });
    expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(2));
  });

  test('leaves a draft that cannot be hashed where it is, names it, and chains the others', async () => {
    const poison = draft(1, { id: 'poison', detail: { n: Number.NaN } });
    const store = memory({ a: [poison, draft(2)], b: [draft(3)] });
    expect(await run(store)).toMatchObject({
      chained: 2,
      drained: ['b'],
      unchainable: [{ ref: 'a', id: 'poison', because: expect.stringContaining('$.detail.n') }],
    });
    expect(store.boxes).toEqual(new Map([['a', [poison]]]));
  });
});

test('the chainer takes an outbox off the list that a run before it left empty', async () => {
  const store = memory({ 'case#1': [], 'request#1': [draft(1)] });
  expect(await run(store)).toMatchObject({ chained: 1, drained: ['case#1', 'request#1'] });
  expect(store.boxes.size).toBe(0);
});

describe('over a long history, the chainer', () => {
  test('finds the newest head without listing all from the start', async () => {
    const store = memory({ a: drafts(1, 1100) });
    await run(store, {}, 1);
    const seen: string[] = [];
    store.boxes.set('a', [draft(1101)]);
    const { vault, ...rest } = ports(store);
    const list: typeof vault.list = async (prefix, after) => {
      const keys = await vault.list(prefix, after);
      seen.push(...keys);
      return keys;
    };
    await chainOutboxes({ ...rest, vault: { ...vault, list }, now: NOW, sealEvery: 1 });
    expect(seen).toHaveLength(1000);
    expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(1101));
  });

  test('looks further back when the newest segments are long', async () => {
    const store = memory({ a: drafts(1, 10) });
    await run(store, {}, 2000);
    store.boxes.set('a', drafts(11, 1200));
    const down = async (call: string) => {
      if (call === 'vault.put') throw new Error('S3 is down');
    };
    await expect(run(store, { before: down }, 2000)).rejects.toThrow('S3 is down');
    const calls: string[] = [];
    const note = async (call: string) => void calls.push(call);
    expect(await run(store, { before: note }, 2000)).toMatchObject({ sealed: 1200 });
    expect(calls.filter((call) => call === 'vault.list')).toHaveLength(2);
    expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(1200));
  });
});

describe('killed at any call and started again, the chainer chains each draft once', () => {
  const killAt = (n: number): (() => Promise<void>) => {
    let calls = 0;
    return async () => {
      calls += 1;
      if (calls === n) throw new Error('killed');
    };
  };

  test.each(['before', 'after'] as const)('killed %s the nth call, for every n', async (moment) => {
    let kills = 0;
    for (let n = 1, killed = true; killed; n += 1) {
      const store = scattered();
      const kill = killAt(n);
      killed = await run(store, moment === 'before' ? { before: kill } : { after: kill }, 3).then(
        () => false,
        () => true,
      );
      if (killed) kills += 1;
      // The second run cuts segments elsewhere, so that a segment without its head must be taken over.
      await run(store, {}, 2, LATER);
      expect(ids(store)).toEqual(inOrder);
      expect(store.boxes.size).toBe(0);
      expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(7));
    }
    expect(kills).toBeGreaterThan(30);
  });

  test('killed again and again, with new drafts coming', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 12 }),
        async (plan) => {
          const store = scattered();
          for (const [round, n] of plan.entries()) {
            store.boxes.set(`late#${round}`, [draft(8 + round)]);
            await run(store, { after: killAt(n) }, 1 + (n % 4)).catch(() => undefined);
          }
          await run(store);
          const all = drafts(1, 7 + plan.length).map(({ id }) => id);
          expect([...ids(store)].sort()).toEqual([...all].sort());
          expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(all.length));
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('two chainers at once', () => {
  test('in any interleaving chain each draft once and fork nothing', async () => {
    const lost: number[] = [];
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, cut) => {
        const store = scattered();
        const wait = (who: string) => async (call: string) =>
          void (await scheduler.schedule(Promise.resolve(), `${who} ${call}`));
        const both = Promise.all([
          run(store, { before: wait('a'), after: wait('a') }, cut),
          run(store, { before: wait('b') }, 3, LATER),
        ]);
        const [a, b] = await scheduler.waitFor(both);
        expect(ids(store)).toEqual(inOrder);
        expect(a.chained + b.chained).toBe(7);
        expect(a.refusal ?? b.refusal).toBeUndefined();
        expect(store.boxes.size).toBe(0);
        await run(store);
        expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(7));
        lost.push(Math.min(a.chained, b.chained));
      }),
      { numRuns: 300, seed: 2 },
    );
    // Otherwise one of both always came too late and nothing was proved.
    expect(lost.filter((least) => least > 0).length).toBeGreaterThan(20);
  });

  test('one of them killed, the other finishes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(40), async (scheduler, n) => {
        const store = scattered();
        let calls = 0;
        const step = async (call: string) =>
          void (await scheduler.schedule(Promise.resolve(), call));
        const fatal = async (call: string) => {
          await step(call);
          calls += 1;
          if (calls > n) throw new Error('killed');
        };
        const both = Promise.allSettled([
          run(store, { after: fatal }, 2),
          run(store, { before: step }),
        ]);
        await scheduler.waitFor(both);
        expect(ids(store)).toEqual(inOrder);
        await run(store);
        expect(verifyAudit(recordOf(store))).toMatchObject(intactUpTo(7));
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('a log that does not read back what it refused is an error, not an endless loop', async () => {
    const store = memory({ a: [draft(1), draft(2)] });
    const { log, ...rest } = ports(store);
    await log.put(link(undefined, draft(1)));
    const stale = { ...log, last: async () => undefined };
    await expect(chainOutboxes({ ...rest, log: stale, now: NOW, sealEvery: 3 })).rejects.toThrow(
      'not read back',
    );
  });
});

const TAMPERED: readonly (readonly [string, (store: Memory) => void, number])[] = [
  [
    'an entry that waits to be sealed was changed',
    (store: Memory) => {
      const last = link(store.entries.get(6), draft(7));
      store.entries.set(7, { ...last, because: 'another' });
    },
    7,
  ],
  [
    'the newest head was changed',
    (store: Memory) => {
      store.objects.set('audit/heads/000000000006.json', '{}');
    },
    6,
  ],
  [
    'a false segment lies in the way',
    (store: Memory) => {
      store.objects.set('audit/segments/000000000007.json', '{}');
    },
    7,
  ],
  [
    'the segment of another chain lies in the way',
    (store: Memory) => {
      const other = segmentOf([link(store.entries.get(6), draft(7, { because: 'another' }))]);
      store.objects.set('audit/segments/000000000007.json', canonicalJson(other));
    },
    7,
  ],
  [
    'a false head lies in the way',
    (store: Memory) => {
      const other = store.objects.get('audit/heads/000000000006.json') ?? '';
      store.objects.set('audit/heads/000000000008.json', other);
    },
    8,
  ],
];

describe('over a record that was tampered with, the chainer', () => {
  const sealedSix = async () => {
    const store = memory({ a: drafts(1, 6) });
    await run(store);
    store.boxes.set('a', drafts(7, 8));
    return store;
  };

  test('does not give out sealed numbers again when the table was cut off', async () => {
    const store = await sealedSix();
    store.entries.delete(6);
    store.entries.delete(5);
    expect(await run(store)).toMatchObject({ chained: 2, sealed: 8 });
    expect([...store.entries.keys()]).toEqual([1, 2, 3, 4, 7, 8]);
    expect(verifyAudit(recordOf(store))).toMatchObject({
      problems: [{ code: 'missing', seq: 5, to: 6 }],
    });
  });

  test('goes on chaining but refuses to seal what does not follow the seals', async () => {
    const store = await sealedSix();
    const fifth = store.entries.get(5);
    store.entries.set(6, link(fifth, draft(6, { because: 'another' })));
    expect(await run(store)).toMatchObject({
      chained: 2,
      drained: ['a'],
      sealed: 6,
      refusal: { seq: 7, because: expect.stringContaining('does not follow') },
    });
  });

  test.each(TAMPERED)('refuses to seal when %s', async (_, tamper, seq) => {
    const store = await sealedSix();
    tamper(store);
    const { refusal } = await run(store);
    expect(refusal).toMatchObject({ kind: 'refused', seq });
    expect(store.boxes.size).toBe(0);
  });
});
