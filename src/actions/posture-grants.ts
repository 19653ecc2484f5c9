/**
 * The IAM actions and resources behind src/actions/posture-operations.ts: none of them changes
 * anything. Where `*` stands, AWS knows no resource level for the action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { PostureOperations } from './posture-operations.ts';

interface PostureGrant {
  readonly action: string;
  readonly resources: readonly string[];
}

const everything = ['*'];
const analyzers = ['arn:aws:access-analyzer:*:*:analyzer/*'];
const aggregators = ['arn:aws:config:*:*:config-aggregator/*'];
const buckets = ['arn:aws:s3:::*'];
const detectors = ['arn:aws:guardduty:*:*:detector/*'];
const firewalls = ['arn:aws:network-firewall:*:*:firewall/*'];
const hubs = ['arn:aws:securityhub:*:*:hubv2/*'];
const hubPolicies = ['arn:aws:securityhub:*:*:configuration-policy/*'];
const hub = ['arn:aws:securityhub:*:*:hub/default'];
const policies = ['arn:aws:organizations::*:policy/*/service_control_policy/*'];
const parents = ['arn:aws:organizations::*:ou/*/*', 'arn:aws:organizations::*:root/*/*'];

const on = (action: string, resources: readonly string[]): readonly PostureGrant[] => [
  { action, resources },
];

export const postureGrants: Readonly<Record<keyof PostureOperations, readonly PostureGrant[]>> = {
  'access-analyzer:GetFindingsStatistics': on('access-analyzer:GetFindingsStatistics', analyzers),
  'access-analyzer:ListAnalyzers': on('access-analyzer:ListAnalyzers', everything),
  'config:DescribeConfigurationAggregators': on(
    'config:DescribeConfigurationAggregators',
    everything,
  ),
  'config:SelectAggregateResourceConfig': on('config:SelectAggregateResourceConfig', aggregators),
  'ec2:DescribeRegions': on('ec2:DescribeRegions', everything),
  'ec2:GetEbsEncryptionByDefault': on('ec2:GetEbsEncryptionByDefault', everything),
  'ec2:GetImageBlockPublicAccessState': on('ec2:GetImageBlockPublicAccessState', everything),
  'ec2:GetSnapshotBlockPublicAccessState': on('ec2:GetSnapshotBlockPublicAccessState', everything),
  'guardduty:DescribeOrganizationConfiguration': on(
    'guardduty:DescribeOrganizationConfiguration',
    everything,
  ),
  'guardduty:GetCoverageStatistics': on('guardduty:GetCoverageStatistics', detectors),
  'guardduty:GetFindingsStatistics': on('guardduty:GetFindingsStatistics', everything),
  'guardduty:ListMembers': on('guardduty:ListMembers', everything),
  'iam:GenerateCredentialReport': on('iam:GenerateCredentialReport', everything),
  'iam:GetAccountAuthorizationDetails': on('iam:GetAccountAuthorizationDetails', everything),
  'iam:GetCredentialReport': on('iam:GetCredentialReport', everything),
  'inspector2:DescribeOrganizationConfiguration': on(
    'inspector2:DescribeOrganizationConfiguration',
    everything,
  ),
  'inspector2:ListFindingAggregations': on('inspector2:ListFindingAggregations', everything),
  'kms:ListKeys': on('kms:ListKeys', everything),
  'network-firewall:ListFirewalls': on('network-firewall:ListFirewalls', firewalls),
  'organizations:ListAccounts': on('organizations:ListAccounts', everything),
  'organizations:ListChildren': on('organizations:ListChildren', parents),
  'organizations:ListTargetsForPolicy': on('organizations:ListTargetsForPolicy', policies),
  's3:GetBucketEncryption': on('s3:GetEncryptionConfiguration', buckets),
  's3:ListBuckets': on('s3:ListAllMyBuckets', everything),
  's3control:GetPublicAccessBlock': on('s3:GetAccountPublicAccessBlock', everything),
  'securityhub:DescribeOrganizationConfiguration': on(
    'securityhub:DescribeOrganizationConfiguration',
    hub,
  ),
  'securityhub:DescribeSecurityHubV2': on('securityhub:DescribeSecurityHubV2', everything),
  'securityhub:GetConfigurationPolicy': on('securityhub:GetConfigurationPolicy', hubPolicies),
  // By its documentation, the statistics are allowed by the right to ad hoc insights.
  'securityhub:GetFindingStatisticsV2': on('securityhub:GetAdhocInsightResults', hubs),
  'securityhub:GetFindingsTrendsV2': on('securityhub:GetFindingsTrendsV2', hubs),
  'securityhub:ListConfigurationPolicyAssociations': on(
    'securityhub:ListConfigurationPolicyAssociations',
    everything,
  ),
  'shield:GetSubscriptionState': on('shield:GetSubscriptionState', everything),
  'shield:ListProtections': on('shield:ListProtections', everything),
};
