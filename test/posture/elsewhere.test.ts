/** What questions answer where the organisation uses more, or is set up otherwise. */
import { expect, test } from 'vitest';
import {
  asked,
  home,
  legacy,
  one,
  organisation,
  payments,
  region,
  said,
  securityAccount,
} from './organisation.ts';

test('the new Security Hub counts by itself, with a trend, and gives the same scores', async () => {
  const { world, all } = organisation();
  const before = said(await asked(world, 'security-hub', all));
  const read = world.calls.filter(({ operation }) => operation === 'GetFindings').length;
  home(world).newHub = true;
  home(world).weekAgo = 4;
  const found = said(await asked(world, 'security-hub', all));
  expect(found.filter((text) => !text.includes('7 days ago'))).toEqual(
    // Accounts are found by what they fail.
    before.filter((text) => !text.includes('security-tooling')),
  );
  expect(found).toContain('look: 2 more CRITICAL and HIGH findings than 7 days ago');
  expect(world.calls.filter(({ operation }) => operation === 'GetFindings').length).toBe(read);
});

test('one account of the new Security Hub is asked about alone', async () => {
  const { world } = organisation();
  home(world).newHub = true;
  const found = said(await asked(world, 'security-hub', one(legacy)));
  expect(found).toContain('act: 2 failed checks of controls, CRITICAL');
  expect(found).toContain('fine: 2 failed checks of controls, MEDIUM');
});

test('suppressed findings do not lower the score', async () => {
  const { world, all } = organisation();
  for (const check of home(world).checks) check.suppressed = check.status === 'FAILED';
  expect(said(await asked(world, 'security-hub', all))[0]).toBe(
    'fine: 100% security score, computed',
  );
});

test('open findings of GuardDuty count by severity, archived ones do not', async () => {
  const { world, all } = organisation();
  const detector = world.partition(securityAccount, region).detector;
  for (const [id, Severity, Archived] of [
    ['a', 9.5, false],
    ['b', 8, false],
    ['c', 5, false],
    ['d', 2, false],
    ['e', 8, true],
  ] as const)
    detector?.findings.set(id, {
      Id: id,
      AccountId: legacy.id,
      Severity,
      Service: { Archived },
    } as never);
  expect(said(await asked(world, 'guardduty-findings', all))).toEqual([
    'act: 1 GuardDuty findings open, CRITICAL',
    'act: 1 GuardDuty findings open, HIGH',
    'look: 1 GuardDuty findings open, MEDIUM',
    'fine: 1 GuardDuty findings open, LOW',
  ]);
  expect(said(await asked(world, 'guardduty-findings', one(payments)))[0]).toBe(
    'fine: 0 GuardDuty findings open, CRITICAL',
  );
});

test("Config's aggregator answers for all accounts at once", async () => {
  const { world, all } = organisation();
  home(world).aggregator = 'organisation';
  const key = world.partition(payments.id, region).services.keys.values().next().value;
  if (key) key.state = 'PendingDeletion';
  expect(said(await asked(world, 'kms-deletion', all))).toEqual([
    'act: 1 keys waiting to be deleted: prod-payments',
  ]);
  expect(said(await asked(world, 'database-encryption', all))).toEqual([
    'act: 1 of 1 databases without encryption: prod-payments',
  ]);
  expect(said(await asked(world, 'bucket-encryption', all))[0]).toMatch(
    /^look: \d of \d buckets not encrypted with a KMS key: prod-payments$/,
  );
  expect(new Set(world.calls.map(({ account }) => account))).toEqual(new Set([securityAccount]));
});

test('one account is asked itself, bucket by bucket and key by key', async () => {
  const { world } = organisation();
  const key = world.partition(payments.id, region).services.keys.values().next().value;
  if (key) key.state = 'PendingDeletion';
  expect(said(await asked(world, 'kms-deletion', one(payments)))).toEqual([
    `act: 1 of 1 keys waiting to be deleted: ${key?.id}`,
  ]);
  const [buckets] = said(await asked(world, 'bucket-encryption', one(payments)));
  expect(buckets).toMatch(/^look: (\d+) of \1 buckets not encrypted with a KMS key: /);
});

test('policies of a unit count for the accounts in it and below', async () => {
  const { world, all } = organisation();
  const security = world.account(securityAccount);
  const known = security.organization;
  if (!known) throw new Error('no organisation');
  const deny = { id: 'p-0123456789', name: 'deny', description: '', content: '{}' };
  known.policies.set(deny.id, deny);
  known.attached.set('ou-exam-ple12345', [deny.id]);
  security.organization = {
    ...known,
    units: new Map([
      ['ou-exam-ple12345', ['ou-exam-below123', payments.id]],
      ['ou-exam-below123', [legacy.id]],
    ]),
  };
  expect(said(await asked(world, 'control-policies', all))).toEqual([
    'look: 2 of 4 accounts that no control policy limits: security-tooling, dev-sandbox',
  ]);
  known.attached.set('r-exam', [deny.id]);
  expect(said(await asked(world, 'control-policies', all))).toEqual([
    'fine: 0 of 4 accounts that no control policy limits',
  ]);
});

test('Shield Advanced and Network Firewall are told where they are used', async () => {
  const { world, all } = organisation();
  const { posture } = world.partition(payments.id, region);
  posture.shielded = 3;
  posture.firewalls = ['egress'];
  expect(said(await asked(world, 'shield', all))).toEqual([
    'fine: 3 resources protected by Shield Advanced',
  ]);
  expect(said(await asked(world, 'network-firewalls', all))).toEqual([
    `fine: 1 network firewalls, ${region}`,
  ]);
});
