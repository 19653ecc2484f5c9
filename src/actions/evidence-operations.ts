/**
 * Operations of the port that only evidence calls, as src/actions/aws.ts lists those of actions. Types
 * only.
 */
import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as Config from '@aws-sdk/client-config-service';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Organizations from '@aws-sdk/client-organizations';

export interface EvidenceOperations {
  'access-analyzer:ListFindingsV2': [
    AccessAnalyzer.ListFindingsV2CommandInput,
    AccessAnalyzer.ListFindingsV2CommandOutput,
  ];
  'cloudtrail:LookupEvents': [
    CloudTrail.LookupEventsCommandInput,
    CloudTrail.LookupEventsCommandOutput,
  ];
  'config:GetResourceConfigHistory': [
    Config.GetResourceConfigHistoryCommandInput,
    Config.GetResourceConfigHistoryCommandOutput,
  ];
  'iam:ListAttachedRolePolicies': [
    Iam.ListAttachedRolePoliciesCommandInput,
    Iam.ListAttachedRolePoliciesCommandOutput,
  ];
  'iam:ListGroupsForUser': [Iam.ListGroupsForUserCommandInput, Iam.ListGroupsForUserCommandOutput];
  'iam:ListMFADevices': [Iam.ListMFADevicesCommandInput, Iam.ListMFADevicesCommandOutput];
  'organizations:ListParents': [
    Organizations.ListParentsCommandInput,
    Organizations.ListParentsCommandOutput,
  ];
}
