import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { breaks } from './check.ts';
import { configEvent } from './example-config.ts';
import { controlEvent, coverageEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

const check = {
  rules:
    /(^|-)(cloud-?trail-enabled|guardduty-enabled-centralized|securityhub-enabled|vpc-flow-logs-enabled)/,
  controls: [
    'CloudTrail.1',
    'CloudTrail.3',
    'Config.1',
    'EC2.6',
    'GuardDuty.1',
    'Inspector.1',
    'Macie.1',
  ],
};

/** Since 2026 Security Hub says of each account whether its detectors are on. */
const isCoverage = (finding: Finding): boolean =>
  makerOf(finding) === 'securityhub' && finding.type.startsWith(coverage);

const coverage = '2003 Compliance Finding [Security Hub Coverage]';

/** Logging or detection is not turned on. */
export const watchMissing = defineRule({
  id: 'watch-missing',
  title: 'Logging or detection is not turned on',
  attack: ['T1562.008'],
  when: (finding) => breaks(finding, check) || isCoverage(finding),
  atRisk: 'What happens there leaves no trace or raises no alarm.',
  actions: ['suppress-finding'],
  because: 'Trail, recorder, detector and flow logs must be on everywhere.',
  examples: [
    {
      name: 'no trail',
      event: controlEvent('CloudTrail.1', 'AwsAccount'),
      matches: true,
    },
    {
      name: 'no detector',
      event: configEvent('guardduty-enabled-centralized', 'AWS::::Account', '123456789012'),
      matches: true,
    },
    {
      name: 'an account without GuardDuty',
      event: coverageEvent(),
      matches: true,
    },
    {
      name: 'root without a second factor',
      event: controlEvent('IAM.9', 'AwsAccount'),
      matches: false,
    },
  ],
});
