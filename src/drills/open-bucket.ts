import type { RehearsedCall } from './drill.ts';
import type { Stage } from './scenario.ts';

/** A bucket policy that lets everybody read. */
export const openToEverybody = ({ account, region }: Stage, bucket: string): RehearsedCall => ({
  account,
  region,
  operation: 's3:PutBucketPolicy',
  input: {
    Bucket: bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Everybody',
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${bucket}/*`,
        },
      ],
    }),
  },
});
