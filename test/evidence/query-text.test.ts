/** What a finding says never becomes part of a query unless it has one of the known forms. */
import { describe, expect, test } from 'vitest';
import {
  flowQuery,
  nameQuery,
  objectQuery,
  requestQuery,
  sortedBy,
} from '../../src/evidence/query-text.ts';

const span = { from: Date.parse('2026-11-22T08:00:00Z'), to: Date.parse('2026-11-23T07:00:00Z') };
const at = {
  ...{ account: '123456789012', region: 'eu-west-1' },
  ...{ database: 'logs', table: 'alb_logs', workgroup: 'security' },
};

const hostile = [
  "example') OR ('1'='1",
  "198.51.100.7'; DROP TABLE logs --",
  'Example-Bucket',
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
    for (const form of ['interface', 'instance', 'address', 'bucket'] as const)
      expect(sortedBy(form, [value])).toEqual({ fit: [], misfit: [value] });
  });

  test.each(hostile)('%j is refused where it came that far', (value) => {
    expect(() => nameQuery([value])).toThrow(RangeError);
    expect(() => flowQuery({ interfaces: [value], addresses: [] })).toThrow(RangeError);
    expect(() => flowQuery({ interfaces: [], addresses: ['198.51.100.7', value] })).toThrow(
      RangeError,
    );
    expect(() => requestQuery(at, [value], span)).toThrow(RangeError);
    expect(() => objectQuery(at, [value], span)).toThrow(RangeError);
    expect(() => objectQuery({ ...at, table: value }, ['example'], span)).toThrow(RangeError);
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

test('a whole query of Athena, with the days of its partitions', () => {
  expect(objectQuery({ ...at, table: 's3_logs' }, ['example-invoices'], span)).toBe(
    `SELECT remoteip, requester, operation, httpstatus, count(*) AS times, sum(bytessent) AS sent, min(requestdatetime) AS first_at, max(requestdatetime) AS last_at FROM "logs"."s3_logs" WHERE "timestamp" BETWEEN '2026/11/22' AND '2026/11/23' AND bucket_name IN ('example-invoices') GROUP BY remoteip, requester, operation, httpstatus ORDER BY sent DESC LIMIT 200`,
  );
  expect(requestQuery(at, ['192.0.2.1', '192.0.2.2'], span)).toContain(
    `"day" BETWEEN '2026/11/22' AND '2026/11/23' AND client_ip IN ('192.0.2.1','192.0.2.2')`,
  );
});
