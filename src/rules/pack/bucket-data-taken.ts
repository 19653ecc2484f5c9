import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /:S3\//;

/** Data in a bucket is used in an unusual way. */
export const bucketDataTaken = defineRule({
  id: 'bucket-data-taken',
  title: 'Data in a bucket is used in an unusual way',
  attack: ['T1530', 'T1485'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Data may be copied, changed or deleted while you read this.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'quarantine-bucket',
    'block-public-access',
    'suppress-finding',
  ],
  runbook: playbook('Ransom_Response_S3'),
  because: 'Who asks, from where, or how much does not fit the history of the bucket.',
  examples: [
    {
      name: 'much is read',
      event: guardDutyEvent('Exfiltration:S3/AnomalousBehavior', 8, 'bucket'),
      matches: true,
    },
    {
      name: 'listed from Tor',
      event: guardDutyEvent('Discovery:S3/TorIPCaller', 5, 'bucket'),
      matches: true,
    },
    {
      name: 'a call that touches no bucket',
      event: guardDutyEvent('Discovery:IAMUser/AnomalousBehavior', 2, 'key'),
      matches: false,
    },
  ],
});
