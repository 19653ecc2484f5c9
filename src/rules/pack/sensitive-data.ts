import { defineRule } from '../rule.ts';
import { macieEvent } from './example-macie.ts';
import { makerOf } from './origin.ts';

const type = /SensitiveData:|Sensitive Data/;

/** Sensitive data was found in a bucket. */
export const sensitiveData = defineRule({
  id: 'sensitive-data',
  title: 'Sensitive data was found in a bucket',
  attack: ['T1530'],
  when: (finding) => makerOf(finding) === 'macie' && type.test(finding.type),
  atRisk: 'Whoever can read the bucket can read data about people or money.',
  actions: ['block-public-access', 'suppress-finding'],
  because: 'Macie recognised such data in an object.',
  examples: [
    {
      name: 'data about people',
      event: macieEvent('SensitiveData:S3Object/Personal'),
      matches: true,
    },
    {
      name: 'a public bucket',
      event: macieEvent('Policy:IAMUser/S3BucketPublic'),
      matches: false,
    },
  ],
});
