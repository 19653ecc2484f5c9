import { defineRule } from '../rule.ts';
import { accessOf } from './access.ts';
import { externalAccessEvent, internalAccessEvent } from './example-access-analyzer.ts';

/** Resource is shared with another account. */
export const resourceShared = defineRule({
  id: 'resource-shared',
  title: 'Resource is shared with another account',
  attack: ['T1537', 'T1199'],
  when: (finding) => accessOf(finding) === 'external',
  atRisk: 'The other account may use it in whatever way the policy allows.',
  actions: ['suppress-finding'],
  because: 'Access from outside should be known, and archived in Access Analyzer when it is.',
  examples: [
    {
      name: 'a queue for one account',
      event: externalAccessEvent('AWS::SQS::Queue', '210987654321'),
      matches: true,
    },
    {
      name: 'access from inside',
      event: internalAccessEvent('AWS::S3::Bucket'),
      matches: false,
    },
  ],
});
