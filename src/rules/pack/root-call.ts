import { defineRule } from '../rule.ts';
import { isByRoot } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

/** Root user made calls to AWS. */
export const rootCall = defineRule({
  id: 'root-call',
  title: 'Root user made calls to AWS',
  attack: ['T1078.004'],
  when: isByRoot,
  atRisk: 'Root can do everything in this account, and no policy of the account limits it.',
  actions: ['quarantine-account', 'suppress-finding'],
  because: 'Root is for emergencies only, so somebody must know why.',
  examples: [
    {
      name: 'a change by root',
      event: callEvent('s3:CreateBucket', { by: 'root', request: { bucketName: 'example-new' } }),
      matches: true,
    },
    {
      name: 'a look by root',
      event: callEvent('iam:ListUsers', { by: 'root' }),
      matches: true,
    },
    {
      name: 'a change by a user',
      event: callEvent('cloudtrail:StopLogging'),
      matches: false,
    },
  ],
});
