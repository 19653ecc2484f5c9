import { definePlaybook } from './playbook.ts';
import { containPrincipal, stillInForce } from './shared-steps.ts';
import { buckets } from './targets.ts';

export const publicBucket = definePlaybook({
  id: 'public-bucket',
  title: 'Public bucket',
  label: 'Playbook: public bucket',
  situation: 'A bucket can be read or written by everybody, or its block against that was removed.',
  applies: {
    rules: [
      'bucket-opened',
      'bucket-public',
      'bucket-guard-removed',
      'bucket-policy-changed',
      'bucket-shared',
      'credentials-in-bucket',
    ],
    types: /^Policy:S3\/Bucket/,
    from: 'MEDIUM',
    resources: ['bucket'],
  },
  steps: [
    {
      kind: 'action',
      id: 'block',
      phase: 'contain',
      action: 'block-public-access',
      on: buckets,
    },
    ...containPrincipal,
    {
      kind: 'manual',
      id: 'who-read',
      phase: 'evidence',
      title: 'Find out who has read it',
      instructions: [
        'Since when is it open: aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=BUCKET',
        'Look at server access logs or data events of that time for requests by strangers; where there are none, assume that everything was read.',
        'Tell whoever answers for the data what it holds.',
      ],
    },
    {
      kind: 'manual',
      id: 'policy',
      phase: 'eradicate',
      title: 'Take the open statement away',
      instructions: [
        'aws s3api get-bucket-policy --bucket BUCKET; remove the statement whose Principal is * and write it back.',
        'aws s3api get-bucket-acl --bucket BUCKET; if AllUsers is granted: aws s3api put-bucket-acl --bucket BUCKET --acl private',
        'Access points have policies of their own: aws s3control list-access-points --account-id ACCOUNT --bucket BUCKET',
      ],
    },
    {
      kind: 'manual',
      id: 'account-block',
      phase: 'recover',
      title: 'Block public access for the whole account',
      instructions: [
        'If nothing in ACCOUNT has to be public: aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      ],
    },
    stillInForce,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/S3_Public_Access.md',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
});
