/**
 * From the actions to IAM: which operation needs which IAM actions on what, and the policy of each
 * member role. Mostly the operation is the IAM action; the exceptions are visible in the table.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { MemberRole } from './action.ts';
import type { Operation } from './aws.ts';
import { actions } from './index.ts';

interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** The EC2 describe calls, ListDetectors and GetAccessKeyLastUsed know no resource level. */
const everything = ['*'];
const securityGroups = 'arn:aws:ec2:*:*:security-group/*';
const users = ['arn:aws:iam::*:user/*'];
const detectors = ['arn:aws:guardduty:*:*:detector/*'];
const hubs = ['arn:aws:securityhub:*:*:hub/default'];
/** Only the group that Cordon is making can be emptied or retagged. */
const unfinished = { StringEquals: { 'aws:ResourceTag/cordon': 'quarantine-unfinished' } };

const grants: Readonly<Record<Operation, readonly Grant[]>> = {
  'ec2:CreateSecurityGroup': [
    { action: 'ec2:CreateSecurityGroup', resources: ['arn:aws:ec2:*:*:vpc/*', securityGroups] },
    {
      action: 'ec2:CreateTags',
      resources: [securityGroups],
      condition: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
    },
  ],
  'ec2:CreateTags': [
    { action: 'ec2:CreateTags', resources: [securityGroups], condition: unfinished },
  ],
  'ec2:DescribeInstances': [{ action: 'ec2:DescribeInstances', resources: everything }],
  'ec2:DescribeNetworkInterfaces': [
    { action: 'ec2:DescribeNetworkInterfaces', resources: everything },
  ],
  'ec2:DescribeSecurityGroups': [{ action: 'ec2:DescribeSecurityGroups', resources: everything }],
  'ec2:ModifyNetworkInterfaceAttribute': [
    {
      action: 'ec2:ModifyNetworkInterfaceAttribute',
      resources: ['arn:aws:ec2:*:*:network-interface/*', securityGroups],
    },
  ],
  'ec2:RevokeSecurityGroupEgress': [
    { action: 'ec2:RevokeSecurityGroupEgress', resources: [securityGroups], condition: unfinished },
  ],
  'guardduty:ArchiveFindings': [{ action: 'guardduty:ArchiveFindings', resources: detectors }],
  'guardduty:GetFindings': [{ action: 'guardduty:GetFindings', resources: detectors }],
  'guardduty:ListDetectors': [{ action: 'guardduty:ListDetectors', resources: everything }],
  'guardduty:UnarchiveFindings': [{ action: 'guardduty:UnarchiveFindings', resources: detectors }],
  'iam:GetAccessKeyLastUsed': [{ action: 'iam:GetAccessKeyLastUsed', resources: everything }],
  'iam:ListAccessKeys': [{ action: 'iam:ListAccessKeys', resources: users }],
  'iam:ListUserTags': [{ action: 'iam:ListUserTags', resources: users }],
  'iam:UpdateAccessKey': [{ action: 'iam:UpdateAccessKey', resources: users }],
  'securityhub:BatchUpdateFindings': [
    { action: 'securityhub:BatchUpdateFindings', resources: hubs },
  ],
  'securityhub:GetFindings': [{ action: 'securityhub:GetFindings', resources: hubs }],
};

/**
 * What a role is used for: the read role plans every action; a response role plans again at the
 * start of an execution, then executes, verifies and undoes its own actions.
 */
const operationsOf = (role: MemberRole): ReadonlySet<Operation> =>
  new Set(
    role === 'read'
      ? actions.flatMap((action) => action.permissions.plan)
      : actions
          .filter((action) => action.role === role)
          .flatMap(({ permissions }) => Object.values(permissions).flat()),
  );

/** One statement for each set of resources and conditions; equal input gives equal text. */
export const rolePolicy = (role: MemberRole): PolicyDocument => {
  const statements = new Map<string, Statement>();
  for (const operation of [...operationsOf(role)].sort())
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
  return { Version: '2012-10-17', Statement: [...statements.values()] };
};

/** The roles that the listed actions need at all. */
export const rolesInUse = (): readonly MemberRole[] => [
  'read',
  ...new Set(actions.map((action) => action.role)),
];
