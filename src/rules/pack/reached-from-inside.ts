import { defineRule } from '../rule.ts';
import { accessOf } from './access.ts';
import { externalAccessEvent, internalAccessEvent } from './example-access-analyzer.ts';

/** Guarded resource can be reached from inside. */
export const reachedFromInside = defineRule({
  id: 'reached-from-inside',
  title: 'Guarded resource can be reached from inside',
  attack: ['T1530'],
  when: (finding) => accessOf(finding) === 'internal',
  atRisk: 'Any of these identities, once stolen, opens the resource.',
  actions: ['suppress-finding'],
  because: 'You asked Access Analyzer to watch who in the organisation reaches it.',
  examples: [
    {
      name: 'a bucket',
      event: internalAccessEvent('AWS::S3::Bucket'),
      matches: true,
    },
    {
      name: 'a shared bucket',
      event: externalAccessEvent('AWS::S3::Bucket', '210987654321'),
      matches: false,
    },
  ],
});
