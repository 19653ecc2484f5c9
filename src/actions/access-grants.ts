/**
 * The IAM actions and resources behind src/actions/access-operations.ts. Access Analyzer's checks take
 * the policy itself, so AWS knows no resource level for them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamaccessanalyzer.html
 */
import type { AccessOperations } from './access-operations.ts';

interface AccessGrant {
  readonly action: string;
  readonly resources: readonly string[];
}

const check = (action: string): readonly AccessGrant[] => [{ action, resources: ['*'] }];

export const accessGrants: Readonly<Record<keyof AccessOperations, readonly AccessGrant[]>> = {
  'access-analyzer:CheckAccessNotGranted': check('access-analyzer:CheckAccessNotGranted'),
  'access-analyzer:CheckNoNewAccess': check('access-analyzer:CheckNoNewAccess'),
  'access-analyzer:CheckNoPublicAccess': check('access-analyzer:CheckNoPublicAccess'),
  'access-analyzer:ValidatePolicy': check('access-analyzer:ValidatePolicy'),
  'iam:SimulatePrincipalPolicy': [
    {
      action: 'iam:SimulatePrincipalPolicy',
      resources: ['arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/*'],
    },
  ],
  'kms:GetKeyPolicy': [{ action: 'kms:GetKeyPolicy', resources: ['arn:aws:kms:*:*:key/*'] }],
  'lambda:GetPolicy': [
    { action: 'lambda:GetPolicy', resources: ['arn:aws:lambda:*:*:function:*'] },
  ],
  'secretsmanager:GetResourcePolicy': [
    {
      action: 'secretsmanager:GetResourcePolicy',
      resources: ['arn:aws:secretsmanager:*:*:secret:*'],
    },
  ],
};
