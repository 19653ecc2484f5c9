import { defineRule } from '../rule.ts';
import { accessOf, concernsCopy } from './access.ts';
import { callOf } from './api-call.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'ec2:ModifySnapshotAttribute',
  'ec2:ModifyImageAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'rds:ModifyDBClusterSnapshotAttribute',
]);

/** Snapshot or image is shared with another account. */
export const copyShared = defineRule({
  id: 'copy-shared',
  title: 'Snapshot or image is shared with another account',
  attack: ['T1537'],
  when: (finding) =>
    calls.has(callOf(finding)) || (accessOf(finding) === 'external' && concernsCopy(finding)),
  atRisk: 'The other account can copy the whole disk or database and keep it.',
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
  because: 'Sharing a copy is how data leaves without any traffic to see.',
  examples: [
    {
      name: 'a snapshot for one account',
      event: callEvent('ec2:ModifySnapshotAttribute', {
        request: {
          snapshotId: 'snap-0a1b2c3d4e5f60718',
          createVolumePermission: { add: { items: [{ userId: '210987654321' }] } },
        },
      }),
      matches: true,
    },
    {
      name: 'a database snapshot for one account',
      event: callEvent('rds:ModifyDBSnapshotAttribute', {
        request: {
          dBSnapshotIdentifier: 'orders-2026',
          attributeName: 'restore',
          valuesToAdd: ['210987654321'],
        },
      }),
      matches: true,
    },
    {
      name: 'found by Access Analyzer',
      event: externalAccessEvent('AWS::EC2::Snapshot', '210987654321'),
      matches: true,
    },
    {
      name: 'the guard against public snapshots',
      event: callEvent('ec2:DisableSnapshotBlockPublicAccess'),
      matches: false,
    },
  ],
});
