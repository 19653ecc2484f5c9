import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { accessOf, concernsCopy } from './access.ts';
import { callOf } from './api-call.ts';
import { breaks } from './check.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';
import { callEvent } from './example-cloudtrail.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';

const calls = new Set([
  'ec2:ModifySnapshotAttribute',
  'ec2:ModifyImageAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'rds:ModifyDBClusterSnapshotAttribute',
]);

/** Sharing with everybody is CRITICAL, with an account it is HIGH (cloudtrail-verdicts.ts). */
const isPublic = (finding: Finding): boolean =>
  calls.has(callOf(finding))
    ? finding.severity === 'CRITICAL'
    : accessOf(finding) === 'public' && concernsCopy(finding);

const check = {
  rules: /ebs-snapshot-public-restorable-check|snapshots?-public-prohibited/,
  controls: ['EC2.1', 'RDS.1', 'Neptune.3', 'DocumentDB.3'],
};

/** Snapshot or image is public. */
export const copyPublic = defineRule({
  id: 'copy-public',
  title: 'Snapshot or image is public',
  attack: ['T1537', 'T1530'],
  when: (finding) => isPublic(finding) || breaks(finding, check),
  atRisk: 'Anybody with an AWS account can copy the whole disk or database.',
  actions: [
    'unshare-database-snapshot',
    'unshare-snapshot',
    'make-image-private',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'A public copy cannot be taken back once somebody has it.',
  examples: [
    {
      name: 'a snapshot for everybody',
      event: callEvent('ec2:ModifySnapshotAttribute', {
        request: {
          snapshotId: 'snap-0a1b2c3d4e5f60718',
          createVolumePermission: { add: { items: [{ group: 'all' }] } },
        },
      }),
      matches: true,
    },
    {
      name: 'found by Access Analyzer',
      event: externalAccessEvent('AWS::EC2::Snapshot', '*'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('ebs-snapshot-public-restorable-check', 'AWS::::Account', '123456789012'),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('RDS.1', 'AwsRdsDbInstance'),
      matches: true,
    },
    {
      name: 'a snapshot for one account',
      event: callEvent('ec2:ModifySnapshotAttribute', {
        request: {
          snapshotId: 'snap-0a1b2c3d4e5f60718',
          createVolumePermission: { add: { items: [{ userId: '210987654321' }] } },
        },
      }),
      matches: false,
    },
  ],
});
