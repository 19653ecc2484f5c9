/**
 * What a check of IAM Access Analyzer found of a policy. A check that could not be made is neither good
 * nor bad, and never stops a containment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-checks-validating-policies.html
 */
import type { ReasonSummary } from '@aws-sdk/client-accessanalyzer';

export type PolicyChecked =
  | { readonly kind: 'passes' }
  /** A sentence each. */
  | { readonly kind: 'fails'; readonly because: readonly string[] }
  | { readonly kind: 'not-checked'; readonly because: string };

interface CheckAnswer {
  readonly result?: string | undefined;
  readonly message?: string | undefined;
  readonly reasons?: readonly ReasonSummary[] | undefined;
}

const mostReasons = 5;

/** Of one of the checks that answer PASS or FAIL with reasons. */
export const checkedBy = async (ask: () => Promise<CheckAnswer>): Promise<PolicyChecked> => {
  try {
    const { result, message, reasons = [] } = await ask();
    if (result === 'PASS') return { kind: 'passes' };
    if (result !== 'FAIL')
      return { kind: 'not-checked', because: 'Access Analyzer gave no result' };
    const said = reasons.flatMap(({ description }) => (description ? [description] : []));
    return {
      kind: 'fails',
      because: said.length > 0 ? said.slice(0, mostReasons) : [message ?? 'It gave no reason.'],
    };
  } catch (error) {
    return { kind: 'not-checked', because: whyNot(error) };
  }
};

/** `Access Analyzer said ThrottlingException: …`, at most 300 characters. */
export const whyNot = (error: unknown): string =>
  `Access Analyzer said ${
    error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 260) : 'nothing'
  }`;
