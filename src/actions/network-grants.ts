/**
 * The IAM actions and resources behind src/actions/network-operations.ts. Where `*` stands, AWS
 * knows no resource level for the action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { NetworkOperations } from './network-operations.ts';

interface NetworkGrant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const everything = ['*'];
const instances = ['arn:aws:ec2:*:*:instance/*'];
/** Elastic IP addresses are what goes; the interface is what they are on. */
const addressed = ['arn:aws:ec2:*:*:elastic-ip/*', 'arn:aws:ec2:*:*:network-interface/*'];
const securityGroups = ['arn:aws:ec2:*:*:security-group/*'];
/** Only the group that Cordon made for the swap. */
const ownTransition = { StringEquals: { 'aws:ResourceTag/cordon': 'transition' } };
const networkAcls = ['arn:aws:ec2:*:*:network-acl/*'];
const scalingGroups = ['arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*'];
const targetGroups = ['arn:aws:elasticloadbalancing:*:*:targetgroup/*'];
/** Only the sets that are there for Cordon. */
const ipSets = ['arn:aws:wafv2:*:*:regional/ipset/cordon-blocked-*'];
/** A role is only given back to instances. */
const toInstances = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
const whenMade = { StringEquals: { 'ec2:CreateAction': 'CreateNetworkAcl' } };

const on = (
  action: string,
  resources: readonly string[],
  condition?: NetworkGrant['condition'],
): NetworkGrant => ({ action, resources, ...(condition ? { condition } : {}) });

export const networkGrants: Readonly<Record<keyof NetworkOperations, readonly NetworkGrant[]>> = {
  'autoscaling:DescribeAutoScalingGroups': [
    on('autoscaling:DescribeAutoScalingGroups', everything),
  ],
  'autoscaling:DescribeAutoScalingInstances': [
    on('autoscaling:DescribeAutoScalingInstances', everything),
  ],
  'autoscaling:EnterStandby': [on('autoscaling:EnterStandby', scalingGroups)],
  'autoscaling:ExitStandby': [on('autoscaling:ExitStandby', scalingGroups)],
  'ec2:AssociateAddress': [on('ec2:AssociateAddress', addressed)],
  'ec2:AssociateIamInstanceProfile': [
    on('ec2:AssociateIamInstanceProfile', instances),
    on('iam:PassRole', ['arn:aws:iam::*:role/*'], toInstances),
  ],
  'ec2:CreateNetworkAcl': [
    on('ec2:CreateNetworkAcl', ['arn:aws:ec2:*:*:vpc/*', ...networkAcls]),
    on('ec2:CreateTags', networkAcls, whenMade),
  ],
  'ec2:CreateNetworkAclEntry': [on('ec2:CreateNetworkAclEntry', networkAcls)],
  'ec2:DeleteNetworkAclEntry': [on('ec2:DeleteNetworkAclEntry', networkAcls)],
  'ec2:DeleteSecurityGroup': [on('ec2:DeleteSecurityGroup', securityGroups, ownTransition)],
  'ec2:DescribeAddresses': [on('ec2:DescribeAddresses', everything)],
  'ec2:DescribeIamInstanceProfileAssociations': [
    on('ec2:DescribeIamInstanceProfileAssociations', everything),
  ],
  'ec2:DescribeInstanceTypes': [on('ec2:DescribeInstanceTypes', everything)],
  'ec2:DescribeNetworkAcls': [on('ec2:DescribeNetworkAcls', everything)],
  'ec2:DisassociateAddress': [on('ec2:DisassociateAddress', addressed)],
  'ec2:DisassociateIamInstanceProfile': [on('ec2:DisassociateIamInstanceProfile', instances)],
  'ec2:GetConsoleOutput': [on('ec2:GetConsoleOutput', instances)],
  'ec2:GetConsoleScreenshot': [on('ec2:GetConsoleScreenshot', instances)],
  'ec2:ModifyInstanceAttribute': [on('ec2:ModifyInstanceAttribute', instances)],
  'ec2:ModifyInstanceMetadataOptions': [on('ec2:ModifyInstanceMetadataOptions', instances)],
  'ec2:ReplaceNetworkAclAssociation': [
    on('ec2:ReplaceNetworkAclAssociation', [...networkAcls, 'arn:aws:ec2:*:*:subnet/*']),
  ],
  'elasticloadbalancing:DeregisterTargets': [
    on('elasticloadbalancing:DeregisterTargets', targetGroups),
  ],
  'elasticloadbalancing:DescribeTargetGroups': [
    on('elasticloadbalancing:DescribeTargetGroups', everything),
  ],
  'elasticloadbalancing:DescribeTargetHealth': [
    on('elasticloadbalancing:DescribeTargetHealth', everything),
  ],
  'elasticloadbalancing:RegisterTargets': [
    on('elasticloadbalancing:RegisterTargets', targetGroups),
  ],
  'iam:GetInstanceProfile': [on('iam:GetInstanceProfile', ['arn:aws:iam::*:instance-profile/*'])],
  'wafv2:GetIPSet': [on('wafv2:GetIPSet', ipSets)],
  'wafv2:ListIPSets': [on('wafv2:ListIPSets', everything)],
  'wafv2:UpdateIPSet': [on('wafv2:UpdateIPSet', ipSets)],
};
