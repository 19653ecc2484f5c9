import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

// A space for the slash has been seen in hand-edited events.
const type = /^Recon:EC2[/ ]PortProbe/;

/** Open port of a server is being probed. */
export const portProbe = defineRule({
  id: 'port-probe',
  title: 'Open port of a server is being probed',
  attack: ['T1595.001'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'If what listens there has a weakness, the next visit is a break-in.',
  actions: ['isolate-instance', 'suppress-finding'],
  because: 'The port is open to the internet and a known scanner found it.',
  examples: [
    {
      name: 'a probed port',
      event: guardDutyEvent('Recon:EC2/PortProbeUnprotectedPort', 2, 'instance'),
      matches: true,
    },
    {
      name: 'a hand-edited type',
      event: guardDutyEvent('Recon:EC2 PortProbeUnprotectedPort', 2, 'instance'),
      matches: true,
    },
    {
      name: 'a probed EMR port',
      event: guardDutyEvent('Recon:EC2/PortProbeEMRUnprotectedPort', 8, 'instance'),
      matches: true,
    },
    {
      name: 'a scan that our server makes',
      event: guardDutyEvent('Recon:EC2/Portscan', 5, 'instance'),
      matches: false,
    },
  ],
});
