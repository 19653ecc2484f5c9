import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breaksAt, canonicalJson, GENESIS, isUnchanged, link } from '../../src/audit/chain.ts';
import { draft } from './memory.ts';

describe('canonical JSON', () => {
  test.each([
    ['sorts keys at every depth', { b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    [
      'sorts keys by code unit, not by language',
      { é: 1, z: 2, Z: 3, 10: 4, 9: 5 },
      '{"10":4,"9":5,"Z":3,"z":2,"é":1}',
    ],
    ['keeps the order of lists', [3, 1, 2], '[3,1,2]'],
    ['writes numbers as JSON does', [-0, 1e21, 0.1], '[0,1e+21,0.1]'],
    ['escapes as JSON does', 'a"\n\u2028', JSON.stringify('a"\n\u2028')],
    ['takes objects without a prototype', Object.create(null), '{}'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    ['undefined in an object', { a: undefined }, '$.a'],
    ['undefined in a list', [1, undefined], '$[1]'],
    ['a hole in a list', Array(1), '$[0]'],
    ['NaN', { a: [Number.NaN] }, '$.a[0]'],
    ['infinity', Number.POSITIVE_INFINITY, '$ '],
    ['a big integer', { n: 1n }, '$.n'],
    ['a function', { f: () => 1 }, '$.f'],
    ['a date', { d: new Date(0) }, '$.d'],
    ['a set', { s: new Set(['a']) }, '$.s'],
    ['half a surrogate pair in a text', { t: '\ud800' }, '$.t'],
    ['half a surrogate pair in a key', { '\udc00': 1 }, '$ '],
  ])('refuses %s and says where it is', (_, value, where) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson(value)).toThrow(where);
  });

  test('says the same for everything that JSON keeps, before and after a round trip', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
      }),
    );
  });
});

describe('a link', () => {
  const first = link(undefined, draft(1));
  const second = link(first, draft(2));

  test('numbers the entries and holds the hash of the one before', () => {
    expect(first).toMatchObject({ ...draft(1), seq: 1, previous: '0'.repeat(64) });
    expect(second).toMatchObject({ ...draft(2), seq: 2, previous: first.hash });
  });

  test('has a hash that anyone can compute from the documented text', () => {
    const { hash, ...body } = second;
    expect(hash).toBe(createHash('sha256').update(canonicalJson(body)).digest('hex'));
  });

  test('does not let a draft bring its own place or hash', () => {
    const forged = { ...draft(2), seq: 99, previous: 'x', hash: 'y' };
    expect(link(first, forged)).toEqual(second);
  });

  test('refuses a draft that JSON would not keep', () => {
    expect(() => link(first, draft(2, { detail: { n: Number.NaN } }))).toThrow('$.detail.n');
  });

  test.each([...Object.keys(second).filter((field) => field !== 'detail')])(
    'is no longer unchanged when %s is another',
    (field) => {
      expect(isUnchanged(second)).toBe(true);
      expect(isUnchanged({ ...second, [field]: 'another' })).toBe(false);
    },
  );

  test('is no longer unchanged when a detail is another or a field was added', () => {
    expect(isUnchanged({ ...second, detail: { ...second.detail, tier: 1 } })).toBe(false);
    expect(isUnchanged(Object.assign({ note: 'added' }, second))).toBe(false);
  });

  test('breaks at the first entry that does not follow', () => {
    const third = link(second, draft(3));
    expect(breaksAt(GENESIS, [first, second, third])).toBeUndefined();
    expect(breaksAt(GENESIS, [second, third])).toBe(1);
    expect(breaksAt(GENESIS, [first, third])).toBe(2);
    expect(breaksAt(GENESIS, [first, link(GENESIS, draft(2))])).toBe(2);
    expect(breaksAt(first, [second, { ...third, because: 'another' }])).toBe(3);
  });
});
