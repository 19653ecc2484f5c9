/**
 * Operations of the port that only reading the organisation's accounts calls, as src/actions/aws.ts lists
 * those of actions. Types only.
 */
import type * as Organizations from '@aws-sdk/client-organizations';

export interface OrganizationOperations {
  'organizations:ListAccountsForParent': [
    Organizations.ListAccountsForParentCommandInput,
    Organizations.ListAccountsForParentCommandOutput,
  ];
  'organizations:ListOrganizationalUnitsForParent': [
    Organizations.ListOrganizationalUnitsForParentCommandInput,
    Organizations.ListOrganizationalUnitsForParentCommandOutput,
  ];
  'organizations:ListRoots': [
    Organizations.ListRootsCommandInput,
    Organizations.ListRootsCommandOutput,
  ];
  'organizations:ListTagsForResource': [
    Organizations.ListTagsForResourceCommandInput,
    Organizations.ListTagsForResourceCommandOutput,
  ];
}
