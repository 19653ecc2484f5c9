/**
 * Actions that open everything else: whoever has one of them soon has every right of the account, or leaves no
 * trace. What a policy that a case touches is asked about, and what Cordon's own policies never grant.
 */
export const escalation = [
  'iam:AttachRolePolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:CreateUser',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'cloudtrail:DeleteTrail',
  'kms:ScheduleKeyDeletion',
  'lambda:UpdateFunctionCode',
  's3:BypassGovernanceRetention',
  's3:DeleteObjectVersion',
] as const;
