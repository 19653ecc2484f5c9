/**
 * Operations of the port that ask AWS what policies allow: the policy simulator, IAM Access Analyzer's
 * checks, and the policies of resources that are checked. They change nothing. As src/actions/aws.ts lists those of actions. Types only.
 */
import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Kms from '@aws-sdk/client-kms';
import type * as Lambda from '@aws-sdk/client-lambda';
import type * as Secrets from '@aws-sdk/client-secrets-manager';

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
  'kms:GetKeyPolicy': [Kms.GetKeyPolicyCommandInput, Kms.GetKeyPolicyCommandOutput];
  'lambda:GetPolicy': [Lambda.GetPolicyCommandInput, Lambda.GetPolicyCommandOutput];
  'secretsmanager:GetResourcePolicy': [
    Secrets.GetResourcePolicyCommandInput,
    Secrets.GetResourcePolicyCommandOutput,
  ];
}
