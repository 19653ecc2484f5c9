import { defineRule } from '../rule.ts';
import { hasFailed, isByRoot } from './api-call.ts';
import { signInEvent } from './example-cloudtrail.ts';

/** Root sign-in was tried and failed. */
export const rootSignInFailed = defineRule({
  id: 'root-sign-in-failed',
  title: 'Root sign-in was tried and failed',
  attack: ['T1110', 'T1078.004'],
  when: (finding) =>
    hasFailed(finding) && isByRoot(finding) && finding.type.endsWith(':ConsoleLogin'),
  atRisk: 'Whoever guesses the password owns the account.',
  actions: ['suppress-finding'],
  because: 'Nobody signs in as root by routine, so a failure is a guess or a surprise.',
  examples: [
    {
      name: 'a wrong password',
      event: signInEvent('root', { mfa: false, failed: true }),
      matches: true,
    },
    {
      name: 'a right password',
      event: signInEvent('root', { mfa: true }),
      matches: false,
    },
  ],
});
