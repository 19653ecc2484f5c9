/**
 * The port through which actions reach AWS. Types only: the SDK itself is loaded by src/aws/.
 * One key per operation, spelled `service:Operation`, which is also the IAM action but for the
 * exceptions that src/actions/permissions.ts lists.
 */
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as GuardDuty from '@aws-sdk/client-guardduty';
import type * as Iam from '@aws-sdk/client-iam';
import type * as SecurityHub from '@aws-sdk/client-securityhub';

export interface Operations {
  'ec2:CreateSecurityGroup': [
    Ec2.CreateSecurityGroupCommandInput,
    Ec2.CreateSecurityGroupCommandOutput,
  ];
  'ec2:CreateTags': [Ec2.CreateTagsCommandInput, Ec2.CreateTagsCommandOutput];
  'ec2:DescribeInstances': [Ec2.DescribeInstancesCommandInput, Ec2.DescribeInstancesCommandOutput];
  'ec2:DescribeNetworkInterfaces': [
    Ec2.DescribeNetworkInterfacesCommandInput,
    Ec2.DescribeNetworkInterfacesCommandOutput,
  ];
  'ec2:DescribeSecurityGroups': [
    Ec2.DescribeSecurityGroupsCommandInput,
    Ec2.DescribeSecurityGroupsCommandOutput,
  ];
  'ec2:ModifyNetworkInterfaceAttribute': [
    Ec2.ModifyNetworkInterfaceAttributeCommandInput,
    Ec2.ModifyNetworkInterfaceAttributeCommandOutput,
  ];
  'ec2:RevokeSecurityGroupEgress': [
    Ec2.RevokeSecurityGroupEgressCommandInput,
    Ec2.RevokeSecurityGroupEgressCommandOutput,
  ];
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
  'iam:GetAccessKeyLastUsed': [
    Iam.GetAccessKeyLastUsedCommandInput,
    Iam.GetAccessKeyLastUsedCommandOutput,
  ];
  'iam:ListAccessKeys': [Iam.ListAccessKeysCommandInput, Iam.ListAccessKeysCommandOutput];
  'iam:ListUserTags': [Iam.ListUserTagsCommandInput, Iam.ListUserTagsCommandOutput];
  'iam:UpdateAccessKey': [Iam.UpdateAccessKeyCommandInput, Iam.UpdateAccessKeyCommandOutput];
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

/** AWS in one account and region, under one role. Errors keep AWS's own `name`. */
export interface Aws {
  call<O extends Operation>(operation: O, input: Operations[O][0]): Promise<Operations[O][1]>;
}
