/** Evidence of a case: read, told in its thread, kept in the bucket; what fails is named and nothing else is lost. */
import { afterEach, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { sha256 } from '../../src/audit/chain.ts';
import { logCall } from '../../src/local/world/trail-events.ts';
import { type Play, people, play } from './play.ts';

const from = (severity: 'HIGH' | 'off') =>
  ({ evidence: { ...config.evidence, from: severity } }) as const;
let stage: Play;

afterEach(() => stage.close());

/** What the thread says of the evidence, oldest first. */
const told = (): readonly string[] =>
  stage
    .threadSays()
    .map((text) => text.replaceAll(/\s+/g, ' '))
    .filter((text) => text.startsWith('Evidence'));

/** `1/did-….json` */
const objects = async (): Promise<readonly string[]> =>
  (await stage.world.vault.list('cases/', '')).map((key) =>
    key
      .split('/')
      .slice(2)
      .join('/')
      .replace(/-[0-9a-f]{16}/, ''),
  );

const first = [
  '1/changed.json',
  '1/did.json',
  '1/manifest.json',
  '1/related.json',
  '1/who.json',
] as const;

const kept = async (kind: string) => (await stage.entries()).filter((one) => one.kind === kind);

const calls = (operation: string): number =>
  stage.world.aws.calls.filter((call) => call.operation === operation).length;

const theft = (name: string, address: string) =>
  logCall(
    stage.world.aws,
    { account: '123456789012', region: 'eu-west-1' },
    {
      at: new Date(stage.world.clock.now()).toISOString(),
      name,
      source: 'ec2.amazonaws.com',
      user: 'ci-deploy',
      key: 'AKIAIOSFODNN7EXAMPLE',
      from: address,
      agent: 'aws-cli/2.27.1',
    },
  );

test('a stolen key: the thread says who, what it did and what is new; bucket and audit have it; gathered again, it says what came since', async () => {
  stage = await play({ config: from('HIGH') });
  await stage.scenario('leaked-key');
  await stage.world.tick();
  const [message = '', ...more] = told();
  expect(more).toEqual([]);
  expect(message).toContain('Who user ci-deploy: no MFA, no console password');
  expect(message).toContain('last used AKIAIOSFODNN7EXAMPLE 2026-11-22 08:00 UTC, s3 in us-east-1');
  expect(message).toContain('may do policies none; boundary none SCPs none');
  expect(message).toContain('Access Analyzer UnusedPermission of user/ci-deploy');
  expect(message).toContain(
    'Did calls 7, 2026-11-22 08:51 to 2026-11-22 08:57 UTC, in eu-west-1 ×5',
  );
  expect(message).toContain('from 198.51.100.77 ×7');
  expect(message).toMatch(/denied cloudtrail:StopLogging, iam:AttachUserPolicy, iam:CreateUser/);
  expect(message).toContain('destructive cloudtrail:StopLogging, ec2:TerminateInstances');
  expect(message).toContain('new in 90 days 198.51.100.77, cloudtrail:StopLogging');
  expect(message).toContain('Changed user ci-deploy 1 change, last 2026-11-19');
  expect(message).not.toMatch(/Not in it|New since/);

  const id = stage.caseIdOn(stage.card());
  expect(await objects()).toEqual(first);
  const manifestKey =
    (await stage.world.vault.list(`cases/${id}/1/`, '')).find((key) => key.includes('manifest')) ??
    '';
  const manifest = (await stage.world.vault.get(manifestKey)) ?? '';
  const { objects: listed, askedBy } = JSON.parse(manifest);
  expect(askedBy).toBe('cordon:worker');
  for (const { key, sha256: hash, bytes } of listed) {
    const body = (await stage.world.vault.get(key)) ?? '';
    expect([sha256(body), Buffer.byteLength(body)]).toEqual([hash, bytes]);
  }
  expect((await kept('case.evidence-stored'))[0]?.detail?.['sha256']).toBe(sha256(manifest));

  await stage.world.advance(60);
  theft('RunInstances', '192.0.2.200');
  await stage.command(people.maria, `evidence ${id}`);
  expect(stage.told(people.maria)).toContain('Gathering evidence');
  expect(told()).toHaveLength(2);
  expect(told()[1]).toMatch(
    /New since the last time: call ec2:RunInstances , address 192\.0\.2\.200 Who/,
  );
  expect(await objects()).toHaveLength(10);
  expect((await kept('case.evidence-asked')).map(({ actor }) => actor)).toEqual([
    expect.stringContaining(people.maria),
  ]);
  expect(stage.mutations()).toEqual([]);
  await stage.curtain({ ownPings: [people.maria] });
});

test('a look-up that is throttled, one that is denied and a role that refuses are named in place, and the rest is there', async () => {
  stage = await play({ config: from('HIGH') });
  const { faults } = stage.world.aws;
  faults.add({ service: 'cloudtrail', operation: 'LookupEvents', kind: 'throttle' });
  faults.add({ service: 'organizations', operation: 'ListPoliciesForTarget', kind: 'deny' });
  await stage.scenario('leaked-key');
  await stage.world.tick();
  const [message = ''] = told();
  expect(message).toContain('Who user ci-deploy');
  expect(message).toContain('Changed user ci-deploy 1 change');
  expect(message).toContain(
    'Service control policies on 123456789012 : the read role may not call organizations:ListPoliciesForTarget',
  );
  expect(message).toContain(
    'CloudTrail of ci-deploy in eu-west-1, CloudTrail of AKIAIOSFODNN7EXAMPLE in eu-west-1, CloudTrail of ci-deploy in eu-west-1 before that and 3 more : AWS slowed cloudtrail:LookupEvents down',
  );
  expect(await objects()).toEqual(first);

  faults.clear();
  faults.add({ service: 'sts', operation: 'AssumeRole', kind: 'deny' });
  await stage.leap(1_000);
  await stage.choose(people.maria, 'Gather evidence');
  expect(told()[1]).toContain('the read role cannot be assumed (AccessDenied)');
  faults.clear();
  await stage.choose(people.maria, 'Gather evidence');
  // What could not be read the last time is not called new.
  expect(told()[2]).toContain('New since the last time: nothing');
  await stage.curtain({
    denied: [
      'worker organizations:ListPoliciesForTarget',
      ...stage.denied().filter((one) => one === 'worker sts:AssumeRole'),
    ],
  });
});

test('killed between two sources, it goes on a minute later with what is missing and asks nothing twice', async () => {
  stage = await play({ config: from('HIGH') });
  let puts = 0;
  const { network } = stage.world.aws;
  stage.world.aws.network = async (call, go) => {
    const isPut = 'Key' in call.input && String(call.input.Key).startsWith('cases/');
    if (isPut) puts += 1;
    if (isPut && puts === 3) throw new Error('the process died');
    return network(call, go);
  };
  await stage.scenario('leaked-key');
  await stage.world.advance(120);
  expect(told()).toHaveLength(1);
  // A source that was asked again would have left a second object.
  expect(await objects()).toEqual(first);
  expect(await kept('case.evidence-stored')).toHaveLength(1);
  await stage.curtain();
});

test('without being asked nothing is gathered where it is off, below its severity, or for more cases an hour than allowed; the timeline says so', async () => {
  stage = await play({
    config: { evidence: { ...config.evidence, from: 'HIGH', casesPerHour: 1 } },
  });
  await stage.scenario('port-scan');
  await stage.scenario('leaked-key');
  await stage.scenario('compromised-server');
  await stage.world.tick();
  expect(await kept('case.evidence-stored')).toHaveLength(1);
  const [skipped] = await kept('case.evidence-skipped');
  expect(skipped?.because).toContain(
    'evidence of 1 cases of account 123456789012 was gathered by itself in that hour',
  );
  expect(calls('LookupEvents')).toBeGreaterThan(0);
  await stage.curtain();
});
