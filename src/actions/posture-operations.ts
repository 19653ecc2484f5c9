/**
 * Operations of the port that only posture questions call, as src/actions/aws.ts lists those of actions.
 * Types only.
 */
import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as Config from '@aws-sdk/client-config-service';
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as GuardDuty from '@aws-sdk/client-guardduty';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Inspector from '@aws-sdk/client-inspector2';
import type * as Kms from '@aws-sdk/client-kms';
import type * as NetworkFirewall from '@aws-sdk/client-network-firewall';
import type * as Organizations from '@aws-sdk/client-organizations';
import type * as S3 from '@aws-sdk/client-s3';
import type * as S3Control from '@aws-sdk/client-s3-control';
import type * as SecurityHub from '@aws-sdk/client-securityhub';
import type * as Shield from '@aws-sdk/client-shield';

export interface PostureOperations {
  'access-analyzer:GetFindingsStatistics': [
    AccessAnalyzer.GetFindingsStatisticsCommandInput,
    AccessAnalyzer.GetFindingsStatisticsCommandOutput,
  ];
  'access-analyzer:ListAnalyzers': [
    AccessAnalyzer.ListAnalyzersCommandInput,
    AccessAnalyzer.ListAnalyzersCommandOutput,
  ];
  'config:DescribeConfigurationAggregators': [
    Config.DescribeConfigurationAggregatorsCommandInput,
    Config.DescribeConfigurationAggregatorsCommandOutput,
  ];
  'config:SelectAggregateResourceConfig': [
    Config.SelectAggregateResourceConfigCommandInput,
    Config.SelectAggregateResourceConfigCommandOutput,
  ];
  'ec2:DescribeRegions': [Ec2.DescribeRegionsCommandInput, Ec2.DescribeRegionsCommandOutput];
  'ec2:GetEbsEncryptionByDefault': [
    Ec2.GetEbsEncryptionByDefaultCommandInput,
    Ec2.GetEbsEncryptionByDefaultCommandOutput,
  ];
  'ec2:GetImageBlockPublicAccessState': [
    Ec2.GetImageBlockPublicAccessStateCommandInput,
    Ec2.GetImageBlockPublicAccessStateCommandOutput,
  ];
  'ec2:GetSnapshotBlockPublicAccessState': [
    Ec2.GetSnapshotBlockPublicAccessStateCommandInput,
    Ec2.GetSnapshotBlockPublicAccessStateCommandOutput,
  ];
  'guardduty:DescribeOrganizationConfiguration': [
    GuardDuty.DescribeOrganizationConfigurationCommandInput,
    GuardDuty.DescribeOrganizationConfigurationCommandOutput,
  ];
  'guardduty:GetCoverageStatistics': [
    GuardDuty.GetCoverageStatisticsCommandInput,
    GuardDuty.GetCoverageStatisticsCommandOutput,
  ];
  'guardduty:GetFindingsStatistics': [
    GuardDuty.GetFindingsStatisticsCommandInput,
    GuardDuty.GetFindingsStatisticsCommandOutput,
  ];
  'guardduty:ListMembers': [GuardDuty.ListMembersCommandInput, GuardDuty.ListMembersCommandOutput];
  'iam:GenerateCredentialReport': [
    Iam.GenerateCredentialReportCommandInput,
    Iam.GenerateCredentialReportCommandOutput,
  ];
  'iam:GetAccountAuthorizationDetails': [
    Iam.GetAccountAuthorizationDetailsCommandInput,
    Iam.GetAccountAuthorizationDetailsCommandOutput,
  ];
  'iam:GetCredentialReport': [
    Iam.GetCredentialReportCommandInput,
    Iam.GetCredentialReportCommandOutput,
  ];
  'inspector2:DescribeOrganizationConfiguration': [
    Inspector.DescribeOrganizationConfigurationCommandInput,
    Inspector.DescribeOrganizationConfigurationCommandOutput,
  ];
  'inspector2:ListFindingAggregations': [
    Inspector.ListFindingAggregationsCommandInput,
    Inspector.ListFindingAggregationsCommandOutput,
  ];
  'kms:ListKeys': [Kms.ListKeysCommandInput, Kms.ListKeysCommandOutput];
  'network-firewall:ListFirewalls': [
    NetworkFirewall.ListFirewallsCommandInput,
    NetworkFirewall.ListFirewallsCommandOutput,
  ];
  'organizations:ListAccounts': [
    Organizations.ListAccountsCommandInput,
    Organizations.ListAccountsCommandOutput,
  ];
  'organizations:ListChildren': [
    Organizations.ListChildrenCommandInput,
    Organizations.ListChildrenCommandOutput,
  ];
  'organizations:ListTargetsForPolicy': [
    Organizations.ListTargetsForPolicyCommandInput,
    Organizations.ListTargetsForPolicyCommandOutput,
  ];
  's3:GetBucketEncryption': [
    S3.GetBucketEncryptionCommandInput,
    S3.GetBucketEncryptionCommandOutput,
  ];
  's3:ListBuckets': [S3.ListBucketsCommandInput, S3.ListBucketsCommandOutput];
  's3control:GetPublicAccessBlock': [
    S3Control.GetPublicAccessBlockCommandInput,
    S3Control.GetPublicAccessBlockCommandOutput,
  ];
  'securityhub:DescribeOrganizationConfiguration': [
    SecurityHub.DescribeOrganizationConfigurationCommandInput,
    SecurityHub.DescribeOrganizationConfigurationCommandOutput,
  ];
  'securityhub:DescribeSecurityHubV2': [
    SecurityHub.DescribeSecurityHubV2CommandInput,
    SecurityHub.DescribeSecurityHubV2CommandOutput,
  ];
  'securityhub:GetConfigurationPolicy': [
    SecurityHub.GetConfigurationPolicyCommandInput,
    SecurityHub.GetConfigurationPolicyCommandOutput,
  ];
  'securityhub:GetFindingStatisticsV2': [
    SecurityHub.GetFindingStatisticsV2CommandInput,
    SecurityHub.GetFindingStatisticsV2CommandOutput,
  ];
  'securityhub:GetFindingsTrendsV2': [
    SecurityHub.GetFindingsTrendsV2CommandInput,
    SecurityHub.GetFindingsTrendsV2CommandOutput,
  ];
  'securityhub:ListConfigurationPolicyAssociations': [
    SecurityHub.ListConfigurationPolicyAssociationsCommandInput,
    SecurityHub.ListConfigurationPolicyAssociationsCommandOutput,
  ];
  'shield:GetSubscriptionState': [
    Shield.GetSubscriptionStateCommandInput,
    Shield.GetSubscriptionStateCommandOutput,
  ];
  'shield:ListProtections': [
    Shield.ListProtectionsCommandInput,
    Shield.ListProtectionsCommandOutput,
  ];
}
