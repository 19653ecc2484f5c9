/**
 * Operations on instances, their groups and their network that only a few actions call, as
 * src/actions/aws.ts lists its own. Types only.
 */
import type * as AutoScaling from '@aws-sdk/client-auto-scaling';
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as ElasticLoadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Wafv2 from '@aws-sdk/client-wafv2';

export interface NetworkOperations {
  'autoscaling:DescribeAutoScalingGroups': [
    AutoScaling.DescribeAutoScalingGroupsCommandInput,
    AutoScaling.DescribeAutoScalingGroupsCommandOutput,
  ];
  'autoscaling:DescribeAutoScalingInstances': [
    AutoScaling.DescribeAutoScalingInstancesCommandInput,
    AutoScaling.DescribeAutoScalingInstancesCommandOutput,
  ];
  'autoscaling:EnterStandby': [
    AutoScaling.EnterStandbyCommandInput,
    AutoScaling.EnterStandbyCommandOutput,
  ];
  'autoscaling:ExitStandby': [
    AutoScaling.ExitStandbyCommandInput,
    AutoScaling.ExitStandbyCommandOutput,
  ];
  'ec2:AssociateAddress': [Ec2.AssociateAddressCommandInput, Ec2.AssociateAddressCommandOutput];
  'ec2:AssociateIamInstanceProfile': [
    Ec2.AssociateIamInstanceProfileCommandInput,
    Ec2.AssociateIamInstanceProfileCommandOutput,
  ];
  'ec2:CreateNetworkAcl': [Ec2.CreateNetworkAclCommandInput, Ec2.CreateNetworkAclCommandOutput];
  'ec2:CreateNetworkAclEntry': [
    Ec2.CreateNetworkAclEntryCommandInput,
    Ec2.CreateNetworkAclEntryCommandOutput,
  ];
  'ec2:DeleteNetworkAclEntry': [
    Ec2.DeleteNetworkAclEntryCommandInput,
    Ec2.DeleteNetworkAclEntryCommandOutput,
  ];
  'ec2:DeleteSecurityGroup': [
    Ec2.DeleteSecurityGroupCommandInput,
    Ec2.DeleteSecurityGroupCommandOutput,
  ];
  'ec2:DescribeAddresses': [Ec2.DescribeAddressesCommandInput, Ec2.DescribeAddressesCommandOutput];
  'ec2:DescribeIamInstanceProfileAssociations': [
    Ec2.DescribeIamInstanceProfileAssociationsCommandInput,
    Ec2.DescribeIamInstanceProfileAssociationsCommandOutput,
  ];
  'ec2:DescribeInstanceTypes': [
    Ec2.DescribeInstanceTypesCommandInput,
    Ec2.DescribeInstanceTypesCommandOutput,
  ];
  'ec2:DescribeNetworkAcls': [
    Ec2.DescribeNetworkAclsCommandInput,
    Ec2.DescribeNetworkAclsCommandOutput,
  ];
  'ec2:DisassociateAddress': [
    Ec2.DisassociateAddressCommandInput,
    Ec2.DisassociateAddressCommandOutput,
  ];
  'ec2:DisassociateIamInstanceProfile': [
    Ec2.DisassociateIamInstanceProfileCommandInput,
    Ec2.DisassociateIamInstanceProfileCommandOutput,
  ];
  'ec2:GetConsoleOutput': [Ec2.GetConsoleOutputCommandInput, Ec2.GetConsoleOutputCommandOutput];
  'ec2:GetConsoleScreenshot': [
    Ec2.GetConsoleScreenshotCommandInput,
    Ec2.GetConsoleScreenshotCommandOutput,
  ];
  'ec2:ModifyInstanceAttribute': [
    Ec2.ModifyInstanceAttributeCommandInput,
    Ec2.ModifyInstanceAttributeCommandOutput,
  ];
  'ec2:ModifyInstanceMetadataOptions': [
    Ec2.ModifyInstanceMetadataOptionsCommandInput,
    Ec2.ModifyInstanceMetadataOptionsCommandOutput,
  ];
  'ec2:ReplaceNetworkAclAssociation': [
    Ec2.ReplaceNetworkAclAssociationCommandInput,
    Ec2.ReplaceNetworkAclAssociationCommandOutput,
  ];
  'elasticloadbalancing:DeregisterTargets': [
    ElasticLoadBalancing.DeregisterTargetsCommandInput,
    ElasticLoadBalancing.DeregisterTargetsCommandOutput,
  ];
  'elasticloadbalancing:DescribeTargetGroups': [
    ElasticLoadBalancing.DescribeTargetGroupsCommandInput,
    ElasticLoadBalancing.DescribeTargetGroupsCommandOutput,
  ];
  'elasticloadbalancing:DescribeTargetHealth': [
    ElasticLoadBalancing.DescribeTargetHealthCommandInput,
    ElasticLoadBalancing.DescribeTargetHealthCommandOutput,
  ];
  'elasticloadbalancing:RegisterTargets': [
    ElasticLoadBalancing.RegisterTargetsCommandInput,
    ElasticLoadBalancing.RegisterTargetsCommandOutput,
  ];
  'iam:GetInstanceProfile': [
    Iam.GetInstanceProfileCommandInput,
    Iam.GetInstanceProfileCommandOutput,
  ];
  'wafv2:GetIPSet': [Wafv2.GetIPSetCommandInput, Wafv2.GetIPSetCommandOutput];
  'wafv2:ListIPSets': [Wafv2.ListIPSetsCommandInput, Wafv2.ListIPSetsCommandOutput];
  'wafv2:UpdateIPSet': [Wafv2.UpdateIPSetCommandInput, Wafv2.UpdateIPSetCommandOutput];
}
