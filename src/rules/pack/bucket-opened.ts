import { atLeast, type Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { guardDutyEvent } from './example.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';
import { macieEvent } from './example-macie.ts';
import { guardDutyType, macieType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^Policy:S3\/|^Policy:IAMUser\/S3BucketPublic/;

/** A policy that lets everybody in is HIGH, any other is not (cloudtrail-verdicts.ts). */
const isOpening = (finding: Finding): boolean =>
  callOf(finding) === 's3:PutBucketAcl' ||
  (callOf(finding) === 's3:PutBucketPolicy' && atLeast(finding.severity, 'HIGH'));

/** Bucket was opened to the public. */
export const bucketOpened = defineRule({
  id: 'bucket-opened',
  title: 'Bucket was opened to the public',
  attack: ['T1530'],
  when: (finding) =>
    type.test(guardDutyType(finding)) || type.test(macieType(finding)) || isOpening(finding),
  atRisk: 'Anybody may read what is in it, or soon will be able to.',
  actions: [
    'block-public-access',
    'quarantine-bucket',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('S3_Public_Access'),
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
      name: 'a policy for everybody',
      event: callEvent('s3:PutBucketPolicy', {
        request: {
          bucketName: 'example-invoices',
          bucketPolicy: policyText({ Principal: '*', Action: 's3:GetObject' }),
        },
      }),
      matches: true,
    },
    {
      name: 'found by Macie',
      event: macieEvent('Policy:IAMUser/S3BucketPublic'),
      matches: true,
    },
    {
      name: 'unusual reading',
      event: guardDutyEvent('Exfiltration:S3/AnomalousBehavior', 8, 'bucket'),
      matches: false,
    },
  ],
});
