/**
 * What AWS says about a bucket before anything is changed, and what no action on buckets touches.
 * Every call names the account that must own the bucket: names are global, and a deleted bucket's
 * name may be somebody else's by now.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
import type { ResourceOf } from '../findings/finding.ts';
import { type Plan, type PlanSettings, type Refusal, refuse } from './action.ts';
import type { Aws } from './aws.ts';
import { letsIn } from './bucket-policy.ts';

export type BucketTarget = ResourceOf<'bucket'>;

export const bucketOf = ({ action, target }: Plan): BucketTarget => {
  if (target.kind !== 'bucket') throw new Error(`A plan of ${action} names a bucket`);
  return target;
};

/** The four settings of a public access block, in the order in which AWS lists them. */
export const blockSettings = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;
type BlockSetting = (typeof blockSettings)[number];

/** The tag with which an owner says that everybody is meant to read the bucket. */
const publicByDesign = 'public-by-design';

export const owned = ({ id, account }: BucketTarget) => ({
  Bucket: id,
  ExpectedBucketOwner: account,
});

/** Undefined where AWS says by an error of that name that there is none. */
const unless = async <T>(absent: string, call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && error.name === absent) return undefined;
    throw error;
  }
};

/** What is on of the bucket's own block; null when it has none, which is not the same as all off. */
export const readBlock = async (
  target: BucketTarget,
  aws: Aws,
): Promise<readonly BlockSetting[] | null> => {
  const found = await unless(
    'NoSuchPublicAccessBlockConfiguration',
    aws.call('s3:GetPublicAccessBlock', owned(target)),
  );
  const block = found?.PublicAccessBlockConfiguration;
  return block ? blockSettings.filter((setting) => block[setting]) : null;
};

/** The policy byte for byte, or null when the bucket has none. */
export const readPolicy = async (target: BucketTarget, aws: Aws): Promise<string | null> => {
  const found = await unless('NoSuchBucketPolicy', aws.call('s3:GetBucketPolicy', owned(target)));
  return found?.Policy ?? null;
};

/** AWS's own judgement of the policy alone; it does not count the block. */
export const readIsPublic = async (target: BucketTarget, aws: Aws): Promise<boolean> => {
  const found = await unless(
    'NoSuchBucketPolicy',
    aws.call('s3:GetBucketPolicyStatus', owned(target)),
  );
  return found?.PolicyStatus?.IsPublic ?? false;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee */
const groups: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everybody',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'everybody with an AWS account',
};
const logGroup = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

export interface BucketFacts {
  readonly block: readonly BlockSetting[] | null;
  readonly policy: string | null;
  readonly isPublic: boolean;
  /** `READ for everybody`, as the access control list grants it. */
  readonly publicGrants: readonly string[];
  /** Whether S3 itself delivers access logs into it by its access control list. */
  readonly takesAccessLogs: boolean;
  readonly website: boolean;
}

const readAcl = async (target: BucketTarget, aws: Aws) => {
  const { Grants = [] } = await aws.call('s3:GetBucketAcl', owned(target));
  return {
    publicGrants: Grants.flatMap(({ Grantee, Permission }) => {
      const who = groups[Grantee?.URI ?? ''];
      return who ? [`${Permission} for ${who}`] : [];
    }),
    takesAccessLogs: Grants.some(({ Grantee }) => Grantee?.URI === logGroup),
  };
};

const readTags = async (target: BucketTarget, aws: Aws): Promise<readonly string[]> => {
  const found = await unless('NoSuchTagSet', aws.call('s3:GetBucketTagging', owned(target)));
  return (found?.TagSet ?? []).map(({ Key }) => Key ?? '');
};

/** Directory and table buckets, and the names that stand for an access point. */
const special = /(--x-s3|--table-s3|--ol-s3|-s3alias|\.mrap)$/;
/** Buckets of the early years may have capitals, underscores and up to 255 characters. */
const bucketName = /^[\w.-]{3,255}$/;

/** General purpose buckets, by their name alone. */
export const isGeneralPurpose = ({ id }: BucketTarget): boolean =>
  bucketName.test(id) && !special.test(id);

/** The installation names Cordon's bucket `cordon-evidence`, with whatever makes it unique. */
const isOwn = (bucket: string): boolean => /^cordon-evidence(-|$)/.test(bucket);

const refuseName = (
  target: BucketTarget,
): Refusal<'not-supported' | 'own-resource'> | undefined => {
  if (!isGeneralPurpose(target))
    return refuse(
      'not-supported',
      `${target.id} is not a general purpose bucket: directory buckets and table buckets cannot be public, and an access point has a policy and a block of its own.`,
      'Act on the bucket behind the access point, or take the permission from whoever uses it.',
    );
  if (isOwn(target.id))
    return refuse(
      'own-resource',
      `${target.id} is where Cordon keeps its evidence.`,
      'Let the owner of Cordon look at it: `cordon audit verify` finds whether anything was changed.',
    );
  return undefined;
};

