import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { breaks } from './check.ts';
import { callEvent } from './example-cloudtrail.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['ec2:AuthorizeSecurityGroupIngress', 'ec2:ModifySecurityGroupRules']);
const isCall = (finding: Finding): boolean => calls.has(callOf(finding));

const check = {
  rules:
    /restricted-(ssh|common-ports)|vpc-sg-(open-only-to-authorized-ports|port-restriction-check)/,
  controls: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.53', 'EC2.54'],
};

/** Security group is open to the world. */
export const securityGroupOpen = defineRule({
  id: 'security-group-open',
  title: 'Security group is open to the world',
  attack: ['T1562.007', 'T1190'],
  when: (finding) => isCall(finding) || breaks(finding, check),
  atRisk: 'Anybody on the internet can reach what listens behind it.',
  actions: [
    'revoke-world-open-ingress',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Unauthorized_Network_Changes'),
  because: 'A port that the whole internet reaches is found by scanners within minutes.',
  examples: [
    {
      name: 'a new rule for everybody',
      event: callEvent('ec2:AuthorizeSecurityGroupIngress', {
        request: {
          groupId: 'sg-0a1b2c3d4e5f60718',
          ipPermissions: {
            items: [
              {
                ipProtocol: 'tcp',
                fromPort: 22,
                toPort: 22,
                ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
              },
            ],
          },
        },
      }),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('restricted-ssh', 'AWS::EC2::SecurityGroup', 'sg-0a1b2c3d4e5f60718'),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('EC2.19', 'AwsEc2SecurityGroup'),
      matches: true,
    },
    {
      name: 'another failed control',
      event: controlEvent('EC2.9', 'AwsEc2Instance'),
      matches: false,
    },
  ],
});
