/**
 * Operations of the port that ask AWS what policies allow: the policy simulator and IAM Access Analyzer's
 * checks. They change nothing. As src/actions/aws.ts lists those of actions. Types only.
 */
import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as Iam from '@aws-sdk/client-iam';

export interface AccessOperations {
  'access-analyzer:CheckAccessNotGranted': [
    AccessAnalyzer.CheckAccessNotGrantedCommandInput,
    AccessAnalyzer.CheckAccessNotGrantedCommandOutput,
  ];
  'access-analyzer:CheckNoNewAccess': [
    AccessAnalyzer.CheckNoNewAccessCommandInput,
    AccessAnalyzer.CheckNoNewAccessCommandOutput,
  ];
  'access-analyzer:CheckNoPublicAccess': [
    AccessAnalyzer.CheckNoPublicAccessCommandInput,
    AccessAnalyzer.CheckNoPublicAccessCommandOutput,
  ];
  'access-analyzer:ValidatePolicy': [
    AccessAnalyzer.ValidatePolicyCommandInput,
    AccessAnalyzer.ValidatePolicyCommandOutput,
  ];
  'iam:SimulatePrincipalPolicy': [
    Iam.SimulatePrincipalPolicyCommandInput,
    Iam.SimulatePrincipalPolicyCommandOutput,
  ];
}
