import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set(['cloudtrail:UpdateTrail']);

/** Settings of CloudTrail were changed. */
export const trailChanged = defineRule({
  id: 'trail-changed',
  title: 'Settings of CloudTrail were changed',
  attack: ['T1562.008'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The record may go elsewhere, leave Regions out, or no longer be validated.',
  actions: [
    'restore-trail-logging',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Few people have a reason to change a trail.',
  examples: [
    {
      name: 'a changed trail',
      event: callEvent('cloudtrail:UpdateTrail', { request: { name: 'organization' } }),
      matches: true,
    },
    {
      name: 'a stopped trail',
      event: callEvent('cloudtrail:StopLogging', { request: { name: 'organization' } }),
      matches: false,
    },
  ],
});
