/**
 * What the organisation baseline (infra/baseline-stack.ts) switches on for every account, and what posture compares
 * with.
 */

/**
 * GuardDuty's protection plans, by their names in its API.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
 */
export const guardDutyPlans = [
  'S3_DATA_EVENTS',
  'EKS_AUDIT_LOGS',
  'EBS_MALWARE_PROTECTION',
  'RDS_LOGIN_EVENTS',
  'LAMBDA_NETWORK_LOGS',
  'RUNTIME_MONITORING',
] as const;

/** What Inspector scans. https://docs.aws.amazon.com/inspector/v2/APIReference/API_AutoEnable.html */
export const inspectorScans = ['ec2', 'ecr', 'lambda'] as const;

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html */
export const analyzers = [
  { type: 'ORGANIZATION', looksFor: 'external access' },
  { type: 'ORGANIZATION_UNUSED_ACCESS', looksFor: 'unused access' },
] as const;
