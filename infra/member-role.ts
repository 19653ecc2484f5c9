/**
 * infra/member-role.yaml: the roles that Cordon assumes in an account, as plain CloudFormation for a
 * StackSet. The policies come from src/actions; a response role exists only where it is switched on.
 */

import { stringify } from 'yaml';
import type { MemberRole, ResponseRole } from '../src/actions/action.ts';
import { memberRoleName, ownRoleArns, type RoleNames } from '../src/actions/role-names.ts';
import { roleVersion, roleVersionTag } from '../src/actions/role-version.ts';
import { memberPolicy } from '../src/app/member-policy.ts';
import { defaults } from '../src/config/defaults.ts';

type Statement = ReturnType<typeof memberPolicy>['Statement'][number];

/** Characters of a managed policy: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostCharacters = 6144;

/** The names as the template's parameters say them; `withParameters` makes CloudFormation put them in. */
export const parameterNames: RoleNames = {
  path: `\${RolePath}`,
  prefix: `\${RolePrefix}`,
};

/** Each text that names a parameter becomes one that CloudFormation fills in. */
const withParameters = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes(`\${Role`) ? { 'Fn::Sub': value } : value;
  if (Array.isArray(value)) return value.map(withParameters);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      // Already one, with another parameter in it.
      key === 'Fn::Sub' ? [key, inner] : [key, withParameters(inner)],
    ),
  );
};

/** Which function assumes a role: design §2. */
const assumedBy = (role: MemberRole): 'worker' | 'executor' =>
  role === 'read' ? 'worker' : 'executor';

/** Each power is switched on by a parameter of its own; without any, Cordon only observes. */
const switches: Readonly<Record<ResponseRole, readonly [parameter: string, says: string]>> = {
  respond: ['Respond', 'Contain network, instances, buckets, keys, databases and functions here'],
  'respond-identity': ['RespondIdentity', 'Write policies of roles, and pass roles to instances'],
  'respond-findings': [
    'RespondFindings',
    'Archive and update findings: in the administrator account of GuardDuty and Security Hub only',
  ],
  'respond-organization': [
    'RespondOrganization',
    'Attach service control policies: in the account that manages them only',
  ],
};

const changesRoles = /^iam:(?!Get|List)\w*(Role|InstanceProfile)/;

/** Whatever else a role may do: not to the roles of people in an emergency, nor to Cordon's own. */
const spares = (statements: readonly Statement[]): readonly object[] => {
  const Action = [
    ...new Set(
      statements
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap((statement) => statement.Action.filter((action) => changesRoles.test(action))),
    ),
  ];
  return Action.length === 0
    ? []
    : [
        { Effect: 'Deny', Action, Resource: { Ref: 'BreakGlassRoleArns' } },
        { Effect: 'Deny', Action, Resource: ownRoleArns(parameterNames) },
      ];
};

/** As many policies as are needed for each to be small enough; a statement is never cut. */
export const policiesOf = (role: MemberRole): readonly (readonly object[])[] => {
  const { Statement } = memberPolicy(role, parameterNames);
  const policies: object[][] = [[]];
  for (const statement of [...Statement, ...spares(Statement)]) {
    const last = policies.at(-1) ?? [];
    const size = JSON.stringify({ Version: '2012-10-17', Statement: [...last, statement] }).length;
    if (size > mostCharacters - 256) policies.push([statement]);
    else last.push(statement);
  }
  return policies;
};

/** `cordon-respond-identity` as a logical id: `RespondIdentity`. */
const idOf = (role: MemberRole): string =>
  role.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Exactly one function's role, with the secret of this installation, and never without saying for
 * which request; who changes something also says for whom (CloudTrail keeps it as source identity).
 */
const trust = (role: MemberRole): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {
        AWS: {
          'Fn::Sub': `arn:aws:iam::\${SecurityAccount}:role\${RolePath}\${RolePrefix}${assumedBy(role)}`,
        },
      },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: {
        StringEquals: {
          'sts:ExternalId': { Ref: 'ExternalId' },
          'aws:PrincipalOrgID': {
            'Fn::If': ['InOrganization', { Ref: 'OrganizationId' }, { Ref: 'AWS::NoValue' }],
          },
        },
        StringLike: {
          'aws:RequestTag/request': '?*',
          ...(role === 'read' ? {} : { 'sts:SourceIdentity': '?*' }),
        },
      },
    },
  ],
});

