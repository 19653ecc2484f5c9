import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /^Stealth:(IAMUser\/CloudTrailLoggingDisabled|S3\/ServerAccessLoggingDisabled)/;

/** Audit logging was turned off. */
export const loggingTurnedOff = defineRule({
  id: 'logging-turned-off',
  title: 'Audit logging was turned off',
  attack: ['T1562.008'],
  when: (finding) => type.test(guardDutyType(finding)),
  severity: 'HIGH',
  raises: [
    {
      source: 'guardduty',
      types: [
        'Stealth:IAMUser/CloudTrailLoggingDisabled',
        'Stealth:S3/ServerAccessLoggingDisabled',
      ],
    },
  ],
  atRisk: 'What happens from now on leaves no trace.',
  actions: [
    'restore-trail-logging',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Attackers turn logs off before they act, but GuardDuty rates it as low.',
  examples: [
    {
      name: 'a trail was stopped',
      event: guardDutyEvent('Stealth:IAMUser/CloudTrailLoggingDisabled', 2, 'key'),
      matches: true,
    },
    {
      name: 'the access log of a bucket was turned off',
      event: guardDutyEvent('Stealth:S3/ServerAccessLoggingDisabled', 2, 'bucket'),
      matches: true,
    },
    {
      name: 'a weaker password policy',
      event: guardDutyEvent('Stealth:IAMUser/PasswordPolicyChange', 2, 'key'),
      matches: false,
    },
  ],
});
