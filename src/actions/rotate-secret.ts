/**
 * Has Secrets Manager rotate a secret now: its own rotation function makes a new value and changes
 * it at the database or service too. There is no way back to the old value, which is the point.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
import type { DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { ResourceOf } from '../findings/finding.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { refuseExempt, refuseOwn } from './off-limits.ts';
import { unlessNamed } from './unless-named.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such secret in the account and Region.',
  'wrong-state': 'It is going to be deleted, is a replica, or a rotation of it is under way.',
  'managed-by-aws': 'An AWS service manages and rotates it.',
  'not-supported': 'It has no rotation function.',
  exempt: 'It carries the exempt tag.',
  'own-resource': 'It is one of Cordon’s own.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'Connections and sessions that were opened with the old value go on.',
  'A function that alternates between two users leaves the other user’s password valid: rotate again after this one is done.',
  'Whoever may read the secret reads the new value too: look at its policy and at GetSecretValue in CloudTrail.',
];

type Target = ResourceOf<'secret'>;

/** Six rotation attempts within some minutes; what is not done then has failed. */
const settleSeconds = 600;

const arnOf = ({ id, account, region }: Plan['target']): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${id}`;

/** An ARN ends in six random characters that the name has not; only whole ARNs take them. */
const endsAsArn = /-[A-Za-z0-9]{6}$/;

const describeSecret = (
  SecretId: string,
  aws: Aws,
): Promise<DescribeSecretCommandOutput | undefined> =>
  unlessNamed(
    ['ResourceNotFoundException'],
    aws.call('secretsmanager:DescribeSecret', { SecretId }),
  );

/** By name, else by the end of its ARN. */
const find = async (
  target: Plan['target'],
  aws: Aws,
): Promise<DescribeSecretCommandOutput | undefined> => {
  const named = await describeSecret(target.id, aws);
  return named ?? (endsAsArn.test(target.id) ? describeSecret(arnOf(target), aws) : undefined);
};

/** The version that has this label: at most one. */
const versionWith = (
  { VersionIdsToStages = {} }: DescribeSecretCommandOutput,
  stage: string,
): string | undefined =>
  Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(stage))?.[0];

/** A new version that the rotation function has not finished. */
const isRotating = (secret: DescribeSecretCommandOutput): boolean => {
  const pending = versionWith(secret, 'AWSPENDING');
  return pending !== undefined && pending !== versionWith(secret, 'AWSCURRENT');
};

const noSecret = ({ id, account, region }: Target): Refusal<Code> =>
  refuse(
    'not-found',
    `There is no secret ${id} in account ${account}, region ${region}.`,
    'It was deleted, or the finding names another account or Region. Change the password or key at the service that it is for.',
  );

const refuseState = (
  target: Target,
  secret: DescribeSecretCommandOutput,
): Refusal<Code> | undefined => {
  const { id, region } = target;
  if (secret.DeletedDate)
    return refuse(
      'wrong-state',
      `The secret ${id} is going to be deleted and cannot be rotated.`,
      `Bring it back with \`aws secretsmanager restore-secret --secret-id ${id}\`, then plan again. Its value still works until it is changed at the service.`,
    );
  if (secret.OwningService)
    return refuse(
      'managed-by-aws',
      `The secret ${id} is managed by ${secret.OwningService}, which rotates it.`,
      'Rotate it there. For RDS: `aws rds modify-db-instance --db-instance-identifier NAME --rotate-master-user-password --apply-immediately`, or modify-db-cluster.',
    );
  if (secret.PrimaryRegion && secret.PrimaryRegion !== region)
    return refuse(
      'wrong-state',
      `The secret ${id} is a replica in ${region}; it is rotated in ${secret.PrimaryRegion}.`,
      `Run \`aws secretsmanager rotate-secret --secret-id ${id} --region ${secret.PrimaryRegion}\`.`,
    );
  if (!secret.RotationLambdaARN)
    return refuse(
      'not-supported',
      `The secret ${id} has no rotation function: Secrets Manager cannot change the value where it is used.`,
      `Change the password or key at the service first, then store it: \`aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://new-value\`. Then set up rotation.`,
    );
  return isRotating(secret)
    ? refuse(
        'wrong-state',
        `A rotation of ${id} has started and is not finished.`,
        'Wait some minutes. If it does not finish, the log of its rotation function in CloudWatch says why; cancel it with `aws secretsmanager cancel-rotate-secret`, then plan again.',
      )
    : undefined;
};

