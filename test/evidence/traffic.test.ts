/** Rows of flow logs as traffic: whose end is whose, in which direction, how much. */
import { describe, expect, test } from 'vitest';
import { flowOf, talkersOf } from '../../src/evidence/traffic.ts';

const own = ['10.0.1.18', '2001:db8:1::18'];
const row = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ srcAddr: '10.0.1.18', dstAddr: '198.51.100.7', srcPort: '40001', dstPort: '443' },
  ...{ protocol: '6', action: 'ACCEPT', bytes: '1000', flows: '2', first: '1795338000' },
  ...more,
});

describe('the other end of a flow', () => {
  test.each([
    ['what we opened, by the port of the service', {}, '198.51.100.7:443', 'out'],
    [
      'its answer belongs to the same end',
      { srcAddr: '198.51.100.7', dstAddr: '10.0.1.18', srcPort: '443', dstPort: '40001' },
      '198.51.100.7:443',
      'in',
    ],
    [
      'what somebody opened to us, by our port',
      { srcAddr: '203.0.113.9', dstAddr: '10.0.1.18', srcPort: '51234', dstPort: '22' },
      '203.0.113.9:22',
      'in',
    ],
    ['without ports (ICMP)', { srcPort: '0', dstPort: '0' }, '198.51.100.7', 'out'],
    [
      'of IPv6, in brackets',
      { srcAddr: '2001:db8:1::18', dstAddr: '2001:db8:2::1' },
      '[2001:db8:2::1]:443',
      'out',
    ],
    [
      'between strangers: the source counts as ours',
      { srcAddr: '192.0.2.1' },
      '198.51.100.7:443',
      'out',
    ],
  ])('%s', (_, more, other, direction) => {
    expect(flowOf(row(more), own)).toMatchObject({ other, direction });
  });
});

test.each([
  ['no address (a record without data)', { srcAddr: '' }],
  ['no time', { first: '-' }],
  ['a time that is none', { first: '99999999999999' }],
])('a row with %s is no flow', (_, more) => {
  expect(flowOf(row(more), own)).toBeUndefined();
});

test('talkers are summed in both directions, the loudest first; rejected ones by their tries', () => {
  const flows = [
    row(),
    row({
      srcAddr: '198.51.100.7',
      dstAddr: '10.0.1.18',
      srcPort: '443',
      dstPort: '40001',
      bytes: '50',
      first: '1795337000',
    }),
    row({ dstAddr: '198.51.100.8', bytes: '9000' }),
    row({ dstAddr: '10.0.2.40', dstPort: '22', action: 'REJECT', flows: '3' }),
    row({ dstAddr: '10.0.2.41', dstPort: '22', action: 'REJECT', flows: '30' }),
  ].flatMap((each) => flowOf(each, own) ?? []);
  const { accepted, rejected, out, into } = talkersOf(flows);
  expect(accepted).toEqual([
    {
      name: '198.51.100.8:443',
      bytesOut: 9000,
      bytesIn: 0,
      flows: 2,
      first: '2026-11-22T09:00:00.000Z',
    },
    {
      name: '198.51.100.7:443',
      bytesOut: 1000,
      bytesIn: 50,
      flows: 4,
      first: '2026-11-22T08:43:20.000Z',
    },
  ]);
  expect(rejected.map(({ name }) => name)).toEqual(['10.0.2.41:22', '10.0.2.40:22']);
  expect([out, into]).toEqual([10_000, 50]);
});
