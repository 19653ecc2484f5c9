/**
 * Is the policy sound? AWS's grammar and best practices; errors and security warnings only, because a
 * responder has no use for style. Free of charge.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 */
import type { ValidatePolicyFinding } from '@aws-sdk/client-accessanalyzer';
import { type PolicyChecked, whyNot } from '../../actions/policy-checked.ts';
import type { PolicyChecker, PolicyToCheck } from '../policy.ts';

const serious = ['ERROR', 'SECURITY_WARNING'];
/** AWS answers in pages; a policy with more findings than this is not read to its end. */
const mostPages = 5;
const mostFindings = 5;

const inWords = ({ issueCode, findingDetails, locations }: ValidatePolicyFinding): string => {
  const index = (locations?.[0]?.path ?? []).find((part) => part.index !== undefined)?.index;
  const where = index === undefined ? '' : `statement ${index + 1}: `;
  return `${where}${findingDetails ?? ''} (${issueCode})`;
};

const findingsOf = async (aws: PolicyChecker, policy: PolicyToCheck) => {
  const findings: ValidatePolicyFinding[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await aws.call('access-analyzer:ValidatePolicy', {
      policyDocument: policy.document,
      policyType: policy.type,
      ...(policy.validatedAs ? { validatePolicyResourceType: policy.validatedAs } : {}),
      ...(nextToken ? { nextToken } : {}),
    });
    findings.push(...(answer.findings ?? []));
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  return findings.filter(({ findingType }) => serious.includes(findingType ?? ''));
};

export const validatePolicy = async (
  aws: PolicyChecker,
  policy: PolicyToCheck,
): Promise<PolicyChecked> => {
  try {
    const findings = await findingsOf(aws, policy);
    if (findings.length === 0) return { kind: 'passes' };
    const more = findings.length - mostFindings;
    return {
      kind: 'fails',
      because: [
        ...findings.slice(0, mostFindings).map(inWords),
        ...(more > 0 ? [`and ${more} more`] : []),
      ],
    };
  } catch (error) {
    return { kind: 'not-checked', because: whyNot(error) };
  }
};
