/**
 * What the policy simulator answered, read as a decision with its reasons. Pure.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */

import type { EvaluationResult, Statement } from '@aws-sdk/client-iam';
import { andMore } from '../findings/and-more.ts';

/** Who is asked about, as IAM knows it now. */
export interface Simulated {
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly arn: string;
  /** The ARN of its permissions boundary. */
  readonly boundary?: string;
}

export interface Verdict {
  readonly kind: 'allowed' | 'denied' | 'organisation' | 'boundary' | 'not-allowed' | 'unclear';
  /** Names of the policies whose statements decide. */
  readonly by: readonly string[];
  /** Condition keys of statements about this call, without a value in a simulation. */
  readonly dependsOn: readonly string[];
}

/** An inline policy is named `user_NAME_POLICY` by the simulator; the policy's own name is what people look for. */
const policyName = (id: string, { kind, name }: Simulated): string => {
  const own = `${kind}_${name}_`;
  return id.startsWith(own) ? `${id.slice(own.length)} (inline)` : id;
};

const namesOf = (statements: readonly Statement[], principal: Simulated): readonly string[] => [
  ...new Set(
    statements.flatMap(({ SourcePolicyId: id, StartPosition }) => {
      if (!id) return [];
      const line = StartPosition?.Line ? `, line ${StartPosition.Line}` : '';
      return [`${policyName(id, principal)}${line}`];
    }),
  ),
];

const kindOf = (
  decision: string | undefined,
  {
    byOrganisation,
    byBoundary,
    names,
  }: {
    readonly byOrganisation: boolean | undefined;
    readonly byBoundary: boolean | undefined;
    readonly names: readonly string[];
  },
): Verdict['kind'] => {
  if (decision === 'allowed') return 'allowed';
  if (byOrganisation === false) return 'organisation';
  if (decision === 'explicitDeny' && (names.length > 0 || byBoundary !== false)) return 'denied';
  if (byBoundary === false) return 'boundary';
  return decision === 'implicitDeny' ? 'not-allowed' : 'unclear';
};

/** Of one action on one resource; what is said of the resource itself goes before what is said of all. */
export const verdictOf = (result: EvaluationResult, principal: Simulated): Verdict => {
  const [of] = result.ResourceSpecificResults ?? [];
  const names = namesOf(of?.MatchedStatements ?? result.MatchedStatements ?? [], principal);
  const boundary =
    of?.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail;
  return {
    kind: kindOf(of?.EvalResourceDecision ?? result.EvalDecision, {
      byOrganisation: result.OrganizationsDecisionDetail?.AllowedByOrganizations,
      byBoundary: boundary?.AllowedByPermissionsBoundary,
      names,
    }),
    by: names,
    dependsOn: [
      ...new Set([...(result.MissingContextValues ?? []), ...(of?.MissingContextValues ?? [])]),
    ].sort(),
  };
};

const few = (names: readonly string[]): string => andMore(names, 4, '; ');

/** Why, in a sentence. `principal` has what the policies belong to. */
export const becauseOf = ({ kind, by }: Verdict, principal: Simulated): string => {
  switch (kind) {
    case 'allowed':
      return by.length > 0
        ? `Allowed by ${few(by)}.`
        : 'Allowed; the simulator did not name the statement.';
    case 'denied':
      return by.length > 0
        ? `Denied by ${few(by)}: an explicit deny wins over every allow.`
        : 'Denied by an explicit deny that the simulator did not name.';
    case 'organisation':
      return 'A service control policy of the organisation forbids it, or none allows it. What the policies of the principal say does not matter then.';
    case 'boundary':
      return `Its permissions boundary (${principal.boundary ?? 'not named by IAM'}) does not allow it, whatever its policies say.`;
    case 'not-allowed':
      return 'No statement allows it, and none denies it: attach one and it is allowed.';
    case 'unclear':
      return 'The simulator gave no decision that is known here.';
    default:
      return kind satisfies never;
  }
};
