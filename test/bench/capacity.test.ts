/** Sizes and units as DynamoDB's documentation counts them. */
import { describe, expect, test } from 'vitest';
import {
  type Index,
  indexWriteUnits,
  readUnits,
  tableWriteUnits,
} from '../../bench/storm/capacity.ts';
import { type Attributes, itemSize } from '../../bench/storm/item-size.ts';

describe('the size of an item is that of its names and values', () => {
  test.each<[string, Attributes, number]>([
    ['nothing', {}, 0],
    ['text, by its bytes and not its letters', { name: { S: 'zoë' } }, 4 + 4],
    ['an empty text', { a: { S: '' } }, 1],
    ['a number, two digits to a byte and one more', { n: { N: '1234' } }, 1 + 3],
    ['a number of an odd count of digits', { n: { N: '123' } }, 1 + 3],
    ['a number without its outer zeros', { n: { N: '120000' } }, 1 + 2],
    ['a negative number, with its sign', { n: { N: '-12' } }, 1 + 3],
    ['a fraction', { n: { N: '0.0015' } }, 1 + 2],
    ['an exponent, which has no digits', { n: { N: '1.5E+20' } }, 1 + 2],
    ['zero', { n: { N: '0' } }, 1 + 1],
    ['38 digits, the most there can be', { n: { N: `-${'1'.repeat(38)}` } }, 1 + 21],
    ['bytes', { b: { B: Buffer.from('12345').toString('base64') } }, 1 + 5],
    ['true and null', { t: { BOOL: true }, n: { NULL: true } }, 4],
    ['an empty map', { m: { M: {} } }, 1 + 3],
    ['a map, one more for each entry', { m: { M: { ab: { S: 'cd' } } } }, 1 + 3 + 4 + 1],
    ['a list, one more for each element', { l: { L: [{ S: 'ab' }, { N: '7' }] } }, 1 + 3 + 4 + 2],
    ['maps in lists', { l: { L: [{ M: { a: { S: 'b' } } }] } }, 1 + 3 + 1 + 3 + 2 + 1],
    ['sets', { s: { SS: ['ab', 'c'] }, n: { NS: ['12', '3'] }, b: { BS: ['YQ=='] } }, 4 + 5 + 2],
  ])('%s', (_, item, bytes) => {
    expect(itemSize(item)).toBe(bytes);
  });
});

/** An item of so many bytes. */
const sized = (bytes: number, more: Attributes = {}): Attributes => ({
  ...more,
  x: { S: '.'.repeat(bytes - 1 - itemSize(more)) },
});

describe('a write costs the larger of before and after', () => {
  test.each<[string, Attributes | undefined, Attributes | undefined, number]>([
    ['a new small item', undefined, sized(100), 1],
    ['exactly a kilobyte', undefined, sized(1024), 1],
    ['one byte more', undefined, sized(1025), 2],
    ['an item that shrinks', sized(5000), sized(10), 5],
    ['a delete', sized(2500), undefined, 3],
    ['a refused write where nothing is', undefined, undefined, 1],
    ['a refused write of a large item', sized(3000), sized(3000), 3],
  ])('%s', (_, before, after, units) => {
    expect(tableWriteUnits(before, after)).toBe(units);
  });
});

describe('an index costs what changes in it', () => {
  const index: Index = {
    name: 'due',
    keys: ['duePk', 'dueSk'],
    projected: ['pk', 'sk', 'duePk', 'dueSk', 'note'],
  };
  const keys = { pk: { S: 'A' }, sk: { S: 'B' } };
  const due = (sk: string, more: Attributes = {}): Attributes => ({
    ...keys,
    duePk: { S: 'D' },
    dueSk: { S: sk },
    ...more,
  });
  const note = (bytes: number): Attributes => ({ note: { S: '.'.repeat(bytes) } });
  test.each<[string, Attributes | undefined, Attributes | undefined, number]>([
    ['an item that is not in it', keys, { ...keys, x: { S: '1' } }, 0],
    ['half a key, which is none', undefined, { ...keys, duePk: { S: 'D' } }, 0],
    ['an item that comes in', undefined, due('1'), 1],
    ['an item that goes out', due('1'), keys, 1],
    ['another key: out and in', due('1'), due('2'), 2],
    ['nothing that it carries', due('1'), due('1', { x: { S: '1' } }), 0],
    ['a carried value', due('1', note(1)), due('1', note(2)), 1],
    ['a large entry', undefined, due('1', note(3000)), 3],
    ['a large entry under another key', due('1', note(3000)), due('2', note(1)), 4],
    ['the item itself deleted', due('1'), undefined, 1],
  ])('%s', (_, before, after, units) => {
    expect(indexWriteUnits(before, after, index)).toBe(units);
  });
});

describe('a read costs four kilobytes to a unit', () => {
  test.each<[string, readonly Attributes[], boolean, number]>([
    ['nothing found', [], true, 1],
    ['nothing found, by an eventual read', [], false, 0.5],
    ['4 kB', [sized(4096)], true, 1],
    ['a byte more', [sized(4097)], true, 2],
    ['many small items, rounded up together', [sized(1500), sized(1500), sized(1500)], true, 2],
    ['the same, eventual', [sized(1500), sized(1500), sized(1500)], false, 1],
  ])('%s', (_, items, consistent, units) => {
    expect(readUnits(items, consistent)).toBe(units);
  });
});
