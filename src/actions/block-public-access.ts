/**
 * Blocks public access to one bucket: all four settings of its own block. Policy and access control
 * list stay as they are, so nothing is lost. The account's block is never touched.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import {
  defaultPlanSettings,
  defineAction,
  type Json,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import {
  type BucketFacts,
  type BucketTarget,
  blockSettings,
  bucketOf,
  bucketReads,
  bucketRefuses,
  isGeneralPurpose,
  openings,
  owned,
  readBlock,
  readBucket,
  readIsPublic,
} from './bucket-facts.ts';

/** When it is refused, by code. */
const refuses = {
  ...bucketRefuses,
  'already-contained': 'All four settings of its own block are on.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Whoever has rights in the account itself, and so a thief of its credentials, reads and writes as before.',
  'What was copied is out. Cached copies, such as those of CloudFront, are served until they expire.',
  'Access points and Multi-Region Access Points have a block of their own, which was not looked at.',
];

const changeId = (bucket: string): string => `${bucket}/public-access-block`;

const isOpen = ({ isPublic, publicGrants, website }: BucketFacts): boolean =>
  isPublic || publicGrants.length > 0 || website;

const describePlan = (target: BucketTarget, facts: BucketFacts): Plan => ({
  kind: 'plan',
  action: blockPublicAccess.id,
  target,
  summary: `Block public access to the bucket ${target.id}; its policy and access control list stay as they are.`,
  changes: [
    {
      id: changeId(target.id),
      label: `Block of public access of ${target.id}`,
      before: facts.block,
      after: [...blockSettings],
    },
  ],
  cannot: limits,
  blastRadius: {
    class: isOpen(facts) ? 'shared with others' : 'this resource only',
    lines: [
      ...openings(facts, target.account),
      facts.isPublic
        ? 'While its policy is public, other accounts that it names are locked out too, not only the public.'
        : 'Other accounts that its policy names by number keep their access.',
      'New public policies and access control lists are refused, also to those who deploy them.',
    ],
  },
  reversible: { kind: 'yes' },
  tier: blockPublicAccess.tier,
});

const plan = async (
  target: BucketTarget,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const facts = await readBucket(target, aws, settings);
  if ('kind' in facts) return facts;
  if (facts.block?.length === blockSettings.length)
    return refuse(
      'already-contained',
      `Public access to ${target.id} is blocked already, by all four settings of its own block.`,
      'Look at access points of the bucket, and at who has rights in the account. Quarantine the bucket if credentials of the account are in wrong hands.',
    );
  return describePlan(target, facts);
};

const write = async (target: BucketTarget, value: Json, aws: Aws): Promise<void> => {
  if (value === null) {
    await aws.call('s3:DeletePublicAccessBlock', owned(target));
    return;
  }
  if (!Array.isArray(value) || !value.every((each) => blockSettings.some((one) => one === each)))
    throw new Error(`A block of public access cannot be ${JSON.stringify(value)}`);
  await aws.call('s3:PutPublicAccessBlock', {
    ...owned(target),
    PublicAccessBlockConfiguration: Object.fromEntries(
      blockSettings.map((setting) => [setting, value.includes(setting)]),
    ),
  });
};

const blockRegister = (planned: Plan): Register => {
  const target = bucketOf(planned);
  return {
    id: changeId(target.id),
    title: `Set the block of public access of ${target.id}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: true,
    read: (aws) => readBlock(target, aws),
    write: (value, aws) => write(target, value, aws),
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const target = bucketOf(planned);
  const [block, isPublic] = await Promise.all([readBlock(target, aws), readIsPublic(target, aws)]);
  const off = blockSettings.filter((setting) => !block?.includes(setting));
  if (off.length > 0)
    return { kind: 'not-verified', because: `AWS lists as off: ${off.join(', ')}` };
  return {
    kind: 'verified',
    lines: [
      `All four settings of the block of ${target.id} are on.`,
      isPublic
        ? 'Its policy still says public, which RestrictPublicBuckets overrides: mend the policy before you undo this.'
        : 'Its policy is not public.',
    ],
  };
};

export const blockPublicAccess = defineAction<BucketTarget, Code>({
  id: 'block-public-access',
  title: 'Block public access to S3 bucket',
  does: 'Sets all four settings of the bucket’s public access block. Its policy and access control list stay as they are.',
  label: 'Block public access',
  on: 'bucket',
  tier: 1,
  role: 'respond',
  permissions: {
    plan: bucketReads,
    execute: ['s3:GetPublicAccessBlock', 's3:PutPublicAccessBlock'],
    verify: ['s3:GetBucketPolicyStatus', 's3:GetPublicAccessBlock'],
    undo: ['s3:DeletePublicAccessBlock', 's3:GetPublicAccessBlock', 's3:PutPublicAccessBlock'],
  },
  reviewAfterHours: 24,
  expires: false,
  refuses,
  limits,
  offeredFor: isGeneralPurpose,
  plan,
  registers: (planned) => [blockRegister(planned)],
  verify,
  undoCannot: [
    'A block of the whole account or organisation is not touched: where one is on, the bucket stays closed and this changes nothing.',
    'A policy or access control list that is public opens the bucket again at once.',
  ],
  byHand: [
    'aws s3api get-public-access-block --bucket BUCKET',
    '# Write it down: undo needs it.',
    'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  ],
});
