/**
 * Does a resource policy let everybody in? Proved by IAM Access Analyzer from the text alone, whatever
 * blocks public access around it. AWS charges for each call.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
 */
import type { AccessCheckResourceType } from '@aws-sdk/client-accessanalyzer';
import { checkedBy, type PolicyChecked } from '../../actions/policy-checked.ts';
import type { PolicyChecker } from '../policy.ts';

export const noPublicAccess = (
  aws: PolicyChecker,
  policy: { readonly document: string; readonly on: AccessCheckResourceType },
): Promise<PolicyChecked> =>
  checkedBy(() =>
    aws.call('access-analyzer:CheckNoPublicAccess', {
      policyDocument: policy.document,
      resourceType: policy.on,
    }),
  );
