import { defineRule } from '../rule.ts';
import { configEvent } from './example-config.ts';
import { healthEvent } from './example-health.ts';
import { makerOf } from './origin.ts';

/** AWS warns of a security risk. */
export const awsNotice = defineRule({
  id: 'aws-notice',
  title: 'AWS warns of a security risk',
  attack: [],
  when: (finding) => makerOf(finding) === 'health',
  atRisk: 'It depends on the risk: read what AWS says.',
  actions: ['suppress-finding'],
  because: 'AWS sends such a notice to few, and each asks for something to be done.',
  examples: [
    {
      name: 'a risk',
      event: healthEvent('AWS_RISK_IAM_QUARANTINE', 'AKIAIOSFODNN7EXAMPLE'),
      matches: true,
    },
    {
      name: 'a notice',
      event: healthEvent('AWS_SECURITY_NOTIFICATION', 'i-0a1b2c3d4e5f60718'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('restricted-ssh', 'AWS::EC2::SecurityGroup', 'sg-0a1b2c3d4e5f60718'),
      matches: false,
    },
  ],
});