/** An empty answer means us-east-1, and `EU` is what eu-west-1 was called. */
const regionOf = (constraint: string | undefined): string => {
  if (!constraint) return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
};

/** How S3 says that a bucket is in another Region than the one that was asked. */
const elsewhere = [
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
  'PermanentRedirect',
];

const wrongRegion = ({ id, region }: BucketTarget, actual: string): Refusal<'wrong-state'> =>
  refuse(
    'wrong-state',
    `${id} is in ${actual}, and the finding says ${region}.`,
    'Look in the S3 console whether it is the right bucket, and act there: the finding does not name its Region.',
  );

/** Undefined when the bucket is the account's and in the target's Region. */
const refusePlace = async (
  target: BucketTarget,
  aws: Aws,
): Promise<Refusal<'not-found' | 'not-permitted' | 'wrong-state'> | undefined> => {
  try {
    const { LocationConstraint } = await aws.call('s3:GetBucketLocation', owned(target));
    const region = regionOf(LocationConstraint);
    return region === target.region ? undefined : wrongRegion(target, region);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (elsewhere.includes(error.name)) return wrongRegion(target, 'another Region');
    if (error.name === 'NoSuchBucket')
      return refuse(
        'not-found',
        `There is no bucket ${target.id}.`,
        'It was deleted. Look in CloudTrail who did it (DeleteBucket), and for copies and replicas of its data.',
      );
    if (error.name === 'AccessDenied')
      return refuse(
        'not-permitted',
        `AWS does not let Cordon look at ${target.id}: it belongs to another account than ${target.account}, its policy denies Cordon’s read role, or that role is out of date.`,
        'Find out in the S3 console of the account whose bucket it is, and act there.',
      );
    throw error;
  }
};

const refuseTags = (
  { id }: BucketTarget,
  tags: readonly string[],
  { exemptTag }: PlanSettings,
): Refusal<'exempt'> | undefined => {
  const found = [exemptTag, publicByDesign].find((tag) => tags.includes(tag));
  return found === undefined
    ? undefined
    : refuse(
        'exempt',
        `${id} carries the tag ${found}.`,
        'Ask the owner of the bucket. Remove the tag if it must be closed all the same.',
      );
};

/** What `readBucket` calls. */
export const bucketReads = [
  's3:GetBucketAcl',
  's3:GetBucketLocation',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketTagging',
  's3:GetBucketWebsite',
  's3:GetPublicAccessBlock',
] as const;

/** When neither action works on a bucket. */
export const bucketRefuses = {
  'not-found': 'There is no such bucket.',
  'not-supported': 'It is a directory bucket, a table bucket or an access point.',
  'own-resource': 'It holds Cordon’s evidence.',
  'wrong-state': 'It is in another Region than the finding says.',
  'not-permitted': 'It belongs to another account, or its policy shuts the read role out.',
  exempt: 'It carries the exempt tag, or one that says it is public on purpose.',
} as const;

type BucketCode = keyof typeof bucketRefuses;

/** All that both actions plan with, or why neither works on this bucket. */
export const readBucket = async (
  target: BucketTarget,
  aws: Aws,
  settings: PlanSettings,
): Promise<BucketFacts | Refusal<BucketCode>> => {
  const refused = refuseName(target) ?? (await refusePlace(target, aws));
  if (refused) return refused;
  const [tags, block, policy, isPublic, acl, website] = await Promise.all([
    readTags(target, aws),
    readBlock(target, aws),
    readPolicy(target, aws),
    readIsPublic(target, aws),
    readAcl(target, aws),
    unless('NoSuchWebsiteConfiguration', aws.call('s3:GetBucketWebsite', owned(target))),
  ]);
  return (
    refuseTags(target, tags, settings) ?? {
      block,
      policy,
      isPublic,
      ...acl,
      website: website !== undefined,
    }
  );
};

/** Who gets in now from outside, for people. Names come from policies: plain text only. */
export const openings = (
  { policy, isPublic, publicGrants, website }: BucketFacts,
  account: string,
): readonly string[] => {
  const guests = letsIn(policy ?? undefined, account);
  return [
    isPublic ? 'AWS counts its policy as public.' : 'Its policy does not open it to the public.',
    ...(guests.length > 0 ? [`Its policy lets in: ${guests.slice(0, 10).join('; ')}.`] : []),
    ...(publicGrants.length > 0
      ? [`Its access control list grants ${publicGrants.join(', ')}.`]
      : []),
    ...(website ? ['It serves a website, whose visitors are nobody to S3: it goes dark.'] : []),
  ];
};
