/**
 * Operations of the services beside EC2, IAM and S3 that actions call, as src/actions/aws.ts lists
 * its own. Types only.
 */
import type * as AutoScaling from '@aws-sdk/client-application-auto-scaling';
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as Config from '@aws-sdk/client-config-service';
import type * as Ecs from '@aws-sdk/client-ecs';
import type * as GuardDuty from '@aws-sdk/client-guardduty';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Kms from '@aws-sdk/client-kms';
import type * as Lambda from '@aws-sdk/client-lambda';
import type * as Organizations from '@aws-sdk/client-organizations';
import type * as Rds from '@aws-sdk/client-rds';
import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import type * as SecurityHub from '@aws-sdk/client-securityhub';
import type * as Ssm from '@aws-sdk/client-ssm';

export interface ServiceOperations {
  'application-autoscaling:DescribeScalableTargets': [
    AutoScaling.DescribeScalableTargetsCommandInput,
    AutoScaling.DescribeScalableTargetsCommandOutput,
  ];
  'application-autoscaling:RegisterScalableTarget': [
    AutoScaling.RegisterScalableTargetCommandInput,
    AutoScaling.RegisterScalableTargetCommandOutput,
  ];
  'cloudtrail:DescribeTrails': [
    CloudTrail.DescribeTrailsCommandInput,
    CloudTrail.DescribeTrailsCommandOutput,
  ];
  'cloudtrail:GetTrailStatus': [
    CloudTrail.GetTrailStatusCommandInput,
    CloudTrail.GetTrailStatusCommandOutput,
  ];
  'cloudtrail:ListTags': [CloudTrail.ListTagsCommandInput, CloudTrail.ListTagsCommandOutput];
  'cloudtrail:StartLogging': [
    CloudTrail.StartLoggingCommandInput,
    CloudTrail.StartLoggingCommandOutput,
  ];
  'cloudtrail:StopLogging': [
    CloudTrail.StopLoggingCommandInput,
    CloudTrail.StopLoggingCommandOutput,
  ];
  'config:DescribeConfigurationRecorderStatus': [
    Config.DescribeConfigurationRecorderStatusCommandInput,
    Config.DescribeConfigurationRecorderStatusCommandOutput,
  ];
  'config:DescribeConfigurationRecorders': [
    Config.DescribeConfigurationRecordersCommandInput,
    Config.DescribeConfigurationRecordersCommandOutput,
  ];
  'config:DescribeDeliveryChannels': [
    Config.DescribeDeliveryChannelsCommandInput,
    Config.DescribeDeliveryChannelsCommandOutput,
  ];
  'config:StartConfigurationRecorder': [
    Config.StartConfigurationRecorderCommandInput,
    Config.StartConfigurationRecorderCommandOutput,
  ];
  'config:StopConfigurationRecorder': [
    Config.StopConfigurationRecorderCommandInput,
    Config.StopConfigurationRecorderCommandOutput,
  ];
  'ecs:DescribeServices': [Ecs.DescribeServicesCommandInput, Ecs.DescribeServicesCommandOutput];
  'ecs:DescribeTasks': [Ecs.DescribeTasksCommandInput, Ecs.DescribeTasksCommandOutput];
  'ecs:StopTask': [Ecs.StopTaskCommandInput, Ecs.StopTaskCommandOutput];
  'ecs:UpdateService': [Ecs.UpdateServiceCommandInput, Ecs.UpdateServiceCommandOutput];
  'guardduty:CreateFilter': [
    GuardDuty.CreateFilterCommandInput,
    GuardDuty.CreateFilterCommandOutput,
  ];
  'guardduty:DeleteFilter': [
    GuardDuty.DeleteFilterCommandInput,
    GuardDuty.DeleteFilterCommandOutput,
  ];
  'guardduty:GetDetector': [GuardDuty.GetDetectorCommandInput, GuardDuty.GetDetectorCommandOutput];
  'guardduty:GetFilter': [GuardDuty.GetFilterCommandInput, GuardDuty.GetFilterCommandOutput];
  'guardduty:ListFindings': [
    GuardDuty.ListFindingsCommandInput,
    GuardDuty.ListFindingsCommandOutput,
  ];
  'guardduty:UpdateDetector': [
    GuardDuty.UpdateDetectorCommandInput,
    GuardDuty.UpdateDetectorCommandOutput,
  ];
  'guardduty:UpdateFindingsFeedback': [
    GuardDuty.UpdateFindingsFeedbackCommandInput,
    GuardDuty.UpdateFindingsFeedbackCommandOutput,
  ];
  'iam:DeleteUserPermissionsBoundary': [
    Iam.DeleteUserPermissionsBoundaryCommandInput,
    Iam.DeleteUserPermissionsBoundaryCommandOutput,
  ];
  'iam:DeleteUserPolicy': [Iam.DeleteUserPolicyCommandInput, Iam.DeleteUserPolicyCommandOutput];
  'iam:GetUserPolicy': [Iam.GetUserPolicyCommandInput, Iam.GetUserPolicyCommandOutput];
  'iam:ListUserPolicies': [Iam.ListUserPoliciesCommandInput, Iam.ListUserPoliciesCommandOutput];
  'iam:PutUserPermissionsBoundary': [
    Iam.PutUserPermissionsBoundaryCommandInput,
    Iam.PutUserPermissionsBoundaryCommandOutput,
  ];
  'iam:PutUserPolicy': [Iam.PutUserPolicyCommandInput, Iam.PutUserPolicyCommandOutput];
  'iam:UpdateServiceSpecificCredential': [
    Iam.UpdateServiceSpecificCredentialCommandInput,
    Iam.UpdateServiceSpecificCredentialCommandOutput,
  ];
  'iam:UpdateSigningCertificate': [
    Iam.UpdateSigningCertificateCommandInput,
    Iam.UpdateSigningCertificateCommandOutput,
  ];
  'iam:UpdateSSHPublicKey': [
    Iam.UpdateSSHPublicKeyCommandInput,
    Iam.UpdateSSHPublicKeyCommandOutput,
  ];
  'kms:CancelKeyDeletion': [Kms.CancelKeyDeletionCommandInput, Kms.CancelKeyDeletionCommandOutput];
  'kms:DescribeKey': [Kms.DescribeKeyCommandInput, Kms.DescribeKeyCommandOutput];
  'kms:DisableKey': [Kms.DisableKeyCommandInput, Kms.DisableKeyCommandOutput];
  'kms:EnableKey': [Kms.EnableKeyCommandInput, Kms.EnableKeyCommandOutput];
  'kms:ListResourceTags': [Kms.ListResourceTagsCommandInput, Kms.ListResourceTagsCommandOutput];
  'lambda:DeleteFunctionConcurrency': [
    Lambda.DeleteFunctionConcurrencyCommandInput,
    Lambda.DeleteFunctionConcurrencyCommandOutput,
  ];
  'lambda:DeleteProvisionedConcurrencyConfig': [
    Lambda.DeleteProvisionedConcurrencyConfigCommandInput,
    Lambda.DeleteProvisionedConcurrencyConfigCommandOutput,
  ];
  'lambda:GetFunctionConcurrency': [
    Lambda.GetFunctionConcurrencyCommandInput,
    Lambda.GetFunctionConcurrencyCommandOutput,
  ];
  'lambda:GetFunctionConfiguration': [
    Lambda.GetFunctionConfigurationCommandInput,
    Lambda.GetFunctionConfigurationCommandOutput,
  ];
  'lambda:ListEventSourceMappings': [
    Lambda.ListEventSourceMappingsCommandInput,
    Lambda.ListEventSourceMappingsCommandOutput,
  ];
  'lambda:ListProvisionedConcurrencyConfigs': [
    Lambda.ListProvisionedConcurrencyConfigsCommandInput,
    Lambda.ListProvisionedConcurrencyConfigsCommandOutput,
  ];
  'lambda:ListTags': [Lambda.ListTagsCommandInput, Lambda.ListTagsCommandOutput];
  'lambda:PutFunctionConcurrency': [
    Lambda.PutFunctionConcurrencyCommandInput,
    Lambda.PutFunctionConcurrencyCommandOutput,
  ];
  'lambda:PutProvisionedConcurrencyConfig': [
    Lambda.PutProvisionedConcurrencyConfigCommandInput,
    Lambda.PutProvisionedConcurrencyConfigCommandOutput,
  ];
  'organizations:AttachPolicy': [
    Organizations.AttachPolicyCommandInput,
    Organizations.AttachPolicyCommandOutput,
  ];
  'organizations:CreatePolicy': [
    Organizations.CreatePolicyCommandInput,
    Organizations.CreatePolicyCommandOutput,
  ];
  'organizations:DescribeOrganization': [
    Organizations.DescribeOrganizationCommandInput,
    Organizations.DescribeOrganizationCommandOutput,
  ];
  'organizations:DescribePolicy': [
    Organizations.DescribePolicyCommandInput,
    Organizations.DescribePolicyCommandOutput,
  ];
  'organizations:DetachPolicy': [
    Organizations.DetachPolicyCommandInput,
    Organizations.DetachPolicyCommandOutput,
  ];
  'organizations:ListPolicies': [
    Organizations.ListPoliciesCommandInput,
    Organizations.ListPoliciesCommandOutput,
  ];
  'organizations:ListPoliciesForTarget': [
    Organizations.ListPoliciesForTargetCommandInput,
    Organizations.ListPoliciesForTargetCommandOutput,
  ];
  'rds:DescribeDBClusterSnapshotAttributes': [
    Rds.DescribeDBClusterSnapshotAttributesCommandInput,
    Rds.DescribeDBClusterSnapshotAttributesCommandOutput,
  ];
  'rds:DescribeDBClusterSnapshots': [
    Rds.DescribeDBClusterSnapshotsCommandInput,
    Rds.DescribeDBClusterSnapshotsCommandOutput,
  ];
  'rds:DescribeDBInstances': [
    Rds.DescribeDBInstancesCommandInput,
    Rds.DescribeDBInstancesCommandOutput,
  ];
  'rds:DescribeDBSnapshotAttributes': [
    Rds.DescribeDBSnapshotAttributesCommandInput,
    Rds.DescribeDBSnapshotAttributesCommandOutput,
  ];
  'rds:DescribeDBSnapshots': [
    Rds.DescribeDBSnapshotsCommandInput,
    Rds.DescribeDBSnapshotsCommandOutput,
  ];
  'rds:ModifyDBClusterSnapshotAttribute': [
    Rds.ModifyDBClusterSnapshotAttributeCommandInput,
    Rds.ModifyDBClusterSnapshotAttributeCommandOutput,
  ];
  'rds:ModifyDBInstance': [Rds.ModifyDBInstanceCommandInput, Rds.ModifyDBInstanceCommandOutput];
  'rds:ModifyDBSnapshotAttribute': [
    Rds.ModifyDBSnapshotAttributeCommandInput,
    Rds.ModifyDBSnapshotAttributeCommandOutput,
  ];
  'secretsmanager:DescribeSecret': [
    SecretsManager.DescribeSecretCommandInput,
    SecretsManager.DescribeSecretCommandOutput,
  ];
  'secretsmanager:RotateSecret': [
    SecretsManager.RotateSecretCommandInput,
    SecretsManager.RotateSecretCommandOutput,
  ];
  'securityhub:BatchUpdateFindingsV2': [
    SecurityHub.BatchUpdateFindingsV2CommandInput,
    SecurityHub.BatchUpdateFindingsV2CommandOutput,
  ];
  'securityhub:GetFindingsV2': [
    SecurityHub.GetFindingsV2CommandInput,
    SecurityHub.GetFindingsV2CommandOutput,
  ];
  'ssm:DescribeInstanceInformation': [
    Ssm.DescribeInstanceInformationCommandInput,
    Ssm.DescribeInstanceInformationCommandOutput,
  ];
  'ssm:GetCommandInvocation': [
    Ssm.GetCommandInvocationCommandInput,
    Ssm.GetCommandInvocationCommandOutput,
  ];
  'ssm:GetDocument': [Ssm.GetDocumentCommandInput, Ssm.GetDocumentCommandOutput];
  'ssm:SendCommand': [Ssm.SendCommandCommandInput, Ssm.SendCommandCommandOutput];
}
