import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { breaks } from './check.ts';
import { callEvent } from './example-cloudtrail.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['rds:CreateDBInstance', 'rds:ModifyDBInstance']);

const check = {
  rules: /(rds-instance|redshift-cluster)-public-access-check/,
  controls: ['RDS.2', 'Redshift.1', 'RedshiftServerless.3'],
};

/** Database can be reached from the internet. */
export const databasePublic = defineRule({
  id: 'database-public',
  title: 'Database can be reached from the internet',
  attack: ['T1190', 'T1530'],
  when: (finding) => calls.has(callOf(finding)) || breaks(finding, check),
  atRisk: 'Anybody can try passwords and known weaknesses at the database.',
  actions: [
    'make-database-private',
    'unshare-database-snapshot',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('RDS_Public_Access'),
  because: 'A database has no reason to have a public address.',
  examples: [
    {
      name: 'a change by a user',
      event: callEvent('rds:ModifyDBInstance', {
        request: { dBInstanceIdentifier: 'orders', publiclyAccessible: true },
      }),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('RDS.2', 'AwsRdsDbInstance'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('rds-instance-public-access-check', 'AWS::RDS::DBInstance', 'orders'),
      matches: true,
    },
    {
      name: 'a public snapshot',
      event: controlEvent('RDS.1', 'AwsRdsDbInstance'),
      matches: false,
    },
  ],
});
