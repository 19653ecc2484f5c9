/** What is kept of a gathering, what is new in the next one, and gaps with one reason. */
import { expect, test } from 'vitest';
import { manifestOf, objectOf } from '../../src/evidence/manifest.ts';
import { freshIn, gapsOfAll, notComparedIn, type Part, partOf } from '../../src/evidence/parts.ts';
import type { Found } from '../../src/evidence/source.ts';
import { untrusted } from '../../src/findings/finding.ts';

const gathered = {
  case: 'C000000001',
  number: 1,
  askedAt: '2026-11-22T09:00:00.000Z',
  askedBy: 'U0MARIA',
};
const read = { source: 'did', at: '2026-11-22T09:00:01.000Z', places: [], calls: [] };
const nothing: Found = { facts: [], moments: [], gaps: [], seen: [], data: null };
const gap = { what: 'Config', because: 'it is off' };

const part = (source: string, found: Partial<Found>): Part =>
  partOf({ ...read, source, key: 'k', sha256: 's', bytes: 1 }, { ...nothing, ...found });
const seen = (...texts: readonly string[]) => ({ seen: texts.map(untrusted) });

test.each<readonly [string, readonly Part[], readonly Part[], readonly string[]]>([
  ['what was not there', [part('did', seen('a', 'b'))], [part('did', seen('a'))], ['b']],
  ['nothing where all was there', [part('did', seen('a'))], [part('did', seen('a', 'b'))], []],
  ['nothing of a source that is new itself', [part('who', seen('a'))], [part('did', {})], []],
  [
    'nothing of a source that could not read the last time',
    [part('did', seen('a'))],
    [part('did', { gaps: [gap] })],
    [],
  ],
  [
    'what was not there, though something else could not be read',
    [part('did', seen('a', 'b'))],
    [part('did', { ...seen('a'), gaps: [gap] })],
    ['b'],
  ],
])('new is %s', (_, now, before, fresh) => {
  expect(freshIn(now, before)).toEqual(fresh);
});

test('of more than is remembered nothing is called new, and that is said', () => {
  const many = seen(...Array.from({ length: 501 }, (_, n) => `name ${n}`));
  const [now, before] = [[part('names', many)], [part('names', many)]];
  expect(freshIn(now, before)).toEqual([]);
  expect(notComparedIn(now, before)).toMatchObject([{ what: 'What is new of names' }]);
  const rows = seen(...Array.from({ length: 200 }, (_, n) => `name ${n}`));
  expect(freshIn([part('names', rows)], [part('names', rows)])).toEqual([]);
  expect(notComparedIn([part('names', rows)], [part('names', rows)])).toEqual([]);
});

test('of what one item has no room for the newest moments stay, and the rest is counted', () => {
  const facts = Array.from({ length: 7 }, (_, n) => ({ label: `${n}`, value: untrusted('x') }));
  const moments = Array.from({ length: 8 }, (_, n) => ({
    at: `2026-11-22T0${n}:00:00.000Z`,
    what: untrusted(`${n}`),
  }));
  const bounded = part('who', { facts, moments });
  expect(bounded.left).toEqual({ facts: 2, moments: 2, gaps: 0, seen: 0 });
  expect(bounded.moments.map(({ what }) => what)).toEqual(['2', '3', '4', '5', '6', '7']);
});

test('gaps with one reason are told as one, the first three by name', () => {
  const throttled = (what: string) => ({ what, because: 'slowed down' });
  expect(
    gapsOfAll([
      part('did', { gaps: ['a', 'b'].map(throttled) }),
      part('who', { gaps: [gap, ...['c', 'd'].map(throttled)] }),
    ]),
  ).toEqual([{ what: 'a, b, c and 1 more', because: 'slowed down' }, gap]);
});

test('what one item has room for is bounded, whatever a source finds', () => {
  const long = untrusted(`${'x'.repeat(299)}\u{1F600}${'y'.repeat(100_000)}`);
  const many = <T>(one: T): readonly T[] => Array.from({ length: 1_000 }, () => one);
  const bounded = part('did', {
    facts: many({ label: 'l', value: long }),
    moments: many({ at: read.at, what: long }),
    gaps: many({ what: long, because: long }),
    seen: many(long),
  });
  expect(JSON.stringify(bounded).length).toBeLessThan(100_000);
  expect(JSON.stringify(bounded)).not.toMatch(/\\ud83d"/);
});

test('the same finding is the same object and manifest; another one has another name', () => {
  const one = objectOf(gathered, read, nothing);
  expect(objectOf(gathered, read, { ...nothing })).toEqual(one);
  const other = objectOf(gathered, read, { ...nothing, data: { lone: '\ud800' } });
  expect(other.key).not.toBe(one.key);
  expect(other.body).toContain('\u{FFFD}');
  const listed = [one, other].map(({ key, sha256, bytes }) => ({ ...read, key, sha256, bytes }));
  expect(manifestOf(gathered, listed, [])).toEqual(manifestOf(gathered, listed.toReversed(), []));
});
