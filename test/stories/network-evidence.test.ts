/** Evidence of the network: whom an instance talked to and what it asked for; a query that takes its time is started once. */
import { afterEach, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { LogGroup, LogRecord } from '../../src/local/world/service-state.ts';
import { server } from './acts.ts';
import { type Play, play } from './play.ts';

let stage: Play;
afterEach(() => stage.close());

const [flowGroup, nameGroup] = ['/example/vpc-flow-logs', '/example/resolver'];
const account = '123456789012';
const region = 'eu-west-1';

const evidence = {
  ...config.evidence,
  from: 'HIGH',
  network: {
    '*': { flowLogs: { logGroup: flowGroup } },
    [account]: { resolverLogs: { logGroup: nameGroup } },
  },
} as const;

const flow = (more: Readonly<Record<string, string | number>>): LogRecord => ({
  ...{ at: '2026-11-22T08:55:00Z', start: 1_795_337_700, end: 1_795_337_760 },
  ...{ interfaceId: 'eni-0a1b2c3d4e5f60711', srcAddr: '10.0.1.18', srcPort: 40_001 },
  ...{ protocol: 6, packets: 100, action: 'ACCEPT', bytes: 2_000_000 },
  dstAddr: '198.51.100.7',
  dstPort: 443,
  ...more,
});

const asked = (name: string, rcode = 'NOERROR'): LogRecord => ({
  ...{ at: '2026-11-22T08:55:00Z', query_timestamp: '2026-11-22T08:55:00Z' },
  ...{ 'srcids.instance': server, query_name: `${name}.`, query_type: 'A', rcode },
});

const set = async (groups: { readonly [name: string]: Partial<LogGroup> } = {}) => {
  stage = await play({ config: { evidence } });
  const { logGroups } = stage.world.aws.partition(account, region).services;
  const tags = { cordon: 'logs' };
  logGroups.set(flowGroup, {
    tags,
    records: [
      flow({}),
      flow({ bytes: 3_000_000 }),
      flow({ dstAddr: '10.0.2.40', dstPort: 22, action: 'REJECT', bytes: 40 }),
      flow({ interfaceId: 'eni-00000000000000000', dstAddr: '192.0.2.99' }),
      flow({ at: '2026-11-21T08:55:00Z', dstAddr: '192.0.2.98' }),
    ],
    ...groups[flowGroup],
  });
  logGroups.set(nameGroup, {
    tags,
    records: [
      asked('pool.example.com'),
      asked('pool.example.com'),
      asked('x1.example.org', 'NXDOMAIN'),
    ],
    ...groups[nameGroup],
  });
};

const told = (): readonly string[] =>
  stage
    .threadSays()
    .map((text) => text.replaceAll(/\s+/g, ' '))
    .filter((text) => text.startsWith('Evidence'));

const started = (): readonly string[] =>
  stage.world.aws.calls
    .filter(({ operation }) => operation === 'StartQuery')
    .map(({ input }) => String(Reflect.get(input, 'logGroupName')))
    .sort();

test('talkers with ports and bytes, what was rejected, and the names, in the thread and the bucket', async () => {
  await set();
  await stage.scenario('compromised-server');
  const [text = ''] = told();
  expect(text).toContain('traffic 5.0 MB out, 0 B in');
  expect(text).toContain('talked to 198.51.100.7:443 (5.0 MB out, 0 B in)');
  expect(text).toContain('rejected 10.0.2.40:22 ×1');
  expect(text).toContain('asked for pool[.]example[.]com ×2');
  expect(text).toContain('not answered x1[.]example[.]org');
  expect(text).not.toMatch(/192\.0\.2\.9[89]/);
  const keys = await stage.world.vault.list('cases/', '');
  const object = keys.find((key) => key.includes('/network-')) ?? '';
  const body = (await stage.world.vault.get(object)) ?? '';
  expect(JSON.parse(body)).toMatchObject({
    source: 'network',
    calls: ['ec2:DescribeNetworkInterfaces', 'logs:GetQueryResults', 'logs:StartQuery'],
    data: { at: { account, region, logGroup: flowGroup } },
  });
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('a query that runs longer than worker waits is gone on with, and started once', async () => {
  await set({ [flowGroup]: { querySeconds: 150 } });
  await stage.scenario('compromised-server');
  expect(told()).toEqual([]);
  for (let minute = 0; minute < 3 && told().length === 0; minute += 1) await stage.leap(61);
  expect(told()[0]).toContain('talked to 198.51.100.7:443');
  expect(told()[0]).toContain('asked for pool');
  expect(started()).toEqual([nameGroup, flowGroup]);
  await stage.curtain();
}, 60_000);

test('what cannot be searched is named, with what to do, and the rest is there', async () => {
  await set({ [flowGroup]: { tags: {} }, [nameGroup]: { queryEnds: 'Timeout' } });
  await stage.scenario('compromised-server');
  const [text = ''] = told();
  expect(text).toContain('VPC Flow Logs : the read role may not query it');
  expect(text).toContain('tag the log group cordon = logs');
  expect(text).toContain('Resolver query logs : the query ended as Timeout');
  expect(text).toContain('Did calls none that CloudTrail tells');
  await stage.curtain({ denied: ['worker logs:StartQuery'] });
});
