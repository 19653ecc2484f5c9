/**
 * Does a policy grant none of these actions, on anything? Proved by IAM Access Analyzer, wildcards
 * included. AWS charges for each call.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckAccessNotGranted.html
 */
import { checkedBy, type PolicyChecked } from '../../actions/policy-checked.ts';
import type { PolicyChecker } from '../policy.ts';

/** AWS takes so many actions in one call. */
const mostActions = 100;

/** Of an identity policy. More actions than one call takes are asked for in several. */
export const accessNotGranted = async (
  aws: PolicyChecker,
  document: string,
  actions: readonly string[],
): Promise<PolicyChecked> => {
  for (let from = 0; from < actions.length; from += mostActions) {
    const checked = await checkedBy(() =>
      aws.call('access-analyzer:CheckAccessNotGranted', {
        policyDocument: document,
        policyType: 'IDENTITY_POLICY',
        access: [{ actions: [...actions.slice(from, from + mostActions)] }],
      }),
    );
    if (checked.kind !== 'passes') return checked;
  }
  return { kind: 'passes' };
};
