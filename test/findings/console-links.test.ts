import { describe, expect, test } from 'vitest';
import { consoleLinks } from '../../src/findings/console-links.ts';
import { type Finding, type Resource, untrusted } from '../../src/findings/finding.ts';

const at = '2026-11-22T09:00:00.000Z';

const finding = (resource: Resource, region = 'eu-west-1', account = '123456789012'): Finding => ({
  kind: 'finding',
  source: 'guardduty',
  type: 'Backdoor:EC2/C&CActivity.B',
  title: untrusted('title'),
  description: untrusted('description'),
  severity: 'HIGH',
  nativeSeverity: '8',
  account,
  region,
  resources: [resource],
  actors: [],
  facts: [],
  canonicalId: 'id',
  fingerprint: 'print',
  eventId: 'event',
  count: 1,
  firstSeen: at,
  lastSeen: at,
  updatedAt: at,
  sample: false,
  archived: false,
});

const place = { account: '123456789012', region: 'eu-west-1' };
const instance = (id: string): Resource => ({ kind: 'instance', id, ...place });
const server = instance('i-0a1b2c3d4e5f60718');
const urls = (one: Finding) => consoleLinks(one).map(({ url }) => url);

test('an instance is shown in its console, its trail and Detective', () => {
  expect(consoleLinks(finding(server))).toEqual([
    {
      label: 'Console',
      url: 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0a1b2c3d4e5f60718',
    },
    {
      label: 'CloudTrail',
      url: 'https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events?ResourceName=i-0a1b2c3d4e5f60718',
    },
    {
      label: 'Detective',
      url: 'https://eu-west-1.console.aws.amazon.com/detective/home?region=eu-west-1#entities/Ec2Instance/i-0a1b2c3d4e5f60718',
    },
  ]);
});

describe.each([
  ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com', 3],
  ['cn-north-1', 'cn-north-1.console.amazonaws.cn', 2],
  ['ap-southeast-2', 'ap-southeast-2.console.aws.amazon.com', 3],
])('in %s', (region, host, count) => {
  test(`every link is on ${host}`, () => {
    const found = urls(finding(server, region));
    expect(found).toHaveLength(count);
    for (const url of found) expect(new URL(url).host).toBe(host);
  });
});

describe('a hostile value makes no link', () => {
  test.each(['eu-west-1.evil.example/', 'evil.example#', 'us-iso-east-1', 'EU-WEST-1', ''])(
    'as a Region: %j',
    (region) => {
      expect(urls(finding(server, region))).toEqual([]);
    },
  );

  test.each([
    'i-0a1b2c3d4e5f60718|click',
    'i-0a1b2c3d4e5f60718>',
    '../../evil',
    'i-0a1b2c3d4e5f60718\n',
    '<!channel>',
  ])('as an instance: %j', (id) => {
    expect(urls(finding(instance(id)))).toEqual([]);
  });

  test.each([
    ['user', 'ci-deploy/../../x'],
    ['bucket', 'Evil|Bucket'],
    ['role', 'a b'],
    ['function', 'f?x=1'],
    ['security-group', 'sg-1'],
  ] as const)('as a %s: %j', (kind, id) => {
    expect(urls(finding({ kind, id, ...place }))).toEqual([]);
  });

  test('as an account', () => {
    expect(urls(finding(server, 'eu-west-1', '12345678901x'))).toEqual([]);
  });
});

test('a user with an odd name is encoded, and stays on the host', () => {
  const [first = ''] = urls(finding({ kind: 'user', id: 'a+b=c,d@example.com', ...place }));
  expect(first).toContain('/iam/home#/users/details/a%2Bb%3Dc%2Cd%40example.com');
});
