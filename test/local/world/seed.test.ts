import { expect, test } from 'vitest';
import { seedExample } from '../../../src/local/world/seed.ts';
import { createWorld } from '../../../src/local/world/world.ts';

test('the example organisation is shown as docs/local-world.md says', () => {
  const world = createWorld({ now: () => Date.parse('2026-11-22T03:00:00.000Z') });
  seedExample(world);
  const { accounts } = world.state();
  expect(accounts.map(({ id, name, region }) => [id, name, region])).toEqual([
    ['123456789012', 'prod-payments', 'eu-west-1'],
    ['111122223333', 'dev-sandbox', 'eu-west-1'],
    ['444455556666', 'legacy-erp', 'eu-west-1'],
    ['999988887777', 'security-tooling', 'eu-west-1'],
  ]);
  expect(accounts[0]?.instances[0]).toEqual({
    id: 'i-0a1b2c3d4e5f60718',
    name: 'checkout-api',
    state: 'running',
    vpc: 'vpc-0a1b2c3d4e5f60718',
    interfaces: [
      {
        id: 'eni-0a1b2c3d4e5f60711',
        groups: ['sg-0a1b2c3d4e5f60711', 'sg-0a1b2c3d4e5f60712'],
        quarantined: false,
        ip: '10.0.1.18',
        ipv6: ['2001:db8:1::18'],
      },
      {
        id: 'eni-0a1b2c3d4e5f60712',
        groups: ['sg-0a1b2c3d4e5f60712'],
        quarantined: false,
        ip: '10.0.2.18',
        ipv6: [],
      },
    ],
  });
  expect(accounts[0]?.securityGroups[0]).toEqual({
    id: 'sg-0a1b2c3d4e5f60711',
    name: 'web',
    vpc: 'vpc-0a1b2c3d4e5f60718',
    quarantine: false,
    ingress: ['tcp 443 from 0.0.0.0/0'],
    egress: ['all to 0.0.0.0/0', 'all to ::/0'],
  });
  expect(accounts[0]?.users).toEqual([
    {
      name: 'ci-deploy',
      keys: [
        { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active', lastUsed: '2026-11-22T02:00:00.000Z' },
        { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Inactive' },
      ],
    },
  ]);
});
