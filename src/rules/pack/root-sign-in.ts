import { defineRule } from '../rule.ts';
import { isByRoot } from './api-call.ts';
import { callEvent, signInEvent } from './example-cloudtrail.ts';

/** Root user signed in to the console. */
export const rootSignIn = defineRule({
  id: 'root-sign-in',
  title: 'Root user signed in to the console',
  attack: ['T1078.004'],
  when: (finding) => isByRoot(finding) && finding.type.endsWith(':ConsoleLogin'),
  atRisk: 'Root can do everything in this account, and no policy of the account limits it.',
  actions: ['suppress-finding'],
  because: 'Root is for emergencies only, so somebody must know why.',
  examples: [
    {
      name: 'with a second factor',
      event: signInEvent('root', { mfa: true }),
      matches: true,
    },
    {
      name: 'an IAM user',
      event: signInEvent('user', { mfa: false }),
      matches: false,
    },
    {
      name: 'a call by root',
      event: callEvent('s3:CreateBucket', { by: 'root' }),
      matches: false,
    },
  ],
});
