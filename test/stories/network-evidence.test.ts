/** Evidence of the network: whom an instance talked to and what it asked for; a query that takes its time is started once. */
import { afterEach, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { LogGroup, LogRecord } from '../../src/local/world/service-state.ts';
import { server } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;
afterEach(() => stage.close());

const [flowGroup, nameGroup] = ['/example/vpc-flow-logs', '/example/resolver'];
const account = '123456789012';
const region = 'eu-west-1';

const table = (name: string) => ({ database: 'logs', table: name, workgroup: 'security' });

const evidence = {
  ...config.evidence,
  from: 'HIGH',
  network: {
    '*': { flowLogs: { logGroup: flowGroup }, loadBalancerLogs: table('alb_logs') },
    [account]: { resolverLogs: { logGroup: nameGroup }, bucketLogs: table('s3_logs') },
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
  putTables();
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

/** What Athena sees of the logs in S3. */
const putTables = (): void => {
  const { logTables } = stage.world.aws.partition(account, region).services;
  const tags = { cordon: 'logs' };
  const at = '2026-11-22T08:50:00Z';
  const request = { at, client_ip: '198.51.100.77', request_verb: 'POST', elb_status_code: 403 };
  logTables.set('logs.alb_logs', {
    tags,
    records: [
      { ...request, sent_bytes: 100, time: at },
      { ...request, sent_bytes: 100, time: at },
      { ...request, client_ip: '192.0.2.1', sent_bytes: 100, time: at },
    ],
  });
  const read = { at, remoteip: '198.51.100.9', operation: 'REST.GET.OBJECT', httpstatus: '200' };
  const bucket = { bucket_name: 'example-invoices', requester: '-', requestdatetime: at };
  logTables.set('logs.s3_logs', {
    tags,
    records: [
      { ...read, ...bucket, bytessent: 7_000_000 },
      { ...read, ...bucket, bytessent: 8_000_000 },
      { ...read, ...bucket, bucket_name: 'other', bytessent: 1 },
    ],
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
  await stage.world.tick();
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
    data: [{ at: { account, region, logGroup: flowGroup } }],
  });
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('a query that runs longer than worker waits is gone on with, and started once', async () => {
  await set({ [flowGroup]: { querySeconds: 50 } });
  await stage.scenario('compromised-server');
  await stage.world.tick();
  expect(told()).toEqual([]);
  await stage.leap(61);
  expect(told()[0]).toContain('talked to 198.51.100.7:443');
  expect(told()[0]).toContain('asked for pool');
  expect(started()).toEqual([nameGroup, flowGroup]);
  await stage.curtain();
});

test('what cannot be searched is named, with what to do, and the rest is there', async () => {
  await set({ [flowGroup]: { tags: {} }, [nameGroup]: { queryEnds: 'Timeout' } });
  await stage.scenario('compromised-server');
  await stage.world.tick();
  const [text = ''] = told();
  expect(text).toContain(
    'VPC Flow Logs of 123456789012 in eu-west-1 : the read role may not query it',
  );
  expect(text).toContain('tag the log group cordon = logs');
  expect(text).toContain(
    'Resolver query logs of 123456789012 in eu-west-1 : the query ended as Timeout',
  );
  expect(text).toContain('Did calls none that CloudTrail tells');
  await stage.curtain({ denied: ['worker logs:StartQuery'] });
});

test('who read a bucket is told from its access logs by Athena, started under a token of the gathering', async () => {
  await set();
  await stage.scenario('public-bucket');
  await stage.world.tick();
  const id = stage.caseIdOn(stage.card());
  if (told().length === 0) await stage.command(people.maria, `evidence ${id}`);
  const [text = ''] = told();
  expect(text).toContain('sent 15.0 MB');
  expect(text).toContain('most to anybody at 198.51.100.9: REST.GET.OBJECT 200 ×2, 15.0 MB');
  const [call] = stage.world.aws.calls.filter(
    ({ operation, input }) =>
      operation === 'StartQueryExecution' && JSON.stringify(input).includes('s3_logs'),
  );
  expect(call?.input).toMatchObject({
    WorkGroup: 'security',
    ClientRequestToken: expect.stringMatching(
      new RegExp(`^cordon-evidence-${id}-1-objects-[0-9a-f]{12}$`),
    ),
  });
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('what an address asked of load balancers is told; a table that may not be queried is named', async () => {
  await set();
  const { logTables } = stage.world.aws.partition(account, region).services;
  await stage.scenario('leaked-key');
  await stage.world.tick();
  const id = stage.caseIdOn(stage.card());
  expect(told()[0]).toContain('requests 2, 2 of them refused');
  expect(told()[0]).toContain('most 198.51.100.77 POST 403 ×2');
  const alb = logTables.get('logs.alb_logs');
  if (alb) alb.tags = {};
  await stage.command(people.maria, `evidence ${id}`);
  expect(told().at(-1)).toContain('tag the workgroup cordon = logs');
  await stage.curtain({
    ownPings: [people.maria],
    denied: ['worker athena:StartQueryExecution'],
  });
});
