import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { findingOf } from './finding-of.ts';

const account = '123456789012';
const region = 'eu-west-1';
const detector = '12abc34d567e8fa901bc2d34e56789f0';

/** A finding event with this detail and nothing else but an envelope. */
const event = (detail: unknown, envelope: object = {}): unknown => ({
  id: 'e-1',
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  account: '999999999999',
  region: 'us-east-1',
  time: '2026-11-22T09:00:00Z',
  detail,
  ...envelope,
});

describe('a server that talks to a control server', () => {
  const found = findingOf(readEvent('guardduty-ec2-c2'));

  it('is about the instance, by its name tag, and about the finding itself, last', () => {
    expect(found.resources).toEqual([
      {
        kind: 'instance',
        id: 'i-0a1b2c3d4e5f60718',
        account,
        region,
        name: 'checkout-api',
        tags: { Name: 'checkout-api', team: 'payments' },
      },
      {
        kind: 'finding',
        id: found.canonicalId,
        account,
        region,
        keptBy: 'guardduty',
        keeper: detector,
        key: '16afba5c5c43e07c9e3e5e2e544e95df',
      },
    ]);
  });

  it('is known by its ARN, as its Security Hub copy will be', () => {
    expect(found.canonicalId).toBe(
      `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
    );
  });

  it('tells what happened in three lines and who was on the other side', () => {
    expect(found.facts).toEqual([
      { label: 'Connected to', value: '192.0.2.44 (Netherlands, Example Hosting)' },
      { label: 'Port', value: '443 (HTTPS) TCP' },
      { label: 'Known as', value: 'Example C2' },
    ]);
    expect(found.actors).toEqual([
      { ip: '192.0.2.44', country: 'Netherlands', organisation: 'Example Hosting' },
    ]);
  });

  it('keeps type, severity, times and count', () => {
    expect(found).toMatchObject({
      source: 'guardduty',
      type: 'Backdoor:EC2/C&CActivity.B',
      severity: 'HIGH',
      nativeSeverity: '8',
      count: 1,
      firstSeen: '2026-11-22T08:49:12.000Z',
      lastSeen: '2026-11-22T08:54:58.000Z',
      updatedAt: '2026-11-22T08:55:42.511Z',
      sample: false,
      archived: false,
      eventId: '5b1e4f0a-3c2d-4e5f-8a9b-0c1d2e3f4a5b',
    });
  });

  it('is the same finding when it repeats, and the repeat is worth an edit', () => {
    const repeat = findingOf(readEvent('guardduty-ec2-c2-repeat'));
    expect(repeat.canonicalId).toBe(found.canonicalId);
    expect(repeat.count).toBe(14);
    expect(repeat.fingerprint).not.toBe(found.fingerprint);
    expect(repeat.eventId).not.toBe(found.eventId);
  });
});

describe('findings about identities, buckets and sequences', () => {
  it('reads a long-lived key with its user', () => {
    const found = findingOf(readEvent('guardduty-iam-access-key'));
    expect(found.resources[0]).toEqual({
      kind: 'access-key',
      id: 'AKIAIOSFODNN7EXAMPLE',
      account,
      region,
      temporary: false,
      user: 'ci-deploy',
      principalId: 'AIDACKCEVSQ6C2EXAMPLE',
      userType: 'IAMUser',
    });
    expect(found.actors).toEqual([
      {
        ip: '192.0.2.71',
        country: 'Netherlands',
        organisation: 'Example Transit',
        principal: 'ci-deploy',
        userAgent: 'aws-cli/2.27.1 md/awscrt#0.26.1',
      },
    ]);
    expect(found.facts.map(({ label }) => label)).toEqual([
      'API called',
      'Remote address',
      'User agent',
    ]);
    expect(found.facts[0]?.value).toBe('ListSecrets (secretsmanager.amazonaws.com) – AccessDenied');
  });

  it('puts the resource that GuardDuty names first: the bucket before the key', () => {
    const found = findingOf(readEvent('guardduty-s3-exfiltration'));
    expect(found.resources.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'bucket example-invoices',
      'access-key AKIAIOSFODNN7EXAMPLE',
      'user ci-deploy',
      `finding ${found.canonicalId}`,
    ]);
  });

  it('is about the account when root was used without a key', () => {
    const found = findingOf(readEvent('guardduty-root'));
    expect(found.resources[0]).toEqual({ kind: 'account', id: account, account, region });
    expect(found.severity).toBe('LOW');
  });
});

describe('an attack sequence', () => {
  it('brings its resources, actors and signals', () => {
    const found = findingOf(readEvent('guardduty-attack-sequence'));
    expect(found.severity).toBe('CRITICAL');
    expect(found.resources.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'access-key AKIAIOSFODNN7EXAMPLE',
      'user ci-deploy',
      'instance i-0a1b2c3d4e5f60718',
      'bucket example-invoices',
      `finding ${found.canonicalId}`,
    ]);
    expect(found.actors).toEqual([
      { principal: 'ci-deploy' },
      { ip: '192.0.2.71', country: 'Netherlands', organisation: 'Example Transit' },
    ]);
    expect(found.facts[0]).toEqual({
      label: 'Signals',
      value: expect.stringMatching(
        /^3: UnauthorizedAccess:IAMUser\/MaliciousIPCaller\.Custom \(3×\), secretsmanager:/,
      ),
    });
    expect(found.sequence).toBe(found.canonicalId);
  });
});

describe('resources of every kind', () => {
  it.each(['Instance', 'AccessKey'])('come with the %s first when GuardDuty names it', (named) => {
    const resource = {
      resourceType: named,
      instanceDetails: { instanceId: 'i-1' },
      accessKeyDetails: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    };
    const kinds = findingOf(event({ type: 'T', resource })).resources.map(({ kind }) => kind);
    const first = named === 'Instance' ? 'instance' : 'access-key';
    const second = named === 'Instance' ? 'access-key' : 'instance';
    expect(kinds).toEqual([first, second, 'finding']);
  });

  it.each([
    ['ASIAIOSFODNN7EXAMPLE', true],
    ['AKIAIOSFODNN7EXAMPLE', false],
  ])('knows whether key %s is temporary: %s', (accessKeyId, temporary) => {
    const resource = { resourceType: 'AccessKey', accessKeyDetails: { accessKeyId } };
    expect(findingOf(event({ type: 'T', resource })).resources[0]).toMatchObject({ temporary });
  });

  it.each([
    ['Lambda', { lambdaDetails: { functionName: 'resize' } }, 'function resize'],
    ['EKSCluster', { eksClusterDetails: { name: 'shop' } }, 'cluster shop'],
    ['ECSCluster', { ecsClusterDetails: { name: 'jobs' } }, 'cluster jobs'],
    ['Container', { containerDetails: { id: 'c0ffee', name: 'web' } }, 'container c0ffee'],
    ['RDSDBInstance', { rdsDbInstanceDetails: { dbInstanceIdentifier: 'db' } }, 'database db'],
    ['S3Bucket', { s3BucketDetails: [{ name: 'one' }, { name: 'two' }] }, 'bucket one'],
    [
      'AccessKey',
      { accessKeyDetails: { userName: 'ops', userType: 'AssumedRole', accessKeyId: '' } },
      'role ops',
    ],
  ])('reads a %s', (resourceType, details, expected) => {
    const found = findingOf(event({ type: 'T', resource: { resourceType, ...details } }));
    expect(`${found.resources[0]?.kind} ${found.resources[0]?.id}`).toBe(expected);
  });
});

describe('a flood of details', () => {
  const many = <T>(make: (index: number) => T): readonly T[] =>
    Array.from({ length: 999 }, (_, i) => make(i));

  it('is cut: twenty probes, forty-nine buckets and the finding', () => {
    const portProbeDetails = many((index) => ({
      localPortDetails: { port: index, portName: 'x'.repeat(999) },
      remoteIpDetails: { ipAddressV4: `192.0.2.${index}` },
    }));
    const found = findingOf(
      event({
        type: 'T',
        resource: { s3BucketDetails: many((index) => ({ name: `bucket-${index}` })) },
        service: { action: { portProbeAction: { portProbeDetails } } },
      }),
    );
    expect(found.actors).toHaveLength(20);
    expect(found.facts[0]?.value.length).toBeLessThan(2_000);
    expect(found.resources).toHaveLength(50);
    expect(found.resources.at(-1)?.kind).toBe('finding');
  });

  it('keeps ids that are too long apart', () => {
    const arn = 'x'.repeat(5_000);
    const one = findingOf(event({ type: 'T', arn: `${arn}1` })).canonicalId;
    const two = findingOf(event({ type: 'T', arn: `${arn}2` })).canonicalId;
    expect(one).not.toBe(two);
    expect(one.length).toBe(240);
  });
});

describe('severity', () => {
  it.each([
    [0, 'MEDIUM'],
    [0.1, 'LOW'],
    [1, 'LOW'],
    [3.9, 'LOW'],
    [4, 'MEDIUM'],
    [6.9, 'MEDIUM'],
    [7, 'HIGH'],
    [8.9, 'HIGH'],
    [9, 'CRITICAL'],
    [10, 'CRITICAL'],
    ['8', 'HIGH'],
    [undefined, 'MEDIUM'],
    ['high', 'MEDIUM'],
  ])('severity %s is %s', (severity, expected) => {
    expect(findingOf(event({ type: 'T', severity })).severity).toBe(expected);
  });
});

describe('account and Region', () => {
  it('come from the finding, for the administrator delivers it too', () => {
    const found = findingOf(event({ type: 'T', accountId: account, region }));
    expect([found.account, found.region]).toEqual([account, region]);
  });

  it('come from the envelope only when the finding has none', () => {
    const found = findingOf(event({ type: 'T' }));
    expect([found.account, found.region]).toEqual(['999999999999', 'us-east-1']);
  });

  it('are not read out of text that is no account', () => {
    expect(findingOf(event({ type: 'T' }, { account: '<!channel>' })).account).toBe('');
  });
});

describe('ids, times and the type', () => {
  it('builds the ARN when it is absent', () => {
    const detail = { type: 'T', id: 'f1', accountId: account, region };
    expect(findingOf(event({ ...detail, service: { detectorId: 'd1' } })).canonicalId).toBe(
      `arn:aws:guardduty:${region}:${account}:detector/d1/finding/f1`,
    );
    expect(findingOf(event(detail)).canonicalId).toBe(`guardduty:${region}:${account}:f1`);
  });

  it('keeps two findings without any id apart', () => {
    const one = findingOf(event({ type: 'T' }));
    const two = findingOf(event({ type: 'T' }, { id: 'e-2' }));
    expect(one.canonicalId).not.toBe(two.canonicalId);
  });

  it('takes times from the envelope, and else from the start of 1970', () => {
    expect(findingOf(event({ type: 'T' })).updatedAt).toBe('2026-11-22T09:00:00.000Z');
    const found = findingOf(event({ type: 'T', updatedAt: 'yesterday' }, { time: 7 }));
    expect(found.updatedAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each(['Recon:EC2 PortProbeUnprotectedPort', ' <!channel> ', 'New:Thing/OfTomorrow!X'])(
    'keeps the type %j byte for byte',
    (type) => {
      expect(findingOf(event({ type })).type).toBe(type);
    },
  );

  it('reads the PascalCase of API answers as well', () => {
    const found = findingOf(
      event({
        Type: 'Recon:EC2/Portscan',
        Severity: 5,
        AccountId: account,
        Resource: { ResourceType: 'Instance', InstanceDetails: { InstanceId: 'i-1' } },
        Service: { Archived: true, Count: 2 },
      }),
    );
    expect(found).toMatchObject({ severity: 'MEDIUM', account, archived: true, count: 2 });
    expect(found.resources[0]).toMatchObject({ kind: 'instance', id: 'i-1' });
  });
});

describe('samples', () => {
  it.each([
    [{ additionalInfo: { sample: true } }],
    [{ additionalInfo: { value: '{"sample":true}' } }],
    [{ AdditionalInfo: { Value: '{"sample":true}' } }],
  ])('knows a sample by %j', (service) => {
    expect(findingOf(event({ type: 'T', service })).sample).toBe(true);
  });

  it('knows a sample by its title, and takes a title that merely speaks of one for real', () => {
    expect(findingOf(event({ type: 'T', title: '[SAMPLE] Root was used' })).sample).toBe(true);
    expect(findingOf(event({ type: 'T', title: 'Root read [SAMPLE]' })).sample).toBe(false);
  });
});

describe('the fingerprint', () => {
  it.each([
    ['severity', { severity: 9 }],
    ['archiving', { service: { archived: true } }],
    ['the magnitude of the count', { service: { count: 10 } }],
    ['the update time', { updatedAt: '2026-11-22T10:00:00Z' }],
  ])('changes with %s', (_, change) => {
    const before = findingOf(event({ type: 'T', severity: 5 })).fingerprint;
    expect(findingOf(event({ type: 'T', severity: 5, ...change })).fingerprint).not.toBe(before);
  });

  it('stays when only the envelope differs', () => {
    const detail = { type: 'T', updatedAt: '2026-11-22T10:00:00Z' };
    expect(findingOf(event(detail, { id: 'e-2', account: '1' })).fingerprint).toBe(
      findingOf(event(detail)).fingerprint,
    );
  });
});

describe('GuardDuty events that are no findings', () => {
  it('ignores a scan result, with its status as the type', () => {
    expect(parse(readEvent('guardduty-malware-scan-result'))).toEqual({
      kind: 'ignored',
      source: 'guardduty',
      type: 'COMPLETED',
      because: expect.stringContaining('scan result'),
      eventId: 'b174af60-9283-44b5-a0f1-6c7d8e9fa0b1',
    });
  });

  it.each([
    ['GuardDuty Runtime Protection Unhealthy', /Coverage/],
    ['GuardDuty Malware Protection Resource Status Error', /Status/],
    ['GuardDuty Malware Protection Post Scan Action Failed', /Status/],
    ['GuardDuty Something New', /not a finding/],
    ['GuardDuty Finding', /without type/],
  ])('ignores %s', (detailType, because) => {
    expect(parse(event({}, { 'detail-type': detailType }))).toMatchObject({
      kind: 'ignored',
      source: 'guardduty',
      type: detailType,
      because: expect.stringMatching(because),
    });
  });
});
