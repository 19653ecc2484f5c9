/**
 * The IAM actions and resources behind src/actions/organization-operations.ts: none of them changes
 * anything. Where `*` stands, AWS knows no resource level for the action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
import type { OrganizationOperations } from './organization-operations.ts';

interface OrganizationGrant {
  readonly action: string;
  readonly resources: readonly string[];
}

const parents = ['arn:aws:organizations::*:ou/*/*', 'arn:aws:organizations::*:root/*/*'];

const on = (action: string, resources: readonly string[]): readonly OrganizationGrant[] => [
  { action, resources },
];

export const organizationGrants: Readonly<
  Record<keyof OrganizationOperations, readonly OrganizationGrant[]>
> = {
  'organizations:ListAccountsForParent': on('organizations:ListAccountsForParent', parents),
  'organizations:ListOrganizationalUnitsForParent': on(
    'organizations:ListOrganizationalUnitsForParent',
    parents,
  ),
  'organizations:ListRoots': on('organizations:ListRoots', ['*']),
  'organizations:ListTagsForResource': on('organizations:ListTagsForResource', [
    'arn:aws:organizations::*:account/o-*/*',
  ]),
};
