/** The simulated S3: buckets with their policy, block of public access, access list, website, tags. */
import type {
  DeleteBucketPolicyCommandInput,
  GetBucketPolicyCommandInput,
  Grant,
  PutBucketPolicyCommandInput,
  PutPublicAccessBlockCommandInput,
} from '@aws-sdk/client-s3';
import { blockSettings } from '../../actions/bucket-facts.ts';
import { certainlyDenies } from '../../actions/bucket-policy.ts';
import { roleArn } from '../../actions/role-names.ts';
import { AwsError, denied } from './aws-error.ts';
import { describeTags } from './ec2-instances.ts';
import { callerOf } from './principal.ts';
import { isPublicPolicy } from './s3-public.ts';
import type { Bucket } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** What every call on a bucket has. */
type OnBucket = Pick<GetBucketPolicyCommandInput, 'Bucket' | 'ExpectedBucketOwner'>;

const absent = (name: string, message: string): AwsError => new AwsError(name, message, 404);

/** Names are global: a bucket of another account or Region is found, and says no. */
const placeOf = (input: OnBucket, { world }: Call) => {
  for (const partition of world.partitions.values()) {
    const bucket = partition.buckets.get(input.Bucket ?? '');
    if (bucket) return { bucket, owner: partition.account, region: partition.region };
  }
  throw absent('NoSuchBucket', 'The specified bucket does not exist');
};

/** The caller's role as `aws:PrincipalArn` gives it. */
const roleOf = ({ principal, world: { roleNames } }: Call): string =>
  roleArn(principal.account, roleNames.path + callerOf(principal, roleNames).role);

/** The bucket, if its owner is the expected one and its policy does not deny the caller. */
const located = (input: OnBucket, action: string, call: Call) => {
  const place = placeOf(input, call);
  const { bucket, owner } = place;
  if (owner !== (input.ExpectedBucketOwner ?? owner) || owner !== call.principal.account)
    throw denied('s3', 'Access Denied');
  if (
    bucket.policy !== undefined &&
    certainlyDenies(bucket.policy, { role: roleOf(call), action, bucket: bucket.name })
  )
    throw denied(
      's3',
      `User: ${roleOf(call)} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${bucket.name}" with an explicit deny in a resource-based policy`,
    );
  return place;
};

const find = (input: OnBucket, action: string, call: Call): Bucket => {
  const { bucket, region } = located(input, action, call);
  if (region !== call.region)
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
    );
  return bucket;
};

const policyOf = ({ policy }: Bucket): string => {
  if (policy === undefined) throw absent('NoSuchBucketPolicy', 'The bucket policy does not exist');
  return policy;
};

/** The most restrictive of bucket and account counts. */
const blocksPublicPolicy = ({ block }: Bucket, { account }: Call): boolean =>
  [block, account.publicAccessBlock].some((each) => each?.includes('BlockPublicPolicy'));

const checkPolicy = (text: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new AwsError('MalformedPolicy', 'This policy contains invalid Json');
  }
};

const owner: Grant = {
  Grantee: { Type: 'CanonicalUser', ID: '0'.repeat(64) },
  Permission: 'FULL_CONTROL',
};

export const s3Handlers = {
  GetBucketLocation(input: OnBucket, call: Call) {
    const { region } = located(input, 's3:GetBucketLocation', call);
    return region === 'us-east-1' ? {} : { LocationConstraint: region };
  },

  GetBucketTagging(input: OnBucket, call: Call) {
    const { tags } = find(input, 's3:GetBucketTagging', call);
    if (Object.keys(tags).length === 0) throw absent('NoSuchTagSet', 'The TagSet does not exist');
    return { TagSet: describeTags(tags) };
  },

  GetBucketAcl(input: OnBucket, call: Call) {
    const { grants } = find(input, 's3:GetBucketAcl', call);
    const groups = grants.map(
      ({ group, permission }): Grant => ({
        Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${group}` },
        Permission: permission,
      }),
    );
    return { Grants: [owner, ...groups] };
  },

  GetBucketWebsite(input: OnBucket, call: Call) {
    if (!find(input, 's3:GetBucketWebsite', call).website)
      throw absent(
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
      );
    return { IndexDocument: { Suffix: 'index.html' } };
  },

  GetBucketPolicy(input: OnBucket, call: Call) {
    return { Policy: policyOf(find(input, 's3:GetBucketPolicy', call)) };
  },

  /** Of the policy alone: the block does not count. */
  GetBucketPolicyStatus(input: OnBucket, call: Call) {
    const policy = policyOf(find(input, 's3:GetBucketPolicyStatus', call));
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
  PutBucketPolicy(input: PutBucketPolicyCommandInput, call: Call) {
    const bucket = find(input, 's3:PutBucketPolicy', call);
    const policy = checkPolicy(input.Policy ?? '');
    if (blocksPublicPolicy(bucket, call) && isPublicPolicy(policy))
      throw denied(
        's3',
        `User: ${roleOf(call)} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are blocked by the BlockPublicPolicy block public access setting`,
      );
    bucket.policy = policy;
    return {};
  },

  DeleteBucketPolicy(input: DeleteBucketPolicyCommandInput, call: Call) {
    delete find(input, 's3:DeleteBucketPolicy', call).policy;
    return {};
  },

  GetPublicAccessBlock(input: OnBucket, call: Call) {
    const { block } = find(input, 's3:GetBucketPublicAccessBlock', call);
    if (!block)
      throw absent(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
      );
    return {
      PublicAccessBlockConfiguration: Object.fromEntries(
        blockSettings.map((setting) => [setting, block.includes(setting)]),
      ),
    };
  },

  PutPublicAccessBlock(input: PutPublicAccessBlockCommandInput, call: Call) {
    const wanted = input.PublicAccessBlockConfiguration;
    find(input, 's3:PutBucketPublicAccessBlock', call).block = blockSettings.filter(
      (setting) => wanted?.[setting],
    );
    return {};
  },

  DeletePublicAccessBlock(input: OnBucket, call: Call) {
    delete find(input, 's3:PutBucketPublicAccessBlock', call).block;
    return {};
  },
} satisfies Handlers;
