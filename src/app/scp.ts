/**
 * `cordon scp`: a sample of a service control policy that keeps everybody but the deployment and people in
 * an emergency from changing Cordon's roles and what is forwarded. infra/protect-cordon-scp.json is the one
 * of the default names. docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
 */
import { ownRoleArns } from '../actions/role-names.ts';
import type { CordonConfig } from '../config/config.ts';
import { forwardRule } from './names.ts';

/** Who deploys a StackSet: service-managed, and with permissions of one's own. */
const deployers = ['stacksets-exec-*', 'AWSCloudFormationStackSetExecutionRole'];

const changesOfRoles = [
  'iam:AttachRolePolicy',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
];

const changesOfRules = [
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
];

export const protectionJson = ({
  roleNames,
  breakGlassRoles,
}: Pick<CordonConfig, 'roleNames' | 'breakGlassRoles'>): string => {
  const Condition = {
    ArnNotLike: {
      'aws:PrincipalArn': [...deployers, ...breakGlassRoles].map(
        (name) => `arn:aws:iam::*:role/${name}`,
      ),
    },
  };
  const roles = ownRoleArns(roleNames);
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyTheDeploymentChangesTheRolesOfCordon',
          Effect: 'Deny',
          Action: changesOfRoles,
          Resource: [roles, roles.replace(':role/', ':policy/')],
          Condition,
        },
        {
          Sid: 'OnlyTheDeploymentChangesWhatIsForwarded',
          Effect: 'Deny',
          Action: changesOfRules,
          Resource: `arn:aws:events:*:*:rule/${forwardRule('*')}`,
          Condition,
        },
      ],
    },
    undefined,
    2,
  );
};
