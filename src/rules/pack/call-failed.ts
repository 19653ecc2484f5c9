import { defineRule } from '../rule.ts';
import { hasFailed } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

/** Dangerous change was tried and failed. */
export const callFailed = defineRule({
  id: 'call-failed',
  title: 'Dangerous change was tried and failed',
  attack: ['T1078.004'],
  when: hasFailed,
  atRisk: 'Whoever tried holds working credentials and may try another way.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'A change that matters failed, most often because a right was missing.',
  examples: [
    {
      name: 'a trail that could not be stopped',
      event: callEvent('cloudtrail:StopLogging', { error: 'AccessDenied' }),
      matches: true,
    },
    {
      name: 'an account that could not leave',
      event: callEvent('organizations:LeaveOrganization', { error: 'AccessDeniedException' }),
      matches: true,
    },
    {
      name: 'a trail that was stopped',
      event: callEvent('cloudtrail:StopLogging'),
      matches: false,
    },
  ],
});
