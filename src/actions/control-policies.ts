/**
 * The service control policy of a quarantine: what it says, whom it leaves out, where it is.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 */
import type { PolicySummary } from '@aws-sdk/client-organizations';
import type { MemberRole } from './action.ts';
import type { Aws } from './aws.ts';
import { memberRolePath, type RoleNames, roleArn } from './role-names.ts';

export const policyName = (account: string): string => `cordon-quarantine-${account}`;

const memberRoles: readonly MemberRole[] = ['read', 'respond', 'respond-identity'];

/** ARNs of the roles that stay able to act: Cordon's own, and those of people for emergencies. */
export const exempted = (
  account: string,
  breakGlass: readonly string[],
  names: RoleNames,
): readonly string[] =>
  [...memberRoles.map((role) => memberRolePath(role, names)), ...breakGlass].map((name) =>
    roleArn(account, name),
  );

/** `aws:PrincipalArn` of a session is the ARN of its role. */
export const policyDocument = (roles: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CordonQuarantine',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
      },
    ],
  });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The ARNs that one statement's condition leaves out; none where it is anything else. */
const leftOut = (statement: unknown): readonly unknown[] => {
  const condition = isRecord(statement) ? statement['Condition'] : undefined;
  const only = isRecord(condition) && Object.keys(condition).join() === 'ArnNotEquals';
  const keys = only ? condition['ArnNotEquals'] : undefined;
  const arns = isRecord(keys) ? keys['aws:PrincipalArn'] : undefined;
  return Array.isArray(arns) ? arns : [];
};

/** Whether a role with this ARN can still act under the policy: no deny of it is without that. */
export const exemptedBy = (content: string, arn: string): boolean => {
  const document: unknown = JSON.parse(content);
  const statements = isRecord(document) ? document['Statement'] : undefined;
  return (
    Array.isArray(statements) &&
    statements.length > 0 &&
    statements.every((each) => leftOut(each).includes(arn))
  );
};

interface PolicyPage {
  readonly Policies?: PolicySummary[] | undefined;
  readonly NextToken?: string | undefined;
}

const allPolicies = async (
  read: (from: { readonly NextToken?: string }) => Promise<PolicyPage>,
): Promise<readonly PolicySummary[]> => {
  const found: PolicySummary[] = [];
  let next: string | undefined;
  do {
    const page = await read(next ? { NextToken: next } : {});
    found.push(...(page.Policies ?? []));
    next = page.NextToken;
  } while (next);
  return found;
};

const Filter = 'SERVICE_CONTROL_POLICY' as const;

/** Undefined when the organisation has no policy of that name. */
export const controlPolicyNamed = async (
  name: string,
  aws: Aws,
): Promise<{ readonly id: string; readonly content: string } | undefined> => {
  const policies = await allPolicies((from) =>
    aws.call('organizations:ListPolicies', { Filter, ...from }),
  );
  const id = policies.find(({ Name }) => Name === name)?.Id;
  if (!id) return undefined;
  const { Policy } = await aws.call('organizations:DescribePolicy', { PolicyId: id });
  return { id, content: Policy?.Content ?? '' };
};

/** Undefined when the organisation has no such account. */
export const policiesOn = async (
  account: string,
  aws: Aws,
): Promise<readonly PolicySummary[] | undefined> => {
  try {
    return await allPolicies((from) =>
      aws.call('organizations:ListPoliciesForTarget', { Filter, TargetId: account, ...from }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'TargetNotFoundException') return undefined;
    throw error;
  }
};
