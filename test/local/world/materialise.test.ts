import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionById, offered } from '../../../src/actions/index.ts';
import type { Finding, Resource } from '../../../src/findings/finding.ts';
import { parse } from '../../../src/findings/parse.ts';
import { wrap } from '../../../src/findings/wrap.ts';
import { materialise } from '../../../src/local/world/materialise.ts';
import { type Bench, benchOf, newWorld, planned } from '../../actions/bench.ts';

const event = (resource: object, about: object = {}): unknown => ({
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  id: 'e-1',
  account: '999988887777',
  region: 'us-west-2',
  time: '2026-11-22T03:00:00Z',
  resources: [],
  detail: {
    accountId: '210987654321',
    region: 'us-west-2',
    id: 'f-1',
    arn: 'arn:aws:guardduty:us-west-2:210987654321:detector/d-1/finding/f-1',
    type: 'UnauthorizedAccess:EC2/SSHBruteForce',
    severity: 8,
    resource,
    service: { detectorId: 'd-1', count: 1, archived: false },
    ...about,
  },
});
const instanceDetails = {
  instanceId: 'i-0123456789abcdef0',
  tags: [{ key: 'Name', value: 'found' }],
  networkInterfaces: [
    {
      networkInterfaceId: 'eni-0123456789abcdef0',
      vpcId: 'vpc-0123456789abcdef0',
      privateIpAddress: '10.9.0.4',
      publicIp: '192.0.2.44',
      ipv6Addresses: ['2001:db8::4'],
      securityGroups: [{ groupId: 'sg-0123456789abcdef0', groupName: 'edge' }],
    },
    { networkInterfaceId: 'eni-0123456789abcdef1', vpcId: 'vpc-0123456789abcdef0' },
  ],
};

const findingOf = (json: unknown): Finding => {
  const parsed = parse(json);
  if (parsed.kind !== 'finding') throw new Error(parsed.because);
  return parsed;
};

/** What takes AWS half a minute. */
const haveStopped = (bench: Bench, { account, region }: Resource): void => {
  const { instances, services } = bench.world.partition(account, region);
  for (const each of instances.values()) if (each.next) each.next = { ...each.next, at: 0 };
  for (const each of services.databases.values())
    if (each.becoming) each.becoming = { ...each.becoming, at: 0 };
};

/** Other people's findings name trails that log, and databases that nobody can reach. */
const mayNeedNothing = /^(restore-trail-logging|make-database-private)$/;
const needsNothing: readonly string[] = ['not-found', 'already-contained'];

/** Contains, verifies and undoes everything the finding offers. */
const respond = async (make: () => Bench['world'], finding: Finding): Promise<number> => {
  let contained = 0;
  for (const target of finding.resources)
    for (const { id } of offered(target)) {
      const action = actionById(id);
      if (!action) throw new Error(`No action ${id}`);
      // Each in a world of its own: a database that was just changed takes no second change at once.
      const bench = benchOf(action, make());
      const offer = await bench.plan(target);
      if (offer.kind === 'refusal' && needsNothing.includes(offer.code) && mayNeedNothing.test(id))
        continue;
      const plan = planned(offer);
      await bench.execute(plan);
      haveStopped(bench, target);
      expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
      await bench.undo(plan);
      contained += 1;
    }
  return contained;
};

describe('making what a finding names exist', () => {
  test('an instance gets the interfaces that the event lists', () => {
    const world = newWorld();
    const json = event({ resourceType: 'Instance', instanceDetails });
    materialise(world, findingOf(json), json);
    const shown = world.state().accounts.find(({ id }) => id === '210987654321');
    expect(shown).toMatchObject({
      region: 'us-west-2',
      instances: [
        {
          id: 'i-0123456789abcdef0',
          name: 'found',
          interfaces: [
            {
              id: 'eni-0123456789abcdef0',
              ip: '10.9.0.4',
              ipv6: ['2001:db8::4'],
              groups: ['sg-0123456789abcdef0'],
              quarantined: false,
            },
            { id: 'eni-0123456789abcdef1', groups: ['sg-0123456789abcdef0-default'] },
          ],
        },
      ],
      findings: [{ id: 'f-1', service: 'guardduty', archived: false, workflow: 'NEW' }],
    });
  });

  test('doing it twice changes nothing, also after a containment', async () => {
    const world = newWorld();
    const json = event({ resourceType: 'Instance', instanceDetails });
    const finding = findingOf(json);
    materialise(world, finding, json);
    await respond(() => world, finding);
    const state = world.state();
    materialise(world, finding, json);
    expect(world.state()).toEqual(state);
  });

  test('without the event an instance has one interface, and every offer works', async () => {
    const world = newWorld();
    const finding = findingOf(event({ resourceType: 'Instance', instanceDetails }));
    materialise(world, finding);
    expect(await respond(() => world, finding)).toBe(9);
  });

  test('a key gets its user, and every offer works', async () => {
    const world = newWorld();
    const accessKeyDetails = {
      accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
      userName: 'found-user',
      userType: 'IAMUser',
    };
    const finding = findingOf(event({ resourceType: 'AccessKey', accessKeyDetails }));
    materialise(world, finding);
    expect(await respond(() => world, finding)).toBe(5);
    expect(world.account('210987654321').users.get('found-user')?.keys).toMatchObject([
      { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Active' },
    ]);
  });
});

const shared = process.env['CORDON_SHARED'];

describe.runIf(shared)('on the shared corpus', () => {
  const folder = `${shared}/corpus/guardduty`;
  const files = shared ? readdirSync(folder) : [];

  test.each(files)('everything that %s offers can be contained and undone', async (file) => {
    const json = wrap(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
    const parsed = parse(json);
    if (parsed.kind !== 'finding' || parsed.archived) return;
    const make = () => {
      const world = newWorld();
      materialise(world, parsed, json);
      return world;
    };
    expect(await respond(make, parsed)).toBeGreaterThan(0);
  });
});
