import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^CredentialAccess:EC2\//;

/** Server is searched for passwords and keys. */
export const credentialsHunted = defineRule({
  id: 'credentials-hunted',
  title: 'Server is searched for passwords and keys',
  attack: ['T1552', 'T1003'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'With what is found there, the attacker goes on to other systems.',
  actions: [
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'revoke-role-session',
    'suppress-finding',
  ],
  runbook: playbook('EC2_Forensics'),
  because: 'Programs read files and memory that hold credentials.',
  examples: [
    {
      name: 'keys in files, seen by a custom rule of GuardDuty',
      event: guardDutyEvent('CredentialAccess:EC2/UnsecuredCredentials', 6, 'instance'),
      matches: true,
    },
    {
      name: 'a user who does what it never did',
      event: guardDutyEvent('CredentialAccess:IAMUser/AnomalousBehavior', 5, 'key'),
      matches: false,
    },
  ],
});
