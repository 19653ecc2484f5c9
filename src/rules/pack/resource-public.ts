import { defineRule } from '../rule.ts';
import { accessOf } from './access.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';

/** Resource can be reached by everybody. */
export const resourcePublic = defineRule({
  id: 'resource-public',
  title: 'Resource can be reached by everybody',
  attack: ['T1530', 'T1199'],
  when: (finding) => accessOf(finding) === 'public',
  atRisk: 'Anybody with an AWS account, or without, may use it.',
  actions: ['suppress-finding'],
  because: 'Its policy lets everybody in, which is right for very few resources.',
  examples: [
    {
      name: 'a queue',
      event: externalAccessEvent('AWS::SQS::Queue', '*'),
      matches: true,
    },
    {
      name: 'a queue for one account',
      event: externalAccessEvent('AWS::SQS::Queue', '210987654321'),
      matches: false,
    },
  ],
});
