/** What a finding says never becomes part of a query unless it has one of the known forms. */
import { describe, expect, test } from 'vitest';
import { flowQuery, nameQuery, sortedBy } from '../../src/evidence/query-text.ts';

const hostile = [
  '198.51.100.7"] | fields @message | filter ["',
  '198.51.100.7" or 1=1',
  'eni-0a1b2c3d4e5f60711"] or interfaceId in ["eni-0',
  'eni-0a1b2c3d4e5f60711\n| display @message',
  'i-0a1b2c3d4e5f60718" | limit 10000 #',
  "i-0a1b2c3d' or 'a'='a",
  'i-*',
  '%{jndi:ldap://example.com}',
  '198.51.100.7\\',
  '`198.51.100.7`',
  '::1|',
  ' 198.51.100.7',
  '',
];

describe('a value of another form', () => {
  test.each(hostile)('%j is left out, and named', (value) => {
    for (const form of ['interface', 'instance', 'address'] as const)
      expect(sortedBy(form, [value])).toEqual({ fit: [], misfit: [value] });
  });

  test.each(hostile)('%j is refused where it came that far', (value) => {
    expect(() => nameQuery([value])).toThrow(RangeError);
    expect(() => flowQuery({ interfaces: [value], addresses: [] })).toThrow(RangeError);
    expect(() => flowQuery({ interfaces: [], addresses: ['198.51.100.7', value] })).toThrow(
      RangeError,
    );
  });
});

test('a query for nothing is refused: it would search for everything', () => {
  expect(() => flowQuery({ interfaces: [], addresses: [] })).toThrow(RangeError);
  expect(() => nameQuery([])).toThrow(RangeError);
});

test.each([
  ['address', '198.51.100.7'],
  ['address', '2001:db8:1::18'],
  ['interface', 'eni-0a1b2c3d4e5f60711'],
  ['instance', 'i-0a1b2c3d4e5f60718'],
  ['instance', 'i-0a1b2c3d'],
] as const)('%s %s is searched for', (form, value) => {
  expect(sortedBy(form, [value, value])).toEqual({ fit: [value], misfit: [] });
});

test('more than a query is quick with are left out, and named', () => {
  const many = Array.from({ length: 10 }, (_, n) => `192.0.2.${n}`);
  expect(sortedBy('address', many)).toEqual({ fit: many.slice(0, 8), misfit: many.slice(8) });
});

test('a whole query, as it is sent', () => {
  expect(flowQuery({ interfaces: ['eni-0a1b2c3d4e5f60711'], addresses: ['192.0.2.1'] })).toBe(
    'filter interfaceId in ["eni-0a1b2c3d4e5f60711"] | stats sum(bytes) as bytes, sum(packets) as packets, count(*) as flows, min(start) as first, max(end) as last by srcAddr, dstAddr, srcPort, dstPort, protocol, action | sort bytes desc | limit 200',
  );
  expect(flowQuery({ interfaces: [], addresses: ['192.0.2.1', '192.0.2.2'] })).toMatch(
    /^filter srcAddr in \["192\.0\.2\.1","192\.0\.2\.2"\] or dstAddr in \[/,
  );
});
