import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /:IAMUser\/(TorIPCaller|MaliciousIPCaller)/;

/** Access key is used from a known bad address. */
export const keyUsedByAttacker = defineRule({
  id: 'key-used-by-attacker',
  title: 'Access key is used from a known bad address',
  attack: ['T1078.004', 'T1090.003'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Somebody else may hold the key and act with all rights of its owner.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Calls came from an address on a threat list or from the Tor network.',
  examples: [
    {
      name: 'from a Tor exit node',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'key'),
      matches: true,
    },
    {
      name: 'from an address on a custom list',
      event: guardDutyEvent('Recon:IAMUser/MaliciousIPCaller.Custom', 5, 'key'),
      matches: true,
    },
    {
      name: 'a server on the Tor network',
      event: guardDutyEvent('UnauthorizedAccess:EC2/TorClient', 8, 'instance'),
      matches: false,
    },
  ],
});
