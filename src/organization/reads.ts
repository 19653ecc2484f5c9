/** What the read role of the administrator account needs to read the organisation. */
import type { Operation } from '../actions/aws.ts';

export const organizationReads = [
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
  'organizations:ListTagsForResource',
] as const satisfies readonly Operation[];
