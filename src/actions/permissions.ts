/**
 * From the actions to IAM: which operation needs which IAM actions on what, and the policy of each
 * member role. Mostly the operation is the IAM action; the exceptions are visible in the table.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import { accessGrants } from './access-grants.ts';
import type { MemberRole } from './action.ts';
import type { Operation } from './aws.ts';
import { denyAllArn } from './deny-all.ts';
import { evidenceGrants } from './evidence-grants.ts';
import { actions } from './index.ts';
import { logGrants } from './log-grants.ts';
import { networkGrants } from './network-grants.ts';
import { organizationGrants } from './organization-grants.ts';
import { postureGrants } from './posture-grants.ts';
import { defaultRoleNames, ownRoleArns, type RoleNames } from './role-names.ts';
import { serviceGrants } from './service-grants.ts';

interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Only where AWS has no resource level: test/actions/permissions.test.ts lists them, held to AWS's own data. */
const everything = ['*'];
const securityGroups = 'arn:aws:ec2:*:*:security-group/*';
const groupRules = 'arn:aws:ec2:*:*:security-group-rule/*';
const instances = 'arn:aws:ec2:*:*:instance/*';
/** Snapshots and images have no account in their ARN. */
const snapshots = 'arn:aws:ec2:*::snapshot/*';
const images = 'arn:aws:ec2:*::image/*';
/** Only what Cordon took itself is locked. */
const ownEvidence = { StringEquals: { 'aws:ResourceTag/cordon': 'evidence' } };
/** Without it an instance with volumes under a customer's key does not start again. */
const forEncryptedVolumes = {
  Bool: { 'kms:GrantIsForAWSResource': 'true' },
  StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' },
};
const users = ['arn:aws:iam::*:user/*'];
const roles = ['arn:aws:iam::*:role/*'];
/** Under their default names: `underNames` puts those of an installation. */
const ownRoles = [ownRoleArns(defaultRoleNames)];
/** Nothing but the deny can be attached, and nothing but the deny detached. */
const onlyDenyAll = { ArnEquals: { 'iam:PolicyARN': denyAllArn } };
const buckets = ['arn:aws:s3:::*'];
const hubs = ['arn:aws:securityhub:*:*:hub/default'];
/** Only the group that Cordon is making can be emptied or retagged. */
const unfinished = { StringEquals: { 'aws:ResourceTag/cordon': 'quarantine-unfinished' } };

/** Cordon's own roles under the names that they have here; any other resource as it is. */
export const underNames = (resource: string, names: RoleNames = defaultRoleNames): string =>
  resource === ownRoleArns(defaultRoleNames) ? ownRoleArns(names) : resource;

