import { defineRule } from '../rule.ts';
import { configEvent } from './example-config.ts';
import { inspectorEvent } from './example-inspector.ts';
import { makerOf } from './origin.ts';

/** Inspector found a weakness. */
export const codeVulnerable = defineRule({
  id: 'code-vulnerable',
  title: 'Inspector found a weakness',
  attack: ['T1190'],
  when: (finding) => makerOf(finding) === 'inspector2',
  atRisk: 'Whatever is built from it carries the weakness along.',
  actions: ['suppress-finding'],
  because: 'Inspector found it before anything runs, which is the cheapest time to mend it.',
  examples: [
    {
      name: 'in a repository',
      event: inspectorEvent('CODE_VULNERABILITY', 'CODE_REPOSITORY'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('restricted-ssh', 'AWS::EC2::SecurityGroup', 'sg-0a1b2c3d4e5f60718'),
      matches: false,
    },
  ],
});
