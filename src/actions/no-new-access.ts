/**
 * Before Cordon writes a policy over another: does it let anybody do what the old one did not? IAM Access
 * Analyzer proves it, so that a mistake in writing a quarantine can never open what it is to close. One
 * call, which AWS charges for.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
 */
import { type Refusal, refuse } from './action.ts';
import type { Aws } from './aws.ts';
import { checkedBy, type PolicyChecked } from './policy-checked.ts';

/** Where nothing was written, nobody was let in by it. */
const nobody = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
});

/** A resource policy; `before` is null where there was none. */
export const noNewAccess = (
  aws: Aws,
  { before, after }: { readonly before: string | null; readonly after: string },
): Promise<PolicyChecked> =>
  checkedBy(() =>
    aws.call('access-analyzer:CheckNoNewAccess', {
      existingPolicyDocument: before ?? nobody,
      newPolicyDocument: after,
      policyType: 'RESOURCE_POLICY',
    }),
  );

/** A policy that grants something new is never written, whatever it was meant for. */
export const refuseNewAccess = (
  checked: PolicyChecked,
  what: string,
): Refusal<'not-permitted'> | undefined =>
  checked.kind === 'fails'
    ? refuse(
        'not-permitted',
        `The policy that Cordon would write to ${what} grants something new, by Access Analyzer: ${checked.because.join(' ')}`,
        'Nothing was changed. Close it by hand, and report this: it is a fault of Cordon.',
      )
    : undefined;

/** For the plan: what was proved, or why it was not. */
export const newAccessInWords = (checked: PolicyChecked): string =>
  checked.kind === 'not-checked'
    ? `Not checked whether the new policy grants anything new, because ${checked.because}. What is written is above.`
    : 'Access Analyzer: the new policy grants nothing that the old one did not.';
