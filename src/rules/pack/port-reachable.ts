import { defineRule } from '../rule.ts';
import { inspectorEvent } from './example-inspector.ts';
import { relayedEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

const type = /NETWORK_REACHABILITY|Network Reachability/;

/** Port of a server can be reached from the internet. */
export const portReachable = defineRule({
  id: 'port-reachable',
  title: 'Port of a server can be reached from the internet',
  attack: ['T1190', 'T1133'],
  when: (finding) => makerOf(finding) === 'inspector2' && type.test(finding.type),
  atRisk: 'What listens there can be attacked by anybody.',
  actions: ['suppress-finding'],
  because: 'Inspector found an open way from the internet to the port.',
  examples: [
    {
      name: 'an open port',
      event: inspectorEvent('NETWORK_REACHABILITY', 'AWS_EC2_INSTANCE'),
      matches: true,
    },
    {
      name: 'relayed by Security Hub',
      event: relayedEvent('Inspector', 'AwsEc2Instance', {
        type: 'Software and Configuration Checks/AWS Security Best Practices/Network Reachability',
      }),
      matches: true,
    },
    {
      name: 'a weakness',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_EC2_INSTANCE'),
      matches: false,
    },
  ],
});
