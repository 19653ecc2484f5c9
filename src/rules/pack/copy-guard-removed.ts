import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'ec2:DisableSnapshotBlockPublicAccess',
  'ec2:DisableImageBlockPublicAccess',
]);

/** Guard against public snapshots or images was removed. */
export const copyGuardRemoved = defineRule({
  id: 'copy-guard-removed',
  title: 'Guard against public snapshots or images was removed',
  attack: ['T1562.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'One more call, and disks of this account are public.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Nobody needs this guard off but to make something public.',
  examples: [
    {
      name: 'of snapshots',
      event: callEvent('ec2:DisableSnapshotBlockPublicAccess'),
      matches: true,
    },
    {
      name: 'a shared snapshot',
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
