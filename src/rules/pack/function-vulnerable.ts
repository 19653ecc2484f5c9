import { defineRule } from '../rule.ts';
import { concerns } from './access.ts';
import { inspectorEvent } from './example-inspector.ts';
import { makerOf } from './origin.ts';

/** Lambda function has a weakness. */
export const functionVulnerable = defineRule({
  id: 'function-vulnerable',
  title: 'Lambda function has a weakness',
  attack: ['T1190', 'T1648'],
  when: (finding) => makerOf(finding) === 'inspector2' && concerns(finding, 'function'),
  atRisk: 'Whoever can send it input may run code with the rights of the function.',
  actions: ['suppress-finding'],
  because: 'Inspector found the weakness in its packages or in its code.',
  examples: [
    {
      name: 'in a package',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_LAMBDA_FUNCTION'),
      matches: true,
    },
    {
      name: 'in its code',
      event: inspectorEvent('CODE_VULNERABILITY', 'AWS_LAMBDA_FUNCTION'),
      matches: true,
    },
    {
      name: 'a server',
      event: inspectorEvent('PACKAGE_VULNERABILITY', 'AWS_EC2_INSTANCE'),
      matches: false,
    },
  ],
});
