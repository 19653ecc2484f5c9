import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /:RDS\//;

/** Somebody is trying to log in to a database. */
export const databaseLogins = defineRule({
  id: 'database-logins',
  title: 'Somebody is trying to log in to a database',
  attack: ['T1110', 'T1078'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'One right password and the data is theirs.',
  actions: ['suppress-finding'],
  because: 'The logins come from an unusual or known bad place.',
  examples: [
    {
      name: 'from Tor',
      event: guardDutyEvent('Discovery:RDS/TorIPCaller', 5, 'database'),
      matches: true,
    },
    {
      name: 'a successful guess',
      event: guardDutyEvent(
        'CredentialAccess:RDS/AnomalousLogin.SuccessfulBruteForce',
        8,
        'database',
      ),
      matches: true,
    },
    {
      name: 'at a server',
      event: guardDutyEvent('UnauthorizedAccess:EC2/SSHBruteForce', 2, 'instance'),
      matches: false,
    },
  ],
});
