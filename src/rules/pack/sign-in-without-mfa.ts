import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { signInEvent } from './example-cloudtrail.ts';

const calls = new Set(['signin:ConsoleLogin']);

/** User signed in without a second factor. */
export const signInWithoutMfa = defineRule({
  id: 'sign-in-without-mfa',
  title: 'User signed in without a second factor',
  attack: ['T1078.004'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'A stolen password is enough to be this user.',
  actions: ['suppress-finding'],
  because: 'A user with a password must have a second factor.',
  examples: [
    {
      name: 'a password alone',
      event: signInEvent('user', { mfa: false }),
      matches: true,
    },
    {
      name: 'root with a second factor',
      event: signInEvent('root', { mfa: true }),
      matches: false,
    },
  ],
});
