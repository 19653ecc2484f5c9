/**
 * The policies that a resource has or that decide who gets in to it, read live with the read role: of a
 * bucket, key, secret or function its policy, of a role its trust and inline policies, of a user its inline
 * policies. Managed policies are shared and not read.
 */
import type { Aws } from '../actions/aws.ts';
import { allPages, unlessMissing } from '../actions/iam-reading.ts';
import { unlessNamed } from '../actions/unless-named.ts';
import type { PolicyHolder } from './holder.ts';
import type { PolicyToCheck } from './policy.ts';

/** Undefined where it is gone. */
type Read = (aws: Aws, holder: PolicyHolder) => Promise<readonly PolicyToCheck[] | undefined>;

const ofBucket: Read = async (aws, { id, account }) => {
  try {
    const { Policy } = await aws.call('s3:GetBucketPolicy', {
      Bucket: id,
      ExpectedBucketOwner: account,
    });
    return Policy
      ? [
          {
            name: `policy of bucket ${id}`,
            document: Policy,
            type: 'RESOURCE_POLICY',
            validatedAs: 'AWS::S3::Bucket',
            on: 'AWS::S3::Bucket',
          },
        ]
      : [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'NoSuchBucketPolicy') return [];
    if (error.name === 'NoSuchBucket') return undefined;
    throw error;
  }
};

/** IAM hands documents back URL-encoded. */
const inline = (
  owner: string,
  name: string,
  encoded: string | undefined,
): readonly PolicyToCheck[] =>
  encoded
    ? [
        {
          name: `inline policy ${name} of ${owner}`,
          document: decodeURIComponent(encoded),
          type: 'IDENTITY_POLICY',
        },
      ]
    : [];

const ofRole: Read = async (aws, { id: RoleName }) => {
  const role = (await unlessMissing(aws.call('iam:GetRole', { RoleName })))?.Role;
  if (!role) return undefined;
  const pages = await allPages((from) => aws.call('iam:ListRolePolicies', { RoleName, ...from }));
  const names = pages.flatMap(({ PolicyNames = [] }) => PolicyNames);
  const policies = await Promise.all(
    names.map(async (PolicyName) => {
      const found = await aws.call('iam:GetRolePolicy', { RoleName, PolicyName });
      return inline(`role ${RoleName}`, PolicyName, found.PolicyDocument);
    }),
  );
  return [
    ...(role.AssumeRolePolicyDocument
      ? [
          {
            name: `trust policy of role ${RoleName}`,
            document: decodeURIComponent(role.AssumeRolePolicyDocument),
            type: 'RESOURCE_POLICY' as const,
            validatedAs: 'AWS::IAM::AssumeRolePolicyDocument' as const,
            on: 'AWS::IAM::AssumeRolePolicyDocument' as const,
          },
        ]
      : []),
    ...policies.flat(),
  ];
};

const ofUser: Read = async (aws, { id: UserName }) => {
  const user = await unlessMissing(aws.call('iam:GetUser', { UserName }));
  if (!user) return undefined;
  const pages = await allPages((from) => aws.call('iam:ListUserPolicies', { UserName, ...from }));
  const names = pages.flatMap(({ PolicyNames = [] }) => PolicyNames);
  const policies = await Promise.all(
    names.map(async (PolicyName) => {
      const found = await aws.call('iam:GetUserPolicy', { UserName, PolicyName });
      return inline(`user ${UserName}`, PolicyName, found.PolicyDocument);
    }),
  );
  return policies.flat();
};

/** One that says whom the resource lets in, and nothing where it has none. */
const resourcePolicy = (
  name: string,
  document: string | undefined,
  on: NonNullable<PolicyToCheck['on']>,
): readonly PolicyToCheck[] =>
  document ? [{ name: `policy of ${name}`, document, type: 'RESOURCE_POLICY', on }] : [];

/** Every key has exactly one policy, called `default`. */
const ofKey: Read = async (aws, { id }) => {
  const found = await unlessNamed(
    ['NotFoundException'],
    aws.call('kms:GetKeyPolicy', { KeyId: id, PolicyName: 'default' }),
  );
  return found && resourcePolicy(`key ${id}`, found.Policy, 'AWS::KMS::Key');
};

/** Lambda answers the same for a function without a policy and for none of that name. */
const ofFunction: Read = async (aws, { id }) => {
  const found = await unlessNamed(
    ['ResourceNotFoundException'],
    aws.call('lambda:GetPolicy', { FunctionName: id }),
  );
  return resourcePolicy(`function ${id}`, found?.Policy, 'AWS::Lambda::Function');
};

/** A finding has the end of its ARN, people its name: only the whole ARN takes the former. */
const ofSecret: Read = async (aws, { id, account, region }) => {
  const named = (SecretId: string) =>
    unlessNamed(
      ['ResourceNotFoundException'],
      aws.call('secretsmanager:GetResourcePolicy', { SecretId }),
    );
  const found =
    (await named(id)) ?? (await named(`arn:aws:secretsmanager:${region}:${account}:secret:${id}`));
  return (
    found && resourcePolicy(`secret ${id}`, found.ResourcePolicy, 'AWS::SecretsManager::Secret')
  );
};

const readers: Readonly<Record<PolicyHolder['kind'], Read>> = {
  bucket: ofBucket,
  function: ofFunction,
  'kms-key': ofKey,
  role: ofRole,
  secret: ofSecret,
  user: ofUser,
};

/** Undefined where the resource does not exist; throws AWS's error when it cannot be read. */
export const touchedPolicies = (
  aws: Aws,
  holder: PolicyHolder,
): Promise<readonly PolicyToCheck[] | undefined> => readers[holder.kind](aws, holder);