const versionId = (id: string): string => `${id}/current-version`;
const otherThan = (version: string): string => `another than ${version}`;

const describePlan = (target: Target, secret: DescribeSecretCommandOutput): Plan => {
  const version = versionWith(secret, 'AWSCURRENT') ?? 'none';
  const consumers = secret.LastAccessedDate
    ? `Somebody last read it on ${secret.LastAccessedDate.toISOString().slice(0, 10)}.`
    : 'AWS has not recorded that anybody read it.';
  return {
    kind: 'plan',
    action: rotateSecret.id,
    target,
    summary: `Rotate the secret ${target.id} now: the value that it has stops working.`,
    changes: [
      {
        id: versionId(target.id),
        label: `Current version of the secret ${target.id}`,
        before: version,
        after: otherThan(version),
      },
    ],
    cannot: limits,
    blastRadius: {
      class: 'shared with others',
      lines: [
        consumers,
        'Whatever keeps a copy of the value instead of reading it fails until it reads it again.',
        `It is done by ${secret.RotationLambdaARN?.split(':').at(-1)}; if that fails, the old value stays.`,
      ],
    },
    reversible: {
      kind: 'no',
      because: 'the old value is changed at its database or service too, and nobody gets it back.',
    },
    tier: rotateSecret.tier,
  };
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const secret = await find(target, aws);
  if (!secret) return noSecret(target);
  return (
    refuseOwn(
      `The secret ${target.id}`,
      secret.Name ?? target.id,
      'make a new signing secret and token in the settings of the Slack app and store them.',
    ) ??
    refuseExempt(
      `The secret ${target.id}`,
      (secret.Tags ?? []).map(({ Key }) => Key),
      settings,
    ) ??
    refuseState(target, secret) ??
    describePlan(target, secret)
  );
};

const versionRegister = ({ target, changes }: Plan): Register => {
  const before = String(changes[0]?.before);
  return {
    id: versionId(target.id),
    title: `Rotate ${target.id}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: false,
    /** On its way counts as there: `settles` and `verify` wait for its end. */
    read: async (aws) => {
      const secret = await find(target, aws);
      if (!secret) return 'gone';
      return versionWith(secret, 'AWSCURRENT') === before && !isRotating(secret)
        ? before
        : otherThan(before);
    },
    write: async (value, aws) => {
      if (value !== otherThan(before)) throw new Error('A secret never gets its old value again');
      const secret = await find(target, aws);
      await aws.call('secretsmanager:RotateSecret', { SecretId: secret?.ARN ?? target.id });
    },
    settles: {
      withinSeconds: settleSeconds,
      atRest: async (aws) => {
        const secret = await find(target, aws);
        return secret === undefined || !isRotating(secret);
      },
    },
  };
};

const verify = async ({ target, changes }: Plan, aws: Aws): Promise<Verification> => {
  const secret = await find(target, aws);
  const current = secret && versionWith(secret, 'AWSCURRENT');
  if (!secret || current === undefined)
    return { kind: 'not-verified', because: `The secret ${target.id} is gone` };
  if (current === changes[0]?.before)
    return {
      kind: 'not-verified',
      because: `The rotation function of ${target.id} has not finished: the old value still works, and its log in CloudWatch says why`,
    };
  return { kind: 'verified', lines: [`The current version of ${target.id} is ${current}.`] };
};

export const rotateSecret = defineAction<Target, Code>({
  id: 'rotate-secret',
  title: 'Rotate secret now',
  does: 'Starts the secret’s own rotation at once, and waits until the new value is current.',
  label: 'Rotate secret',
  on: 'secret',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['secretsmanager:DescribeSecret'],
    execute: ['secretsmanager:DescribeSecret', 'secretsmanager:RotateSecret'],
    verify: ['secretsmanager:DescribeSecret'],
    undo: [],
  },
  lasting: true,
  reviewAfterHours: 24,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: (planned) => [versionRegister(planned)],
  verify,
  undoCannot: [
    'The old value is gone. If something fails for want of the new one, make it read the secret again.',
  ],
  byHand: [
    'aws secretsmanager rotate-secret --secret-id SECRET',
    '# It needs a rotation function; without one change the value at the service, then: aws secretsmanager put-secret-value --secret-id SECRET --secret-string file://new-value',
  ],
});
