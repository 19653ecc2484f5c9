import { defineRule } from '../rule.ts';
import { concerns } from './access.ts';
import { inspectorEvent } from './example-inspector.ts';
import { relayedEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

/** Container image has a known weakness. */
export const imageVulnerable = defineRule({
  id: 'image-vulnerable',
  title: 'Container image has a known weakness',
  attack: ['T1190', 'T1525'],
  when: (finding) => makerOf(finding) === 'inspector2' && concerns(finding, 'image'),
  atRisk: 'Every container started from it can be attacked through the weakness.',
  actions: ['suppress-finding'],
  because: 'Inspector knows the weakness from a published list.',
  examples: [
    {
      name: 'an image',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_ECR_CONTAINER_IMAGE'),
      matches: true,
    },
    {
      name: 'relayed by Security Hub',
      event: relayedEvent('Inspector', 'AwsEcrContainerImage', {
        type: 'Software and Configuration Checks/Vulnerabilities/CVE',
      }),
      matches: true,
    },
    {
      name: 'a server',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_EC2_INSTANCE'),
      matches: false,
    },
  ],
});
