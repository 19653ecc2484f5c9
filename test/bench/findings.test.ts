/** The storm's findings and their order. */
import { describe, expect, test } from 'vitest';
import { randomFrom, shuffled } from '../../bench/random.ts';
import { disordered, inOrder } from '../../bench/storm/deliveries.ts';
import { type StormFinding, stormOf } from '../../bench/storm/findings.ts';
import { parse } from '../../src/findings/parse.ts';

const plan = { seed: 7, findings: 2000, groups: 20, seconds: 30, now: Date.UTC(2026, 10, 22, 3) };
const storm = stormOf(plan);
const countOf = (group: number): number =>
  storm.findings.filter((finding) => finding.group === group).length;

describe('the storm', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(stormOf(plan)).toEqual(storm);
    expect(stormOf({ ...plan, seed: 8 }).findings[0]?.id).not.toBe(storm.findings[0]?.id);
  });

  test('has as many findings as asked for, each with an id of its own', () => {
    expect(new Set(storm.findings.map(({ id }) => id)).size).toBe(2000);
  });

  test('is spread over the time, in order', () => {
    const times = storm.findings.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(30_000);
    expect(times.filter((at) => at < 15_000).length).toBeGreaterThan(900);
  });

  test('has findings for every group, far more for the first than for the last', () => {
    const counts = storm.groups.map((_, group) => countOf(group));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(counts[0]).toBeGreaterThan(10 * (counts[19] ?? 0));
  });

  test('is understood: every event is a finding about its group, MEDIUM or worse', () => {
    const severities = new Map<string, number>();
    for (const { event, group } of storm.findings) {
      const parsed = parse(event);
      if (parsed.kind !== 'finding') throw new Error(parsed.because);
      expect(storm.groups[group]?.marks).toContain(parsed.resources[0]?.id);
      severities.set(parsed.severity, (severities.get(parsed.severity) ?? 0) + 1);
    }
    expect([...severities.keys()].sort()).toEqual(['CRITICAL', 'HIGH', 'MEDIUM']);
    expect(severities.get('CRITICAL')).toBeLessThan(20);
  });

  test('names every group by texts that no other group has', () => {
    const marks = storm.groups.flatMap((group) => group.marks);
    for (const mark of marks) expect(marks.filter((other) => other.includes(mark))).toEqual([mark]);
  });
});

describe('the deliveries', () => {
  const idsOf = (deliveries: readonly { readonly finding: StormFinding }[]) =>
    deliveries.map(({ finding }) => finding.id);

  test('come as the findings do', () => {
    expect(idsOf(inOrder(storm.findings))).toEqual(storm.findings.map(({ id }) => id));
  });

  test('in disorder have every finding, one in a hundred twice, in another order and in time', () => {
    const mixed = disordered(storm.findings, randomFrom(3), {
      duplicateShare: 0.01,
      latest: 30_000,
    });
    const ids = idsOf(mixed);
    expect(ids).toHaveLength(2020);
    expect(new Set(ids)).toEqual(new Set(storm.findings.map(({ id }) => id)));
    expect(ids.slice(0, 100)).not.toEqual(idsOf(inOrder(storm.findings)).slice(0, 100));
    const times = mixed.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThanOrEqual(30_000);
  });
});

describe('randomness', () => {
  test('is repeated by its seed and stays in its bounds', () => {
    const [a, b] = [randomFrom(42), randomFrom(42)];
    const drawn = Array.from({ length: 1000 }, () => a.next());
    expect(Array.from({ length: 1000 }, () => b.next())).toEqual(drawn);
    expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(drawn.filter((x) => x < 0.5).length).toBeGreaterThan(400);
    expect(new Set(Array.from({ length: 200 }, () => a.below(3)))).toEqual(new Set([0, 1, 2]));
  });

  test('shuffles without losing anything', () => {
    const items = Array.from({ length: 50 }, (_, n) => n);
    const mixed = shuffled(items, randomFrom(1));
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted((a, b) => a - b)).toEqual(items);
  });
});
