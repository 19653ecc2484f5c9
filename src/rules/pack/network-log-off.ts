import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set([
  'ec2:DeleteFlowLogs',
  'route53resolver:DeleteResolverQueryLogConfig',
  'route53resolver:DisassociateResolverQueryLogConfig',
]);

/** Network or DNS logs were turned off. */
export const networkLogOff = defineRule({
  id: 'network-log-off',
  title: 'Network or DNS logs were turned off',
  attack: ['T1562.008'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Traffic from now on leaves no trace.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Unauthorized_Network_Changes'),
  because: 'These logs show where data went, which is why attackers remove them.',
  examples: [
    {
      name: 'deleted flow logs',
      event: callEvent('ec2:DeleteFlowLogs', { request: { flowLogId: 'fl-0a1b2c3d4e5f60718' } }),
      matches: true,
    },
    {
      name: 'a deleted log of DNS queries',
      event: callEvent('route53resolver:DeleteResolverQueryLogConfig'),
      matches: true,
    },
    {
      name: 'a stopped trail',
      event: callEvent('cloudtrail:StopLogging'),
      matches: false,
    },
  ],
});
