import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /^Policy:S3\//;

/** Bucket was opened to the public. */
export const bucketOpened = defineRule({
  id: 'bucket-opened',
  title: 'Bucket was opened to the public',
  attack: ['T1530'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Anybody may read what is in it, or soon will be able to.',
  actions: ['deactivate-access-key', 'suppress-finding'],
  because: 'A policy, list or guard that kept the public out was changed.',
  examples: [
    {
      name: 'anonymous access',
      event: guardDutyEvent('Policy:S3/BucketAnonymousAccessGranted', 8, 'bucket'),
      matches: true,
    },
    {
      name: 'the guard was removed',
      event: guardDutyEvent('Policy:S3/BucketBlockPublicAccessDisabled', 2, 'bucket'),
      matches: true,
    },
    {
      name: 'unusual reading',
      event: guardDutyEvent('Exfiltration:S3/AnomalousBehavior', 8, 'bucket'),
      matches: false,
    },
  ],
});
