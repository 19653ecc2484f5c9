/** What questions about access call, with the read role of the account that they are about. */
import type { Operation } from '../actions/aws.ts';

/** Of `/cordon can`, besides what plans need. */
export const accessReads: readonly Operation[] = [
  'access-analyzer:CheckAccessNotGranted',
  'access-analyzer:CheckNoPublicAccess',
  'access-analyzer:ValidatePolicy',
  'iam:GetAccessKeyLastUsed',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:GetUser',
  'iam:GetUserPolicy',
  'iam:ListAccessKeys',
  'iam:ListRolePolicies',
  'iam:ListUserPolicies',
  'iam:SimulatePrincipalPolicy',
  'kms:GetKeyPolicy',
  'lambda:GetPolicy',
  's3:GetBucketPolicy',
  'secretsmanager:GetResourcePolicy',
];
