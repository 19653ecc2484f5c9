import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type =
  /^UnauthorizedAccess:IAMUser\/(Instance|Resource)CredentialExfiltration|:(EC2|Runtime)\/MetadataDNSRebind/;

/** Server's credentials are used from elsewhere. */
export const stolenInstanceCredentials = defineRule({
  id: 'stolen-instance-credentials',
  title: "Server's credentials are used from elsewhere",
  attack: ['T1552.005', 'T1078.004'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: "Whoever holds the credentials acts with the server's role until they expire.",
  actions: [
    'revoke-role-session',
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Credentials made for a server leave it only when somebody takes them.',
  examples: [
    {
      name: 'used outside AWS',
      event: guardDutyEvent(
        'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
        8,
        'session',
      ),
      matches: true,
    },
    {
      name: 'read through a rebound DNS name',
      event: guardDutyEvent('UnauthorizedAccess:EC2/MetadataDNSRebind', 8, 'instance'),
      matches: true,
    },
    {
      name: 'an API call from a Tor exit node',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'key'),
      matches: false,
    },
  ],
});