const resourcesOf = (role: MemberRole): Readonly<Record<string, object>> => {
  const condition = role === 'read' ? {} : { Condition: switches[role][0] };
  const policies = policiesOf(role).map((Statement, place) => [
    `${idOf(role)}Policy${place + 1}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      ...condition,
      Properties: {
        ManagedPolicyName: `${memberRoleName(role, parameterNames)}-${place + 1}`,
        Path: { Ref: 'RolePath' },
        Description: `Cordon: generated from its actions, version ${roleVersion}`,
        PolicyDocument: { Version: '2012-10-17', Statement },
      },
    },
  ]);
  return {
    [`${idOf(role)}Role`]: {
      Type: 'AWS::IAM::Role',
      ...condition,
      Properties: {
        RoleName: memberRoleName(role, parameterNames),
        Path: { Ref: 'RolePath' },
        Description: `Cordon: assumed by its function ${assumedBy(role)}`,
        AssumeRolePolicyDocument: trust(role),
        ManagedPolicyArns: policies.map(([id]) => ({ Ref: id })),
        PermissionsBoundary: {
          'Fn::If': ['Bounded', { Ref: 'PermissionsBoundary' }, { Ref: 'AWS::NoValue' }],
        },
        Tags: [
          { Key: 'app', Value: 'cordon' },
          { Key: roleVersionTag, Value: String(roleVersion) },
        ],
      },
    },
    ...Object.fromEntries(policies),
  };
};

const parameters = {
  SecurityAccount: {
    Type: 'String',
    AllowedPattern: '^\\d{12}$',
    Description: 'The account that Cordon runs in; its stack has to exist before these roles',
  },
  ExternalId: {
    Type: 'String',
    NoEcho: true,
    AllowedPattern: '^[A-Za-z0-9-]{16,64}$',
    Description: 'The same as in the stack cordon',
  },
  OrganizationId: {
    Type: 'String',
    Default: '',
    AllowedPattern: '^(o-[a-z0-9]{10,32})?$',
    Description: 'Then nobody outside of this organisation can assume the roles',
  },
  PermissionsBoundary: {
    Type: 'String',
    Default: '',
    Description: 'ARN of a policy that bounds the roles',
  },
  RolePath: {
    Type: 'String',
    Default: defaults['roleNames.path'].value,
    AllowedPattern: '^/([A-Za-z0-9_+=,.@-]{1,30}/){0,2}$',
    Description: 'Path of the roles and their policies: roleNames.path of the configuration',
  },
  RolePrefix: {
    Type: 'String',
    Default: defaults['roleNames.prefix'].value,
    AllowedPattern: '^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$',
    Description: 'What their names begin with: roleNames.prefix of the configuration',
  },
  BreakGlassRoleArns: {
    Type: 'CommaDelimitedList',
    Default: 'arn:aws:iam::*:role/break-glass',
    Description: 'Roles of people for emergencies: no action touches them (breakGlassRoles)',
  },
} as const;

const header = [
  '# The roles that Cordon assumes in an account. Generated from src/actions: do not edit.',
  '# Without a switch (Respond, RespondIdentity …) Cordon observes only. See docs/install.md.',
  '',
].join('\n');

export const memberRoles = [
  'read',
  'respond',
  'respond-identity',
  'respond-findings',
  'respond-organization',
] as const satisfies readonly MemberRole[];

export const memberRoleTemplate = () => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Cordon: the roles that it assumes in this account',
  Parameters: {
    ...parameters,
    ...Object.fromEntries(
      Object.values(switches).map(([parameter, Description]) => [
        parameter,
        { Type: 'String', AllowedValues: ['yes', 'no'], Default: 'no', Description },
      ]),
    ),
  },
  Conditions: {
    InOrganization: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'OrganizationId' }, ''] }] },
    Bounded: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PermissionsBoundary' }, ''] }] },
    ...Object.fromEntries(
      Object.values(switches).map(([parameter]) => [
        parameter,
        { 'Fn::Equals': [{ Ref: parameter }, 'yes'] },
      ]),
    ),
  },
  Resources: withParameters(Object.assign({}, ...memberRoles.map(resourcesOf))) as Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }
    >
  >,
});

export const memberRoleYaml = (): string =>
  header + stringify(memberRoleTemplate(), { lineWidth: 100, aliasDuplicateObjects: false });
