/**
 * Addresses in the AWS console where a figure can be acted on. Built from fixed paths and a checked
 * Region, so nothing that AWS or an attacker wrote gets into one. AWS documents no format of these
 * addresses; a page that moves leads to the service's start page.
 */
const pages = {
  accessAnalyzer: 'access-analyzer/home#/findings',
  accountPublicAccess: 's3/settings',
  buckets: 's3/buckets',
  cloudtrail: 'cloudtrailv2/home#/trails',
  configRecorder: 'config/home#/settings',
  credentialReport: 'iam/home#/credential_report',
  databases: 'rds/home#databases:',
  ebsEncryption: 'ec2/home#Settings:tab=dataProtectionAndSecurity',
  guarddutyAccounts: 'guardduty/home#/linked-accounts',
  guarddutyCoverage: 'guardduty/home#/runtime-monitoring',
  guarddutyFindings: 'guardduty/home#/findings',
  guarddutyStart: 'guardduty/home',
  iamRoles: 'iam/home#/roles',
  iamUsers: 'iam/home#/users',
  inspectorImages: 'inspector/v2/home#/findings/container',
  kmsKeys: 'kms/home#/kms/keys',
  networkFirewalls: 'vpcconsole/home#NetworkFirewalls:',
  organizationAccounts: 'organizations/v2/home/accounts',
  organizationPolicies: 'organizations/v2/home/policies/service-control-policy',
  rootUser: 'iam/home#/security_credentials',
  securityHubControls: 'securityhub/home#/controls',
  securityHubStandards: 'securityhub/home#/standards',
  shield: 'wafv2/shieldv2#/protected_resources',
} as const;
export type ConsolePage = keyof typeof pages;

/** Throws `RangeError` for what is no Region: a bug, never data. */
export const consoleUrl = (page: ConsolePage, region: string): string => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new RangeError('not an AWS Region');
  const [path = '', fragment] = pages[page].split('#');
  const hash = fragment === undefined ? '' : `#${fragment}`;
  return `https://${region}.console.aws.amazon.com/${path}?region=${region}${hash}`;
};