/** Which IAM actions on what an operation needs. */
export const grants: Readonly<Record<Operation, readonly Grant[]>> = {
  ...accessGrants,
  ...evidenceGrants,
  ...logGrants,
  ...organizationGrants,
  ...postureGrants,
  ...serviceGrants,
  ...networkGrants,
  'ec2:AuthorizeSecurityGroupEgress': [
    {
      action: 'ec2:AuthorizeSecurityGroupEgress',
      resources: [securityGroups],
      condition: unfinished,
    },
  ],
  'ec2:AuthorizeSecurityGroupIngress': [
    { action: 'ec2:AuthorizeSecurityGroupIngress', resources: [securityGroups, groupRules] },
  ],
  'ec2:CreateSecurityGroup': [
    { action: 'ec2:CreateSecurityGroup', resources: ['arn:aws:ec2:*:*:vpc/*', securityGroups] },
    {
      action: 'ec2:CreateTags',
      resources: [securityGroups],
      condition: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
    },
  ],
  'ec2:CreateSnapshots': [
    {
      action: 'ec2:CreateSnapshots',
      resources: [instances, 'arn:aws:ec2:*:*:volume/*', snapshots],
    },
    {
      action: 'ec2:CreateTags',
      resources: [snapshots],
      condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
    },
  ],
  'ec2:CreateTags': [
    { action: 'ec2:CreateTags', resources: [securityGroups], condition: unfinished },
  ],
  'ec2:DescribeImageAttribute': [{ action: 'ec2:DescribeImageAttribute', resources: [images] }],
  'ec2:DescribeImages': [{ action: 'ec2:DescribeImages', resources: everything }],
  'ec2:DescribeInstanceAttribute': [
    { action: 'ec2:DescribeInstanceAttribute', resources: [instances] },
  ],
  'ec2:DescribeInstances': [{ action: 'ec2:DescribeInstances', resources: everything }],
  'ec2:DescribeLockedSnapshots': [{ action: 'ec2:DescribeLockedSnapshots', resources: everything }],
  'ec2:DescribeNetworkInterfaces': [
    { action: 'ec2:DescribeNetworkInterfaces', resources: everything },
  ],
  'ec2:DescribeSecurityGroupRules': [
    { action: 'ec2:DescribeSecurityGroupRules', resources: everything },
  ],
  'ec2:DescribeSecurityGroups': [{ action: 'ec2:DescribeSecurityGroups', resources: everything }],
  'ec2:DescribeSnapshotAttribute': [
    { action: 'ec2:DescribeSnapshotAttribute', resources: [snapshots] },
  ],
  'ec2:DescribeSnapshots': [{ action: 'ec2:DescribeSnapshots', resources: everything }],
  'ec2:DescribeVolumes': [{ action: 'ec2:DescribeVolumes', resources: everything }],
  'ec2:LockSnapshot': [
    { action: 'ec2:LockSnapshot', resources: [snapshots], condition: ownEvidence },
  ],
  'ec2:ModifyImageAttribute': [{ action: 'ec2:ModifyImageAttribute', resources: [images] }],
  'ec2:ModifyNetworkInterfaceAttribute': [
    {
      action: 'ec2:ModifyNetworkInterfaceAttribute',
      resources: ['arn:aws:ec2:*:*:network-interface/*', securityGroups],
    },
  ],
  'ec2:ModifySnapshotAttribute': [
    { action: 'ec2:ModifySnapshotAttribute', resources: [snapshots] },
  ],
  'ec2:RevokeSecurityGroupEgress': [
    { action: 'ec2:RevokeSecurityGroupEgress', resources: [securityGroups], condition: unfinished },
  ],
  'ec2:RevokeSecurityGroupIngress': [
    { action: 'ec2:RevokeSecurityGroupIngress', resources: [securityGroups] },
  ],
  'ec2:StartInstances': [
    { action: 'ec2:StartInstances', resources: [instances] },
    {
      action: 'kms:CreateGrant',
      resources: ['arn:aws:kms:*:*:key/*'],
      condition: forEncryptedVolumes,
    },
  ],
  'ec2:StopInstances': [{ action: 'ec2:StopInstances', resources: [instances] }],
  'guardduty:ArchiveFindings': [{ action: 'guardduty:ArchiveFindings', resources: everything }],
  'guardduty:GetFindings': [{ action: 'guardduty:GetFindings', resources: everything }],
  'guardduty:ListDetectors': [{ action: 'guardduty:ListDetectors', resources: everything }],
  'guardduty:UnarchiveFindings': [{ action: 'guardduty:UnarchiveFindings', resources: everything }],
  'iam:AttachUserPolicy': [
    { action: 'iam:AttachUserPolicy', resources: users, condition: onlyDenyAll },
  ],
  'iam:DeleteRolePolicy': [{ action: 'iam:DeleteRolePolicy', resources: roles }],
  'iam:DetachUserPolicy': [
    { action: 'iam:DetachUserPolicy', resources: users, condition: onlyDenyAll },
  ],
  'iam:GetAccessKeyLastUsed': [{ action: 'iam:GetAccessKeyLastUsed', resources: users }],
  'iam:GetAccountSummary': [{ action: 'iam:GetAccountSummary', resources: everything }],
  'iam:DeleteLoginProfile': [{ action: 'iam:DeleteLoginProfile', resources: users }],
  'iam:GetLoginProfile': [{ action: 'iam:GetLoginProfile', resources: users }],
  'iam:GetRole': [{ action: 'iam:GetRole', resources: roles }],
  'iam:GetRolePolicy': [{ action: 'iam:GetRolePolicy', resources: roles }],
  'iam:GetUser': [{ action: 'iam:GetUser', resources: users }],
  'iam:ListAccessKeys': [{ action: 'iam:ListAccessKeys', resources: users }],
  'iam:ListAttachedUserPolicies': [{ action: 'iam:ListAttachedUserPolicies', resources: users }],
  'iam:ListInstanceProfilesForRole': [
    { action: 'iam:ListInstanceProfilesForRole', resources: roles },
  ],
  'iam:ListRolePolicies': [{ action: 'iam:ListRolePolicies', resources: roles }],
  'iam:ListRoleTags': [{ action: 'iam:ListRoleTags', resources: ownRoles }],
  'iam:ListServiceSpecificCredentials': [
    { action: 'iam:ListServiceSpecificCredentials', resources: users },
  ],
  'iam:ListSigningCertificates': [{ action: 'iam:ListSigningCertificates', resources: users }],
  'iam:ListSSHPublicKeys': [{ action: 'iam:ListSSHPublicKeys', resources: users }],
  'iam:ListUserTags': [{ action: 'iam:ListUserTags', resources: users }],
  'iam:PutRolePolicy': [{ action: 'iam:PutRolePolicy', resources: roles }],
  'iam:UpdateAccessKey': [{ action: 'iam:UpdateAccessKey', resources: users }],
  's3:DeleteBucketPolicy': [{ action: 's3:DeleteBucketPolicy', resources: buckets }],
  's3:DeletePublicAccessBlock': [{ action: 's3:PutBucketPublicAccessBlock', resources: buckets }],
  's3:GetBucketAcl': [{ action: 's3:GetBucketAcl', resources: buckets }],
  's3:GetBucketLocation': [{ action: 's3:GetBucketLocation', resources: buckets }],
  's3:GetBucketPolicy': [{ action: 's3:GetBucketPolicy', resources: buckets }],
  's3:GetBucketPolicyStatus': [{ action: 's3:GetBucketPolicyStatus', resources: buckets }],
  's3:GetBucketTagging': [{ action: 's3:GetBucketTagging', resources: buckets }],
  's3:GetBucketWebsite': [{ action: 's3:GetBucketWebsite', resources: buckets }],
  's3:GetPublicAccessBlock': [{ action: 's3:GetBucketPublicAccessBlock', resources: buckets }],
  's3:PutBucketPolicy': [{ action: 's3:PutBucketPolicy', resources: buckets }],
  's3:PutPublicAccessBlock': [{ action: 's3:PutBucketPublicAccessBlock', resources: buckets }],
  'securityhub:BatchUpdateFindings': [
    { action: 'securityhub:BatchUpdateFindings', resources: hubs },
  ],
  'securityhub:GetFindings': [{ action: 'securityhub:GetFindings', resources: hubs }],
};

