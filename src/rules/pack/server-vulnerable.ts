import { defineRule } from '../rule.ts';
import { concerns } from './access.ts';
import { inspectorEvent } from './example-inspector.ts';
import { makerOf } from './origin.ts';

/** Server has a known weakness. */
export const serverVulnerable = defineRule({
  id: 'server-vulnerable',
  title: 'Server has a known weakness',
  attack: ['T1190', 'T1068'],
  when: (finding) => makerOf(finding) === 'inspector2' && concerns(finding, 'instance'),
  atRisk: 'Whoever reaches the server may use the weakness to get in or get further.',
  actions: ['suppress-finding'],
  because: 'Inspector knows the weakness from a published list.',
  examples: [
    {
      name: 'a server',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_EC2_INSTANCE'),
      matches: true,
    },
    {
      name: 'an image',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_ECR_CONTAINER_IMAGE'),
      matches: false,
    },
  ],
});
