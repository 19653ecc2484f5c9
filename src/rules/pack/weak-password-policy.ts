import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /^Stealth:IAMUser\/PasswordPolicyChange/;

/** Rules for passwords were weakened. */
export const weakPasswordPolicy = defineRule({
  id: 'weak-password-policy',
  title: 'Rules for passwords were weakened',
  attack: ['T1556'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Passwords of users become easier to guess.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'A weaker password policy prepares guessing or a password that an attacker chose.',
  examples: [
    {
      name: 'a weaker policy',
      event: guardDutyEvent('Stealth:IAMUser/PasswordPolicyChange', 2, 'key'),
      matches: true,
    },
    {
      name: 'a trail was stopped',
      event: guardDutyEvent('Stealth:IAMUser/CloudTrailLoggingDisabled', 2, 'key'),
      matches: false,
    },
  ],
});