/**
 * What a role is used for: the read role plans every action, and asks for the
 * version of the other roles; a response role plans again at the
 * start of an execution, then executes, verifies and undoes its own actions.
 */
const operationsOf = (role: MemberRole): ReadonlySet<Operation> =>
  new Set(
    role === 'read'
      ? [...actions.flatMap((action) => action.permissions.plan), 'iam:ListRoleTags']
      : actions
          .filter((action) => action.role === role)
          .flatMap(({ permissions }) => Object.values(permissions).flat()),
  );

const writesRoles = /^iam:((Put|Delete)RolePolicy|PassRole)$/;
const changesInstances = 'ec2:ModifyInstanceAttribute';

/** A start script runs as root: it is no attribute that containment changes. */
const noUserData: Statement = {
  Effect: 'Deny',
  Action: [changesInstances],
  Resource: ['arn:aws:ec2:*:*:instance/*'],
  Condition: { StringEqualsIgnoreCase: { 'ec2:Attribute': 'userData' } },
};

/**
 * Who writes policies of roles could give itself every right, and so could who hands roles to
 * machines: not through the roles that Cordon itself runs as, whatever else a policy allows.
 */
const protection = (allowed: readonly Statement[]): readonly Statement[] => {
  const Action = allowed.flatMap((statement) =>
    statement.Action.filter((each) => writesRoles.test(each)),
  );
  return [
    ...(Action.length === 0 ? [] : [{ Effect: 'Deny' as const, Action, Resource: ownRoles }]),
    ...(allowed.some((statement) => statement.Action.includes(changesInstances))
      ? [noUserData]
      : []),
  ];
};

/**
 * What the actions need of a role, and `also` these operations. One statement for each set of
 * resources and conditions; equal input gives equal text. A role's whole policy is `memberPolicy`
 * in src/app/member-policy.ts.
 */
export const rolePolicy = (
  role: MemberRole,
  also: readonly Operation[] = [],
  names: RoleNames = defaultRoleNames,
): PolicyDocument => {
  const statements = new Map<string, Statement>();
  for (const operation of [...new Set([...operationsOf(role), ...also])].sort())
    for (const { action, resources, condition } of grants[operation]) {
      const key = JSON.stringify([resources, condition]);
      const known = statements.get(key)?.Action ?? [];
      statements.set(key, {
        Effect: 'Allow',
        Action: [...known.filter((each) => each !== action), action],
        Resource: resources,
        ...(condition ? { Condition: condition } : {}),
      });
    }
  const allowed = [...statements.values()];
  return {
    Version: '2012-10-17',
    Statement: [...allowed, ...protection(allowed)].map((statement) => ({
      ...statement,
      Resource: statement.Resource.map((each) => underNames(each, names)),
    })),
  };
};

/** The roles that the listed actions need at all. */
export const rolesInUse = (): readonly MemberRole[] => [
  'read',
  ...new Set(actions.map((action) => action.role)),
];
