import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /:(EC2|Runtime)\/DNSDataExfiltration/;

/** Server is smuggling data out through DNS. */
export const dnsExfiltration = defineRule({
  id: 'dns-exfiltration',
  title: 'Server is smuggling data out through DNS',
  attack: ['T1048.003', 'T1071.004'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Data leaves with each query, past firewalls and proxies.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'The names it asks for look like encoded data.',
  examples: [
    {
      name: 'queries that carry data',
      event: guardDutyEvent('Trojan:EC2/DNSDataExfiltration', 8, 'instance'),
      matches: true,
    },
    {
      name: 'generated domain names',
      event: guardDutyEvent('Trojan:EC2/DGADomainRequest.B', 8, 'instance'),
      matches: false,
    },
  ],
});
