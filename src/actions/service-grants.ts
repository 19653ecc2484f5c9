/**
 * The IAM actions and resources behind src/actions/service-operations.ts. Where `*` stands, AWS
 * knows no resource level for the action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import { denyAllArn } from './deny-all.ts';
import { evidenceDocument } from './evidence-document.ts';
import type { ServiceOperations } from './service-operations.ts';

interface ServiceGrant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const everything = ['*'];
const clusters = ['arn:aws:rds:*:*:cluster:*'];
const clusterSnapshots = ['arn:aws:rds:*:*:cluster-snapshot:*'];
const databases = ['arn:aws:rds:*:*:db:*'];
const databaseSnapshots = ['arn:aws:rds:*:*:snapshot:*'];
const detectors = ['arn:aws:guardduty:*:*:detector/*'];
/** Only filters that Cordon named. */
const ownFilters = ['arn:aws:guardduty:*:*:detector/*/filter/cordon-*'];
/** One document, whose commands are fixed: no other can be sent. */
const evidenceDocuments = [`arn:aws:ssm:*:*:document/${evidenceDocument}`];
const functions = ['arn:aws:lambda:*:*:function:*'];
/** Both generations of Security Hub. */
const hubs = ['arn:aws:securityhub:*:*:hub/default', 'arn:aws:securityhub:*:*:hubv2/*'];
const keys = ['arn:aws:kms:*:*:key/*'];
const recorders = ['arn:aws:config:*:*:configuration-recorder/*'];
const secrets = ['arn:aws:secretsmanager:*:*:secret:*'];
const services = ['arn:aws:ecs:*:*:service/*'];
const tasks = ['arn:aws:ecs:*:*:task/*'];
const trails = ['arn:aws:cloudtrail:*:*:trail/*'];
const users = ['arn:aws:iam::*:user/*'];
const policies = ['arn:aws:organizations::*:policy/o-*/service_control_policy/p-*'];
const policiesAndAccounts = [...policies, 'arn:aws:organizations::*:account/o-*/*'];
const controlPolicies = {
  StringEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' },
};
/** Nothing but the deny can be made a boundary, and only that boundary removed. */
const onlyDenyAll = { ArnEquals: { 'iam:PermissionsBoundary': denyAllArn } };
const ofEcs = { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } };
/** Rotation can be started, and its function not be replaced by another one. */
const sameFunction = { Null: { 'secretsmanager:RotationLambdaARN': 'true' } };
const throughService = { Bool: { 'aws:ViaAWSService': 'true' } };

const on = (
  action: string,
  resources: readonly string[],
  condition?: ServiceGrant['condition'],
): readonly ServiceGrant[] => [{ action, resources, ...(condition ? { condition } : {}) }];

