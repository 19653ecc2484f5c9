import { expect, test } from 'vitest';
import { asked, organisation, region, said } from './organisation.ts';

test.each([
  [
    'security-hub',
    [
      'look: 76% security score, computed',
      'act: 2 failed checks of controls, CRITICAL',
      'look: 4 failed checks of controls, HIGH',
      'fine: 5 failed checks of controls, MEDIUM',
      'fine: 0 failed checks of controls, LOW',
    ],
  ],
  [
    'guardduty-findings',
    [
      'fine: 0 GuardDuty findings open, CRITICAL',
      'fine: 0 GuardDuty findings open, HIGH',
      'fine: 0 GuardDuty findings open, MEDIUM',
      'fine: 0 GuardDuty findings open, LOW',
    ],
  ],
  [
    'guardduty-coverage',
    [
      'act: 2 of 4 accounts without GuardDuty: dev-sandbox, legacy-erp',
      'look: 2 of 13 resources with unhealthy runtime monitoring',
    ],
  ],
  [
    'access-analyzer',
    [
      'look: 3 active findings of outside access',
      'act: 1 buckets open to everybody',
      'look: 21 active findings of unused access',
      'partly: no analyzer looks for inside access',
    ],
  ],
  [
    'root-user',
    [
      'act: 1 of 4 root users with a password and no MFA: legacy-erp',
      'act: 1 of 4 root users with access keys: legacy-erp',
    ],
  ],
  [
    'credentials',
    [
      'act: 1 of 1 users with a password and no MFA: legacy-erp',
      'look: 1 of 2 active access keys older than 90 days: legacy-erp',
      'look: 1 of 2 active access keys not used for 45 days: legacy-erp',
    ],
  ],
  [
    'cloudtrail',
    [
      'fine: 0 of 4 accounts without a logging trail of all Regions',
      "look: 1 of 4 accounts outside the organisation's trail: prod-payments",
    ],
  ],
  ['config-recorder', [`act: 1 of 4 accounts where Config records nothing, ${region}: legacy-erp`]],
  [
    'public-access',
    [
      'look: 3 of 4 accounts where buckets can be made public: prod-payments, dev-sandbox, legacy-erp',
      `look: 2 of 4 accounts where snapshots can be shared with everybody, ${region}: dev-sandbox, legacy-erp`,
      `fine: 0 of 4 accounts where images can be made public, ${region}`,
    ],
  ],
  [
    'ebs-encryption',
    [
      `look: 2 of 4 accounts where new volumes are not encrypted, ${region}: dev-sandbox, legacy-erp`,
    ],
  ],
  [
    'bucket-encryption',
    [
      'unknown, because reading every bucket of many accounts takes too long: ask for one account, or set up an aggregator of AWS Config in the administrator account',
    ],
  ],
  ['database-encryption', ['act: 1 of 1 databases without encryption: prod-payments']],
  [
    'kms-deletion',
    [
      'unknown, because reading every key of many accounts takes too long: ask for one account, or set up an aggregator of AWS Config in the administrator account',
    ],
  ],
  [
    'control-policies',
    [
      'look: 4 of 4 accounts that no control policy limits: security-tooling, prod-payments, dev-sandbox, legacy-erp',
    ],
  ],
  ['permissions-boundaries', ['fine: 3 of 3 users and roles without a boundary']],
  ['container-images', ['act: 1 images with CRITICAL vulnerabilities: checkout:42']],
  ['shield', []],
  ['network-firewalls', []],
])('%s', async (id, expected) => {
  const { world, all } = organisation();
  const found = said(await asked(world, id, all));
  expect(found.slice(0, expected.length)).toEqual(expected);
  if (id !== 'security-hub') expect(found).toEqual(expected);
});

test('a score for each standard and the accounts that score lowest', async () => {
  const { world, all } = organisation();
  const found = said(await asked(world, 'security-hub', all));
  expect(found.slice(5)).toMatchInlineSnapshot(`
    [
      "look: 74% score, aws-foundational-security-best-practices 1.0.0",
      "look: 77% score, cis-aws-foundations-benchmark 3.0.0",
      "look: 86% score, account legacy-erp",
      "look: 89% score, account dev-sandbox",
      "fine: 94% score, account prod-payments",
      "fine: 100% score, account security-tooling",
    ]
  `);
});
