import { defineRule } from '../rule.ts';
import { healthEvent } from './example-health.ts';
import { makerOf } from './origin.ts';

const type = /^AWS_ABUSE_/;

/** AWS reports abuse from this account. */
export const abuseReport = defineRule({
  id: 'abuse-report',
  title: 'AWS reports abuse from this account',
  attack: ['T1496', 'T1498'],
  when: (finding) => makerOf(finding) === 'health' && type.test(finding.type),
  atRisk: 'Others are attacked from here, and AWS may shut down what does it.',
  actions: [
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Somebody complained to AWS, or AWS saw it.',
  examples: [
    {
      name: 'an attack',
      event: healthEvent(
        'AWS_ABUSE_DOS_REPORT',
        'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c3d4e5f60718',
      ),
      matches: true,
    },
    {
      name: 'an exposed key',
      event: healthEvent('AWS_RISK_CREDENTIALS_EXPOSED', 'AKIAIOSFODNN7EXAMPLE'),
      matches: false,
    },
  ],
});
