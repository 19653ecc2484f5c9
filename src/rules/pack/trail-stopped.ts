import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:DeleteEventDataStore',
  'cloudtrail:StopEventDataStoreIngestion',
]);

/** CloudTrail was stopped or records less. */
export const trailStopped = defineRule({
  id: 'trail-stopped',
  title: 'CloudTrail was stopped or records less',
  attack: ['T1562.008'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'What happens from now on may leave no trace.',
  actions: [
    'restore-trail-logging',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Attackers turn the record off before they act.',
  examples: [
    {
      name: 'a stopped trail',
      event: callEvent('cloudtrail:StopLogging', { request: { name: 'organization' } }),
      matches: true,
    },
    {
      name: 'a deleted trail',
      event: callEvent('cloudtrail:DeleteTrail', { request: { name: 'organization' } }),
      matches: true,
    },
    {
      name: 'a changed trail',
      event: callEvent('cloudtrail:UpdateTrail', { request: { name: 'organization' } }),
      matches: false,
    },
  ],
});
