/**
 * Quarantines one bucket: a policy under which nobody but Cordon and the break-glass roles gets in.
 * The policy that was there is put back by undo, byte for byte.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
import {
  type Change,
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
  bucketOf,
  bucketReads,
  bucketRefuses,
  isGeneralPurpose,
  openings,
  owned,
  readBlock,
  readBucket,
  readPolicy,
} from './bucket-facts.ts';
import {
  allowedRoles,
  hasQuarantine,
  lockedOut,
  logDeliverers,
  quarantinePolicy,
  quarantineSid,
  samePolicy,
} from './bucket-policy.ts';
import { newAccessInWords, noNewAccess, refuseNewAccess } from './no-new-access.ts';
import type { PolicyChecked } from './policy-checked.ts';
import { defaultRoleNames, memberRoleName, type RoleNames } from './role-names.ts';

/** When it is refused, by code. */
const refuses = {
  ...bucketRefuses,
  'not-supported':
    'It is no general purpose bucket, logs are delivered into it, or its policy would become too long.',
  'not-permitted':
    'It belongs to another account, its policy shuts Cordon out, no break-glass role is configured, or the new policy would grant something new.',
  'already-contained': 'It is in quarantine.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'What was copied is out, also into replicas of this bucket. Cached copies are served until they expire.',
  'The root user of the account can always remove the policy, and whoever can change or assume an allowed role gets in.',
  'Lifecycle rules go on: objects that they expire are deleted.',
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const longestPolicy = 20_480;

/** What AWS's own consoles and Control Tower call the buckets that they make for logs. */
const logName = /^(aws-cloudtrail-logs|aws-controltower-logs|aws-waf-logs|config-bucket)-/;

const refuseLogs = ({ id }: BucketTarget, facts: BucketFacts): Refusal<Code> | undefined => {
  const writers = [
    ...logDeliverers(facts.policy ?? undefined),
    ...(facts.takesAccessLogs ? ['S3 access logging'] : []),
    ...(logName.test(id) ? ['a log service, by its name'] : []),
  ];
  return writers.length === 0
    ? undefined
    : refuse(
        'not-supported',
        `Logs are delivered into ${id} (${writers.join(', ')}): quarantine would stop them, and with them the evidence.`,
        'Block public access to it instead, and take the permissions of the one who misuses it: deactivate the key, or deny the user or role.',
      );
};

const refuseBreakGlass = (roles: readonly string[]): Refusal<Code> | undefined =>
  roles.length > 0
    ? undefined
    : refuse(
        'not-permitted',
        'No break-glass role is configured: should Cordon fail, only root could open the bucket again.',
        'Name a role of people under `breakGlassRoles` in cordon.config.ts, then plan again.',
      );

const refusePolicy = (
  target: BucketTarget,
  after: string,
  roleNames: RoleNames,
): Refusal<Code> | undefined => {
  const denied = lockedOut(after, { bucket: target.id, account: target.account, roleNames });
  if (denied)
    return refuse(
      'not-permitted',
      `A deny in the policy of ${target.id} shuts Cordon out (${denied}), so it could not undo.`,
      `Except ${memberRoleName('read', roleNames)} and ${memberRoleName('respond', roleNames)} from that deny, or quarantine the bucket by hand.`,
    );
  if (Buffer.byteLength(after) > longestPolicy)
    return refuse(
      'not-supported',
      `With the quarantine the policy of ${target.id} would be longer than the 20 KB that S3 allows.`,
      'Shorten the deny statements of its policy, or block public access and deny the user or role.',
    );
  return undefined;
};

const changeId = (bucket: string): string => `${bucket}/policy`;

const describePlan = (
  target: BucketTarget,
  facts: BucketFacts,
  {
    after,
    roles,
    checked,
  }: {
    readonly after: string;
    readonly roles: readonly string[];
    readonly checked: PolicyChecked;
  },
): Plan => ({
  kind: 'plan',
  action: quarantineBucket.id,
  target,
  summary: `Quarantine the bucket ${target.id}: its policy denies everything to everybody but Cordon and break-glass.`,
  changes: [
    {
      id: changeId(target.id),
      label: `Policy of the bucket ${target.id}`,
      before: facts.policy,
      after,
    },
  ],
  cannot: limits,
  blastRadius: {
    class: 'shared with others',
    lines: [
      'Everything that reads or writes the bucket stops, in this account and outside, also AWS services.',
      `Still let in, where their own rights allow it: ${roles.join(', ')}.`,
      ...openings(facts, target.account),
      ...(facts.policy !== null && hasQuarantine(facts.policy)
        ? [
            `Its policy has a statement ${quarantineSid} that is not what Cordon writes: it is replaced. Look in CloudTrail who changed it (PutBucketPolicy).`,
          ]
        : []),
      'Users and roles of this account reach it by their own policies, which were not looked at.',
      newAccessInWords(checked),
    ],
  },
  // Of the policy, not of the block: what people consent to is the same when somebody blocks first.
  reversible: facts.isPublic
    ? {
        kind: 'partly',
        because:
          'the policy to put back is public, and AWS takes it only while no block of public access forbids that, neither of the bucket nor of the account.',
      }
    : { kind: 'yes' },
  tier: quarantineBucket.tier,
});

const plan = async (
  target: BucketTarget,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const facts = await readBucket(target, aws, settings);
  if ('kind' in facts) return facts;
  const { breakGlassRoles = [], roleNames = defaultRoleNames } = settings;
  const allowed = { bucket: target.id, account: target.account, breakGlassRoles, roleNames };
  const after = quarantinePolicy(facts.policy ?? undefined, allowed);
  const refused =
    refuseLogs(target, facts) ??
    refuseBreakGlass(breakGlassRoles) ??
    refusePolicy(target, after, roleNames);
  if (refused) return refused;
  if (facts.policy !== null && samePolicy(facts.policy, after))
    return refuse(
      'already-contained',
      `${target.id} is in quarantine already.`,
      'Nothing needs to be done. Undo the earlier quarantine to open it.',
    );
  const checked = await noNewAccess(aws, { before: facts.policy, after });
  return (
    refuseNewAccess(checked, target.id) ??
    describePlan(target, facts, { after, roles: allowedRoles(allowed), checked })
  );
};

/** The live policy; where it means the same as what was planned, in the plan's own spelling. */
const read = async (target: BucketTarget, change: Change | undefined, aws: Aws): Promise<Json> => {
  const live = await readPolicy(target, aws);
  if (live === null) return null;
  return (
    [change?.before, change?.after].find(
      (known) => typeof known === 'string' && samePolicy(live, known),
    ) ?? live
  );
};

const write = async (target: BucketTarget, value: Json, aws: Aws): Promise<void> => {
  if (value === null) {
    await aws.call('s3:DeleteBucketPolicy', owned(target));
    return;
  }
  if (typeof value !== 'string') throw new Error('A bucket policy is text');
  // Without ConfirmRemoveSelfBucketAccess S3 itself refuses what would lock this role out.
  await aws.call('s3:PutBucketPolicy', { ...owned(target), Policy: value });
};

const policyRegister = (planned: Plan): Register => {
  const target = bucketOf(planned);
  const id = changeId(target.id);
  const change = planned.changes.find((each) => each.id === id);
  return {
    id,
    title: `Set the policy of ${target.id}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: true,
    read: (aws) => read(target, change, aws),
    write: (value, aws) => write(target, value, aws),
  };
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const target = bucketOf(planned);
  const after = planned.changes[0]?.after;
  const live = await readPolicy(target, aws);
  return live !== null && typeof after === 'string' && samePolicy(live, after)
    ? {
        kind: 'verified',
        lines: [`The policy of ${target.id} denies everything to all but the allowed roles.`],
      }
    : {
        kind: 'not-verified',
        because: `the policy of ${target.id} is ${live === null ? 'gone' : 'not the one that was set'}`,
      };
};

/** A public policy is refused while the bucket's block is on, whoever holds that block. */
const refuseUndo = async (planned: Plan, aws: Aws): Promise<Refusal<Code> | undefined> => {
  if (planned.reversible.kind === 'yes') return undefined;
  const target = bucketOf(planned);
  const block = await readBlock(target, aws);
  return block?.includes('BlockPublicPolicy')
    ? refuse(
        'wrong-state',
        `The policy to put back is public, and public access to ${target.id} is blocked: AWS would refuse it.`,
        'Undo the block of public access first; the quarantine keeps the bucket closed meanwhile. Or leave both and write a policy that is not public.',
      )
    : undefined;
};

export const quarantineBucket = defineAction<BucketTarget, Code>({
  id: 'quarantine-bucket',
  title: 'Quarantine S3 bucket',
  does: 'Adds a statement to the bucket policy that denies everything to everybody but Cordon and the break-glass roles.',
  label: 'Quarantine bucket',
  on: 'bucket',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['access-analyzer:CheckNoNewAccess', ...bucketReads],
    execute: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
    verify: ['s3:GetBucketPolicy'],
    undo: [
      's3:DeleteBucketPolicy',
      's3:GetBucketPolicy',
      's3:GetPublicAccessBlock',
      's3:PutBucketPolicy',
    ],
  },
  reviewAfterHours: 24,
  expires: false,
  refuses,
  limits,
  offeredFor: isGeneralPurpose,
  plan,
  registers: (planned) => [policyRegister(planned)],
  verify,
  refuseUndo,
  undoCannot: [
    'What failed meanwhile, such as deliveries and replication, is not made good.',
    'AWS refuses the recorded policy where a user or role that it names has been deleted since.',
  ],
  byHand: [
    'aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text > policy-before.json',
    '# Add one statement in front of the others: Deny, Principal *, Action s3:*, on the bucket and BUCKET/*, unless aws:PrincipalArn is your emergency role. Keep that exception: without it only root gets in.',
    'aws s3api put-bucket-policy --bucket BUCKET --policy file://policy-quarantine.json',
  ],
});
