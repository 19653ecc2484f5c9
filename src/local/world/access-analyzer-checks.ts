/**
 * The simulated policy checks of IAM Access Analyzer, as far as the example's policies need them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-checks-validating-policies.html
 */
import type {
  CheckAccessNotGrantedCommandInput,
  CheckNoNewAccessCommandInput,
  CheckNoPublicAccessCommandInput,
  ReasonSummary,
  ValidatePolicyCommandInput,
} from '@aws-sdk/client-accessanalyzer';
import { AwsError } from './aws-error.ts';
import { evaluatePolicies, fits } from './policy-evaluation.ts';
import { isPublicPolicy } from './s3-public.ts';
import type { Handlers } from './world.ts';

type Statement = Readonly<Record<string, unknown>>;

const statementsOf = (text: string | undefined): readonly Statement[] => {
  try {
    return [JSON.parse(text ?? '').Statement ?? []].flat();
  } catch {
    throw new AwsError('InvalidParameterException', 'The policy document is not valid JSON.', 400);
  }
};

const listOf = (value: unknown): readonly string[] =>
  [value].flat().flatMap((each) => (each === undefined ? [] : [String(each)]));

const reasonsOf = (
  statements: readonly Statement[],
  isOne: (statement: Statement) => boolean,
  description: (name: string) => string,
): readonly ReasonSummary[] =>
  statements.flatMap((statement, statementIndex) => {
    if (!isOne(statement)) return [];
    const { Sid } = statement;
    const name = typeof Sid === 'string' ? `sid: ${Sid}` : `index: ${statementIndex}`;
    return [
      {
        description: description(name),
        statementIndex,
        ...(typeof Sid === 'string' ? { statementId: Sid } : {}),
      },
    ];
  });

const answer = (reasons: readonly ReasonSummary[], [good, bad]: readonly [string, string]) =>
  reasons.length === 0
    ? { result: 'PASS', message: good, reasons: [] }
    : { result: 'FAIL', message: bad, reasons };

const isAllow = ({ Effect }: Statement): boolean => Effect === 'Allow';

const withoutSid = ({ Sid: _, ...rest }: Statement): string => JSON.stringify(rest);

/** Codes as docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html lists them. */
const problemsOf = (statement: Statement, policyType: string | undefined) => [
  ...(isAllow(statement) &&
  listOf(statement['Action']).some((action) => /^(\*|iam:(\*|PassRole))$/i.test(action)) &&
  listOf(statement['Resource']).includes('*')
    ? [
        [
          'SECURITY_WARNING',
          'PASS_ROLE_WITH_STAR_IN_RESOURCE',
          'Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources.',
        ] as const,
      ]
    : []),
  ...(isAllow(statement) && statement['NotPrincipal'] !== undefined
    ? [
        [
          'SECURITY_WARNING',
          'ALLOW_WITH_NOT_PRINCIPAL',
          'Using Allow with NotPrincipal can be overly permissive.',
        ] as const,
      ]
    : []),
  ...(policyType === 'IDENTITY_POLICY' && statement['Principal'] !== undefined
    ? [
        [
          'ERROR',
          'UNSUPPORTED_ELEMENT_IN_IDENTITY_POLICY',
          'The element Principal is not supported in an identity-based policy.',
        ] as const,
      ]
    : []),
  ...(policyType === 'IDENTITY_POLICY' &&
  statement['Resource'] === undefined &&
  statement['NotResource'] === undefined
    ? [['ERROR', 'MISSING_RESOURCE', 'Add a Resource or NotResource element.'] as const]
    : []),
];

export const accessAnalyzerChecks = {
  ValidatePolicy({ policyDocument, policyType }: ValidatePolicyCommandInput) {
    const statements = statementsOf(policyDocument);
    return {
      findings: statements.flatMap((statement, index) =>
        problemsOf(statement, policyType).map(([findingType, issueCode, findingDetails]) => ({
          findingType,
          issueCode,
          findingDetails,
          learnMoreLink: `https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#${issueCode}`,
          locations: [{ path: [{ value: 'Statement' }, { index }], span: undefined }],
        })),
      ),
    };
  },

  CheckNoPublicAccess({ policyDocument }: CheckNoPublicAccessCommandInput) {
    const reasons = reasonsOf(
      statementsOf(policyDocument),
      (statement) => isPublicPolicy(JSON.stringify({ Statement: [statement] })),
      (name) => `Public access granted in the statement with ${name}.`,
    );
    return answer(reasons, [
      'The resource policy does not grant public access for the given resource type.',
      'The resource policy grants public access for the given resource type.',
    ]);
  },

  /** New is a statement that allows and was not there; a deny that went is not looked for. */
  CheckNoNewAccess(input: CheckNoNewAccessCommandInput) {
    const known = statementsOf(input.existingPolicyDocument).filter(isAllow).map(withoutSid);
    const reasons = reasonsOf(
      statementsOf(input.newPolicyDocument),
      (statement) => isAllow(statement) && !known.includes(withoutSid(statement)),
      (name) => `New access in the statement with ${name}.`,
    );
    return answer(reasons, [
      'The modified permissions do not grant new access compared to your existing policy.',
      'The modified permissions grant new access compared to your existing policy.',
    ]);
  },

  CheckAccessNotGranted(input: CheckAccessNotGrantedCommandInput) {
    const [{ actions = [] } = {}] = input.access ?? [];
    const text = input.policyDocument ?? '';
    const denied = (action: string): boolean =>
      evaluatePolicies([{ name: '', text }], { action, resource: '*', context: {} }).decision ===
      'explicitDeny';
    const granted = (statement: Statement): boolean =>
      isAllow(statement) &&
      actions.some(
        (action) =>
          listOf(statement['Action']).some((pattern) => fits(pattern, action)) && !denied(action),
      );
    const reasons = reasonsOf(
      statementsOf(text),
      granted,
      (name) => `One or more of the listed actions in the statement with ${name}.`,
    );
    return answer(reasons, [
      'The policy document does not grant access to perform one or more of the listed actions.',
      'The policy document grants access to perform one or more of the listed actions.',
    ]);
  },
} satisfies Handlers;