export const serviceGrants: Readonly<Record<keyof ServiceOperations, readonly ServiceGrant[]>> = {
  'application-autoscaling:DescribeScalableTargets': on(
    'application-autoscaling:DescribeScalableTargets',
    everything,
  ),
  'application-autoscaling:RegisterScalableTarget': on(
    'application-autoscaling:RegisterScalableTarget',
    ['arn:aws:application-autoscaling:*:*:scalable-target/*'],
    ofEcs,
  ),
  'cloudtrail:DescribeTrails': on('cloudtrail:DescribeTrails', everything),
  'cloudtrail:GetTrailStatus': on('cloudtrail:GetTrailStatus', trails),
  'cloudtrail:ListTags': on('cloudtrail:ListTags', trails),
  'cloudtrail:StartLogging': on('cloudtrail:StartLogging', trails),
  'cloudtrail:StopLogging': on('cloudtrail:StopLogging', trails),
  'config:DescribeConfigurationRecorderStatus': on(
    'config:DescribeConfigurationRecorderStatus',
    recorders,
  ),
  'config:DescribeConfigurationRecorders': on('config:DescribeConfigurationRecorders', recorders),
  'config:DescribeDeliveryChannels': on('config:DescribeDeliveryChannels', everything),
  'config:StartConfigurationRecorder': on('config:StartConfigurationRecorder', recorders),
  'config:StopConfigurationRecorder': on('config:StopConfigurationRecorder', recorders),
  'ecs:DescribeServices': on('ecs:DescribeServices', services),
  'ecs:DescribeTasks': on('ecs:DescribeTasks', tasks),
  'ecs:StopTask': on('ecs:StopTask', tasks),
  'ecs:UpdateService': on('ecs:UpdateService', services),
  'guardduty:CreateFilter': on('guardduty:CreateFilter', ownFilters),
  'guardduty:DeleteFilter': on('guardduty:DeleteFilter', ownFilters),
  'guardduty:GetDetector': on('guardduty:GetDetector', detectors),
  'guardduty:GetFilter': on('guardduty:GetFilter', ownFilters),
  'guardduty:ListFindings': on('guardduty:ListFindings', everything),
  'guardduty:UpdateDetector': on('guardduty:UpdateDetector', detectors),
  'guardduty:UpdateFindingsFeedback': on('guardduty:UpdateFindingsFeedback', everything),
  'iam:DeleteUserPermissionsBoundary': on('iam:DeleteUserPermissionsBoundary', users, onlyDenyAll),
  'iam:DeleteUserPolicy': on('iam:DeleteUserPolicy', users),
  'iam:GetUserPolicy': on('iam:GetUserPolicy', users),
  'iam:ListUserPolicies': on('iam:ListUserPolicies', users),
  'iam:PutUserPermissionsBoundary': on('iam:PutUserPermissionsBoundary', users, onlyDenyAll),
  'iam:PutUserPolicy': on('iam:PutUserPolicy', users),
  'iam:UpdateServiceSpecificCredential': on('iam:UpdateServiceSpecificCredential', users),
  'iam:UpdateSigningCertificate': on('iam:UpdateSigningCertificate', users),
  'iam:UpdateSSHPublicKey': on('iam:UpdateSSHPublicKey', users),
  'kms:CancelKeyDeletion': on('kms:CancelKeyDeletion', keys),
  'kms:DescribeKey': on('kms:DescribeKey', keys),
  'kms:DisableKey': on('kms:DisableKey', keys),
  'kms:EnableKey': on('kms:EnableKey', keys),
  'kms:ListResourceTags': on('kms:ListResourceTags', keys),
  'lambda:DeleteFunctionConcurrency': on('lambda:DeleteFunctionConcurrency', functions),
  'lambda:DeleteProvisionedConcurrencyConfig': on(
    'lambda:DeleteProvisionedConcurrencyConfig',
    functions,
  ),
  'lambda:GetFunctionConcurrency': on('lambda:GetFunctionConcurrency', functions),
  'lambda:GetFunctionConfiguration': on('lambda:GetFunctionConfiguration', functions),
  'lambda:ListEventSourceMappings': on('lambda:ListEventSourceMappings', everything),
  'lambda:ListProvisionedConcurrencyConfigs': on(
    'lambda:ListProvisionedConcurrencyConfigs',
    functions,
  ),
  'lambda:ListTags': on('lambda:ListTags', functions),
  'lambda:PutFunctionConcurrency': on('lambda:PutFunctionConcurrency', functions),
  'lambda:PutProvisionedConcurrencyConfig': on('lambda:PutProvisionedConcurrencyConfig', functions),
  'organizations:AttachPolicy': on(
    'organizations:AttachPolicy',
    policiesAndAccounts,
    controlPolicies,
  ),
  'organizations:CreatePolicy': on('organizations:CreatePolicy', policies, controlPolicies),
  'organizations:DescribeOrganization': on('organizations:DescribeOrganization', everything),
  'organizations:DescribePolicy': on('organizations:DescribePolicy', policies),
  'organizations:DetachPolicy': on(
    'organizations:DetachPolicy',
    policiesAndAccounts,
    controlPolicies,
  ),
  'organizations:ListPolicies': on('organizations:ListPolicies', everything),
  'organizations:ListPoliciesForTarget': on('organizations:ListPoliciesForTarget', [
    'arn:aws:organizations::*:account/o-*/*',
    'arn:aws:organizations::*:ou/o-*/ou-*',
    'arn:aws:organizations::*:root/o-*/r-*',
  ]),
  'rds:DescribeDBClusterSnapshotAttributes': on(
    'rds:DescribeDBClusterSnapshotAttributes',
    clusterSnapshots,
  ),
  'rds:DescribeDBClusterSnapshots': on('rds:DescribeDBClusterSnapshots', [
    ...clusters,
    ...clusterSnapshots,
  ]),
  'rds:DescribeDBInstances': on('rds:DescribeDBInstances', databases),
  'rds:DescribeDBSnapshotAttributes': on('rds:DescribeDBSnapshotAttributes', databaseSnapshots),
  'rds:DescribeDBSnapshots': on('rds:DescribeDBSnapshots', [...databases, ...databaseSnapshots]),
  'rds:ModifyDBClusterSnapshotAttribute': on(
    'rds:ModifyDBClusterSnapshotAttribute',
    clusterSnapshots,
  ),
  'rds:ModifyDBInstance': on('rds:ModifyDBInstance', databases),
  'rds:ModifyDBSnapshotAttribute': on('rds:ModifyDBSnapshotAttribute', databaseSnapshots),
  'secretsmanager:DescribeSecret': on('secretsmanager:DescribeSecret', secrets),
  'secretsmanager:RotateSecret': [
    ...on('secretsmanager:RotateSecret', secrets, sameFunction),
    ...on('lambda:InvokeFunction', functions, throughService),
  ],
  'securityhub:BatchUpdateFindingsV2': on('securityhub:BatchUpdateFindings', hubs),
  'securityhub:GetFindingsV2': on('securityhub:GetFindings', hubs),
  'ssm:DescribeInstanceInformation': on('ssm:DescribeInstanceInformation', everything),
  'ssm:GetCommandInvocation': on('ssm:GetCommandInvocation', everything),
  'ssm:GetDocument': on('ssm:GetDocument', evidenceDocuments),
  'ssm:SendCommand': on('ssm:SendCommand', [...evidenceDocuments, 'arn:aws:ec2:*:*:instance/*']),
};
