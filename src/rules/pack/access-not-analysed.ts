import { defineRule } from '../rule.ts';
import { accessOf } from './access.ts';
import { accessErrorEvent, externalAccessEvent } from './example-access-analyzer.ts';

/** Access to a resource could not be analysed. */
export const accessNotAnalysed = defineRule({
  id: 'access-not-analysed',
  title: 'Access to a resource could not be analysed',
  attack: [],
  when: (finding) => accessOf(finding) === 'not analysed',
  atRisk: 'Nobody knows who can reach it.',
  actions: ['suppress-finding'],
  because: 'Access Analyzer was kept from reading the policy.',
  examples: [
    {
      name: 'a bucket',
      event: accessErrorEvent('AWS::S3::Bucket'),
      matches: true,
    },
    {
      name: 'a shared bucket',
      event: externalAccessEvent('AWS::S3::Bucket', '210987654321'),
      matches: false,
    },
  ],
});
