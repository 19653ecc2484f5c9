/** Control findings of Security Hub CSPM, which has no operation that counts them. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Reader, Scope } from './question.ts';
import type { Check } from './score.ts';

export type Severities = Readonly<Partial<Record<'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW', number>>>;

export type Found =
  | {
      readonly kind: 'found';
      readonly checks: readonly Check[];
      /** Failed findings by severity. */
      readonly failed: Severities;
      /** CRITICAL and HIGH findings now less those of 7 days ago, where AWS keeps both. */
      readonly trend?: number;
    }
  | { readonly kind: 'too-many' };

const aPage = 100;
const mostPages = 60;
/** At three pages a second, reading this many takes 20 seconds. */
export const mostFindings = aPage * mostPages;

const equals = (...values: readonly string[]) =>
  values.map((Value) => ({ Comparison: 'EQUALS' as const, Value }));

const checkOf = (finding: AwsSecurityFinding): readonly Check[] => {
  const { SecurityControlId: control, Status, AssociatedStandards = [] } = finding.Compliance ?? {};
  if (!control || (Status !== 'FAILED' && Status !== 'PASSED')) return [];
  return [
    {
      control,
      account: finding.AwsAccountId ?? '',
      standards: AssociatedStandards.flatMap(({ StandardsId }) => StandardsId ?? []),
      passed: Status === 'PASSED',
    },
  ];
};

const severityOf = (finding: AwsSecurityFinding): keyof Severities | undefined => {
  const label = finding.Severity?.Label;
  return label === 'CRITICAL' || label === 'HIGH' || label === 'MEDIUM' || label === 'LOW'
    ? label
    : undefined;
};

/** Reads every page, or says that they are too many: a score of a part would be wrong. */
export const controlFindings = async (reader: Reader, scope: Scope): Promise<Found> => {
  const findings: AwsSecurityFinding[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await reader.call('securityhub:GetFindings', {
      Filters: {
        RecordState: equals('ACTIVE'),
        ComplianceStatus: equals('FAILED', 'PASSED'),
        WorkflowStatus: [{ Comparison: 'NOT_EQUALS', Value: 'SUPPRESSED' }],
        ...(scope.kind === 'one'
          ? { AwsAccountId: equals(...scope.accounts.map(({ id }) => id)) }
          : {}),
      },
      MaxResults: aPage,
      ...(token ? { NextToken: token } : {}),
    });
    findings.push(...(answer.Findings ?? []));
    token = answer.NextToken;
    if (!token) break;
  }
  if (token) return { kind: 'too-many' };
  const failed: Partial<Record<keyof Severities, number>> = {};
  for (const finding of findings) {
    const severity = severityOf(finding);
    if (severity && finding.Compliance?.Status === 'FAILED')
      failed[severity] = (failed[severity] ?? 0) + 1;
  }
  return { kind: 'found', checks: findings.flatMap(checkOf), failed };
};
