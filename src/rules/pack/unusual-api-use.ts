import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^(?!Policy|Stealth|PenTest)\w+:IAMUser\//;

/** User or key does what it never did before. */
export const unusualApiUse = defineRule({
  id: 'unusual-api-use',
  title: 'User or key does what it never did before',
  attack: ['T1078.004'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'The credentials may be stolen and used to look around, take data or stay.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'The calls do not fit the history of this identity.',
  examples: [
    {
      name: 'unusual calls that read credentials',
      event: guardDutyEvent('CredentialAccess:IAMUser/AnomalousBehavior', 5, 'key'),
      matches: true,
    },
    {
      name: 'sign-ins from distant places',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B', 5, 'key'),
      matches: true,
    },
    {
      name: 'unusual reading of a bucket',
      event: guardDutyEvent('Discovery:S3/AnomalousBehavior', 2, 'bucket'),
      matches: false,
    },
  ],
});
