/**
 * One question to the policy simulator, in the account of the principal and with the read role: who it
 * is, what the simulator says, and what a simulation cannot know.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
import type { Aws } from '../actions/aws.ts';
import { unlessMissing } from '../actions/iam-reading.ts';
import type { AskedPrincipal, Question } from './question.ts';
import { type Simulated, type Verdict, verdictOf } from './verdict.ts';

/** A key that cannot be used takes every right from whoever holds it, whatever policies say. */
interface KeyState {
  readonly id: string;
  readonly status: string;
}

export type Simulation =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'not-asked'; readonly code: 'unknown-action'; readonly because: string }
  | {
      readonly kind: 'simulated';
      readonly principal: Simulated;
      readonly key?: KeyState;
      readonly verdict: Verdict;
      /** The policy of the resource was part of it. */
      readonly withResourcePolicy: boolean;
    };

interface Found {
  readonly principal: Simulated;
  readonly key?: KeyState;
}

const boundaryOf = (found: {
  readonly PermissionsBoundary?:
    | { readonly PermissionsBoundaryArn?: string | undefined }
    | undefined;
}): { readonly boundary?: string } => {
  const arn = found.PermissionsBoundary?.PermissionsBoundaryArn;
  return arn ? { boundary: arn } : {};
};

const findUser = async (aws: Aws, name: string): Promise<Found | undefined> => {
  const user = (await unlessMissing(aws.call('iam:GetUser', { UserName: name })))?.User;
  return user?.Arn
    ? { principal: { kind: 'user', name, arn: user.Arn, ...boundaryOf(user) } }
    : undefined;
};

const findRole = async (aws: Aws, name: string): Promise<Found | undefined> => {
  const role = (await unlessMissing(aws.call('iam:GetRole', { RoleName: name })))?.Role;
  return role?.Arn
    ? { principal: { kind: 'role', name, arn: role.Arn, ...boundaryOf(role) } }
    : undefined;
};

const findKey = async (aws: Aws, id: string): Promise<Found | undefined> => {
  const used = await unlessMissing(aws.call('iam:GetAccessKeyLastUsed', { AccessKeyId: id }));
  if (!used?.UserName) return undefined;
  const found = await findUser(aws, used.UserName);
  if (!found) return undefined;
  const { AccessKeyMetadata = [] } = await aws.call('iam:ListAccessKeys', {
    UserName: used.UserName,
  });
  const status = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === id)?.Status ?? 'gone';
  return { ...found, key: { id, status } };
};

/** Read live: an ARN that people paste may lack its path, and a session's has none. */
const find = (aws: Aws, asked: AskedPrincipal): Promise<Found | undefined> => {
  switch (asked.kind) {
    case 'key':
      return findKey(aws, asked.id);
    case 'user':
      return findUser(aws, asked.name);
    case 'role':
      return findRole(aws, asked.name);
    default:
      return asked satisfies never;
  }
};

/**
 * The simulator takes a resource policy for users only, and does not fetch it. Of a bucket in reach it is
 * given; what cannot be read is left out, and the answer says that it was.
 */
const bucketPolicy = async (
  aws: Aws,
  { kind, arn }: Simulated,
  resource: string | undefined,
): Promise<string | undefined> => {
  const [, Bucket] = /^arn:aws[\w-]*:s3:::([\w.-]{3,255})(?:\/|$)/.exec(resource ?? '') ?? [];
  if (kind !== 'user' || !Bucket) return undefined;
  try {
    const ExpectedBucketOwner = arn.split(':')[4];
    return (await aws.call('s3:GetBucketPolicy', { Bucket, ExpectedBucketOwner })).Policy;
  } catch {
    return undefined;
  }
};

const isUnknownAction = (error: unknown): error is Error =>
  error instanceof Error && /^InvalidInput/.test(error.name);

/** Throws AWS's error for whatever is not about the question itself. */
export const simulate = async (aws: Aws, question: Question): Promise<Simulation> => {
  const found = await find(aws, question.principal);
  if (!found) return { kind: 'nobody' };
  const { principal } = found;
  const policy = await bucketPolicy(aws, principal, question.resource);
  try {
    const { EvaluationResults = [] } = await aws.call('iam:SimulatePrincipalPolicy', {
      PolicySourceArn: principal.arn,
      ActionNames: [question.action],
      ...(question.resource ? { ResourceArns: [question.resource] } : {}),
      ...(policy ? { ResourcePolicy: policy, CallerArn: principal.arn } : {}),
    });
    return {
      kind: 'simulated',
      ...found,
      verdict: verdictOf(EvaluationResults[0] ?? noResult(question.action), principal),
      withResourcePolicy: policy !== undefined,
    };
  } catch (error) {
    if (!isUnknownAction(error)) throw error;
    return { kind: 'not-asked', code: 'unknown-action', because: error.message };
  }
};

const noResult = (EvalActionName: string) => ({ EvalActionName, EvalDecision: undefined });

/** What the answer does not cover, in sentences: a yes may be a no in life, and the other way round. */
export const blindSpots = (
  { action, resource }: Question,
  { principal, withResourcePolicy }: Extract<Simulation, { kind: 'simulated' }>,
): readonly string[] => {
  const left = [
    ...(withResourcePolicy ? [] : ['the policy of the resource itself']),
    ...(principal.kind === 'role' ? ['session policies of whoever assumed the role'] : []),
    ...(/^kms:/i.test(action) ? ['the key policy and grants of KMS'] : ['KMS grants']),
    'resource control policies of the organisation',
    'VPC endpoint policies',
  ];
  return [
    ...(withResourcePolicy ? ['The policy of the bucket was part of it.'] : []),
    ...(resource
      ? []
      : [
          'No resource was named, so only statements about everything (*) count: name one to be sure.',
        ]),
    `Not part of a simulation: ${left.join(', ')}.`,
  ];
};
