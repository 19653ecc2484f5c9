/**
 * The port through which actions reach AWS. Types only: the SDK itself is loaded by src/aws/.
 * One key per operation, spelled `service:Operation`, which is also the IAM action but for the
 * exceptions that src/actions/permissions.ts lists.
 */
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as GuardDuty from '@aws-sdk/client-guardduty';
import type * as Iam from '@aws-sdk/client-iam';
import type * as S3 from '@aws-sdk/client-s3';
import type * as SecurityHub from '@aws-sdk/client-securityhub';
import type { AccessOperations } from './access-operations.ts';
import type { EvidenceOperations } from './evidence-operations.ts';
import type { LogOperations } from './log-operations.ts';
import type { NetworkOperations } from './network-operations.ts';
import type { OrganizationOperations } from './organization-operations.ts';
import type { PostureOperations } from './posture-operations.ts';
import type { ServiceOperations } from './service-operations.ts';

export interface Operations
  extends AccessOperations,
    EvidenceOperations,
    LogOperations,
    NetworkOperations,
    OrganizationOperations,
    PostureOperations,
    ServiceOperations {
  'ec2:AuthorizeSecurityGroupEgress': [
    Ec2.AuthorizeSecurityGroupEgressCommandInput,
    Ec2.AuthorizeSecurityGroupEgressCommandOutput,
  ];
  'ec2:AuthorizeSecurityGroupIngress': [
    Ec2.AuthorizeSecurityGroupIngressCommandInput,
    Ec2.AuthorizeSecurityGroupIngressCommandOutput,
  ];
  'ec2:CreateSecurityGroup': [
    Ec2.CreateSecurityGroupCommandInput,
    Ec2.CreateSecurityGroupCommandOutput,
  ];
  'ec2:CreateSnapshots': [Ec2.CreateSnapshotsCommandInput, Ec2.CreateSnapshotsCommandOutput];
  'ec2:CreateTags': [Ec2.CreateTagsCommandInput, Ec2.CreateTagsCommandOutput];
  'ec2:DescribeImageAttribute': [
    Ec2.DescribeImageAttributeCommandInput,
    Ec2.DescribeImageAttributeCommandOutput,
  ];
  'ec2:DescribeImages': [Ec2.DescribeImagesCommandInput, Ec2.DescribeImagesCommandOutput];
  'ec2:DescribeInstanceAttribute': [
    Ec2.DescribeInstanceAttributeCommandInput,
    Ec2.DescribeInstanceAttributeCommandOutput,
  ];
  'ec2:DescribeInstances': [Ec2.DescribeInstancesCommandInput, Ec2.DescribeInstancesCommandOutput];
  'ec2:DescribeLockedSnapshots': [
    Ec2.DescribeLockedSnapshotsCommandInput,
    Ec2.DescribeLockedSnapshotsCommandOutput,
  ];
  'ec2:DescribeNetworkInterfaces': [
    Ec2.DescribeNetworkInterfacesCommandInput,
    Ec2.DescribeNetworkInterfacesCommandOutput,
  ];
  'ec2:DescribeSecurityGroupRules': [
    Ec2.DescribeSecurityGroupRulesCommandInput,
    Ec2.DescribeSecurityGroupRulesCommandOutput,
  ];
  'ec2:DescribeSecurityGroups': [
    Ec2.DescribeSecurityGroupsCommandInput,
    Ec2.DescribeSecurityGroupsCommandOutput,
  ];
  'ec2:DescribeSnapshotAttribute': [
    Ec2.DescribeSnapshotAttributeCommandInput,
    Ec2.DescribeSnapshotAttributeCommandOutput,
  ];
  'ec2:DescribeSnapshots': [Ec2.DescribeSnapshotsCommandInput, Ec2.DescribeSnapshotsCommandOutput];
  'ec2:DescribeVolumes': [Ec2.DescribeVolumesCommandInput, Ec2.DescribeVolumesCommandOutput];
  'ec2:LockSnapshot': [Ec2.LockSnapshotCommandInput, Ec2.LockSnapshotCommandOutput];
  'ec2:ModifyImageAttribute': [
    Ec2.ModifyImageAttributeCommandInput,
    Ec2.ModifyImageAttributeCommandOutput,
  ];
  'ec2:ModifyNetworkInterfaceAttribute': [
    Ec2.ModifyNetworkInterfaceAttributeCommandInput,
    Ec2.ModifyNetworkInterfaceAttributeCommandOutput,
  ];
  'ec2:ModifySnapshotAttribute': [
    Ec2.ModifySnapshotAttributeCommandInput,
    Ec2.ModifySnapshotAttributeCommandOutput,
  ];
  'ec2:RevokeSecurityGroupEgress': [
    Ec2.RevokeSecurityGroupEgressCommandInput,
    Ec2.RevokeSecurityGroupEgressCommandOutput,
  ];
  'ec2:RevokeSecurityGroupIngress': [
    Ec2.RevokeSecurityGroupIngressCommandInput,
    Ec2.RevokeSecurityGroupIngressCommandOutput,
  ];
  'ec2:StartInstances': [Ec2.StartInstancesCommandInput, Ec2.StartInstancesCommandOutput];
  'ec2:StopInstances': [Ec2.StopInstancesCommandInput, Ec2.StopInstancesCommandOutput];
  'guardduty:ArchiveFindings': [
    GuardDuty.ArchiveFindingsCommandInput,
    GuardDuty.ArchiveFindingsCommandOutput,
  ];
  'guardduty:GetFindings': [GuardDuty.GetFindingsCommandInput, GuardDuty.GetFindingsCommandOutput];
  'guardduty:ListDetectors': [
    GuardDuty.ListDetectorsCommandInput,
    GuardDuty.ListDetectorsCommandOutput,
  ];
  'guardduty:UnarchiveFindings': [
    GuardDuty.UnarchiveFindingsCommandInput,
    GuardDuty.UnarchiveFindingsCommandOutput,
  ];
  'iam:AttachUserPolicy': [Iam.AttachUserPolicyCommandInput, Iam.AttachUserPolicyCommandOutput];
  'iam:DeleteRolePolicy': [Iam.DeleteRolePolicyCommandInput, Iam.DeleteRolePolicyCommandOutput];
  'iam:DetachUserPolicy': [Iam.DetachUserPolicyCommandInput, Iam.DetachUserPolicyCommandOutput];
  'iam:GetAccessKeyLastUsed': [
    Iam.GetAccessKeyLastUsedCommandInput,
    Iam.GetAccessKeyLastUsedCommandOutput,
  ];
  'iam:GetAccountSummary': [Iam.GetAccountSummaryCommandInput, Iam.GetAccountSummaryCommandOutput];
  'iam:DeleteLoginProfile': [
    Iam.DeleteLoginProfileCommandInput,
    Iam.DeleteLoginProfileCommandOutput,
  ];
  'iam:GetLoginProfile': [Iam.GetLoginProfileCommandInput, Iam.GetLoginProfileCommandOutput];
  'iam:GetRole': [Iam.GetRoleCommandInput, Iam.GetRoleCommandOutput];
  'iam:GetRolePolicy': [Iam.GetRolePolicyCommandInput, Iam.GetRolePolicyCommandOutput];
  'iam:GetUser': [Iam.GetUserCommandInput, Iam.GetUserCommandOutput];
  'iam:ListAccessKeys': [Iam.ListAccessKeysCommandInput, Iam.ListAccessKeysCommandOutput];
  'iam:ListAttachedUserPolicies': [
    Iam.ListAttachedUserPoliciesCommandInput,
    Iam.ListAttachedUserPoliciesCommandOutput,
  ];
  'iam:ListInstanceProfilesForRole': [
    Iam.ListInstanceProfilesForRoleCommandInput,
    Iam.ListInstanceProfilesForRoleCommandOutput,
  ];
  'iam:ListRolePolicies': [Iam.ListRolePoliciesCommandInput, Iam.ListRolePoliciesCommandOutput];
  'iam:ListRoleTags': [Iam.ListRoleTagsCommandInput, Iam.ListRoleTagsCommandOutput];
  'iam:ListServiceSpecificCredentials': [
    Iam.ListServiceSpecificCredentialsCommandInput,
    Iam.ListServiceSpecificCredentialsCommandOutput,
  ];
  'iam:ListSigningCertificates': [
    Iam.ListSigningCertificatesCommandInput,
    Iam.ListSigningCertificatesCommandOutput,
  ];
  'iam:ListSSHPublicKeys': [Iam.ListSSHPublicKeysCommandInput, Iam.ListSSHPublicKeysCommandOutput];
  'iam:ListUserTags': [Iam.ListUserTagsCommandInput, Iam.ListUserTagsCommandOutput];
  'iam:PutRolePolicy': [Iam.PutRolePolicyCommandInput, Iam.PutRolePolicyCommandOutput];
  'iam:UpdateAccessKey': [Iam.UpdateAccessKeyCommandInput, Iam.UpdateAccessKeyCommandOutput];
  's3:DeleteBucketPolicy': [S3.DeleteBucketPolicyCommandInput, S3.DeleteBucketPolicyCommandOutput];
  's3:DeletePublicAccessBlock': [
    S3.DeletePublicAccessBlockCommandInput,
    S3.DeletePublicAccessBlockCommandOutput,
  ];
  's3:GetBucketAcl': [S3.GetBucketAclCommandInput, S3.GetBucketAclCommandOutput];
  's3:GetBucketLocation': [S3.GetBucketLocationCommandInput, S3.GetBucketLocationCommandOutput];
  's3:GetBucketPolicy': [S3.GetBucketPolicyCommandInput, S3.GetBucketPolicyCommandOutput];
  's3:GetBucketPolicyStatus': [
    S3.GetBucketPolicyStatusCommandInput,
    S3.GetBucketPolicyStatusCommandOutput,
  ];
  's3:GetBucketTagging': [S3.GetBucketTaggingCommandInput, S3.GetBucketTaggingCommandOutput];
  's3:GetBucketWebsite': [S3.GetBucketWebsiteCommandInput, S3.GetBucketWebsiteCommandOutput];
  's3:GetPublicAccessBlock': [
    S3.GetPublicAccessBlockCommandInput,
    S3.GetPublicAccessBlockCommandOutput,
  ];
  's3:PutBucketPolicy': [S3.PutBucketPolicyCommandInput, S3.PutBucketPolicyCommandOutput];
  's3:PutPublicAccessBlock': [
    S3.PutPublicAccessBlockCommandInput,
    S3.PutPublicAccessBlockCommandOutput,
  ];
  'securityhub:BatchUpdateFindings': [
    SecurityHub.BatchUpdateFindingsCommandInput,
    SecurityHub.BatchUpdateFindingsCommandOutput,
  ];
  'securityhub:GetFindings': [
    SecurityHub.GetFindingsCommandInput,
    SecurityHub.GetFindingsCommandOutput,
  ];
}

export type Operation = keyof Operations;

/** Where an action keeps what it captured: its request's own folder in the evidence bucket. */
export interface EvidenceFolder {
  /** The object's key, for people: `captures/R…/console-output.json`. */
  nameOf(name: string): string;
  /** Writes JSON text once; `exists` when it was written before. */
  put(name: string, body: string): Promise<'put' | 'exists'>;
  /** Undefined when it was not written. */
  get(name: string): Promise<string | undefined>;
}

/** AWS in one account and region, under one role. Errors keep AWS's own `name`. */
export interface Aws {
  call<O extends Operation>(operation: O, input: Operations[O][0]): Promise<Operations[O][1]>;
  /** Milliseconds since 1970: for values that AWS compares with its own clock. */
  now(): number;
  /** Waits so many milliseconds, in the middle of a write: seconds at most. */
  pause(milliseconds: number): Promise<void>;
  /** Only executor has it. */
  readonly evidence?: EvidenceFolder;
}
