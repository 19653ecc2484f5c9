/**
 * Control findings as the new Security Hub counts them: at most five groupings a call.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingStatisticsV2.html
 */
import type { GroupByField, GroupByRule, OcsfStringField } from '@aws-sdk/client-securityhub';
import { failedAs } from './call-failed.ts';
import type { Reader, Scope } from './question.ts';
import type { Check } from './score.ts';
import type { Found, Severities } from './security-hub-findings.ts';

const mostRules = 5;
const mostValues = 400;
/** Standards and accounts of which a score is worked out. */
const mostScored = 6;
const weekMs = 7 * 86_400_000;

export const isNewHub = async (reader: Reader): Promise<boolean> => {
  try {
    await reader.call('securityhub:DescribeSecurityHubV2', {});
    return true;
  } catch (error) {
    if (failedAs(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
};

type Where = Partial<Record<OcsfStringField, string>>;

const rule = (field: GroupByField, where: Where): GroupByRule => ({
  GroupByField: field,
  Filters: {
    CompositeOperator: 'AND',
    CompositeFilters: [
      {
        Operator: 'AND',
        StringFilters: [
          ...Object.entries(where).map(([FieldName, Value]) => ({
            FieldName: FieldName as OcsfStringField,
            Filter: { Comparison: 'EQUALS' as const, Value },
          })),
          { FieldName: 'status', Filter: { Comparison: 'NOT_EQUALS', Value: 'Suppressed' } },
        ],
      },
    ],
  },
});

type Counts = ReadonlyMap<string, number>;

/** The answers in the order of the rules. */
const count = async (reader: Reader, rules: readonly GroupByRule[]): Promise<readonly Counts[]> => {
  const found: Counts[] = [];
  for (let at = 0; at < rules.length; at += mostRules) {
    const { GroupByResults = [] } = await reader.call('securityhub:GetFindingStatisticsV2', {
      GroupByRules: rules.slice(at, at + mostRules),
      MaxStatisticResults: mostValues,
    });
    found.push(
      ...GroupByResults.map(
        ({ GroupByValues = [] }) =>
          new Map(GroupByValues.map(({ FieldValue = '', Count = 0 }) => [FieldValue, Count])),
      ),
    );
  }
  return found;
};

const largest = (counts: Counts | undefined): readonly string[] =>
  [...(counts ?? [])]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostScored)
    .map(([value]) => value)
    .filter(Boolean);

const severitiesOf = (counts: Counts | undefined): Severities => ({
  CRITICAL: (counts?.get('Critical') ?? 0) + (counts?.get('Fatal') ?? 0),
  HIGH: counts?.get('High') ?? 0,
  MEDIUM: counts?.get('Medium') ?? 0,
  LOW: counts?.get('Low') ?? 0,
});

/** One check for each control that failed or passed in one standard or account. */
const checksOf = (
  failed: Counts | undefined,
  passed: Counts | undefined,
  about: Pick<Check, 'account' | 'standards'>,
): readonly Check[] => [
  ...[...(failed?.keys() ?? [])].map((control) => ({ control, passed: false, ...about })),
  ...[...(passed?.keys() ?? [])].map((control) => ({ control, passed: true, ...about })),
];

const trendOf = async (reader: Reader): Promise<number | undefined> => {
  const { TrendsMetrics = [] } = await reader.call('securityhub:GetFindingsTrendsV2', {
    StartTime: new Date(reader.now() - weekMs),
    EndTime: new Date(reader.now()),
  });
  const bad = TrendsMetrics.map(({ TrendsValues }) => {
    const { Critical = 0, High = 0, Fatal = 0 } = TrendsValues?.SeverityTrends ?? {};
    return Critical + High + Fatal;
  });
  const [first, last] = [bad[0], bad.at(-1)];
  return bad.length < 2 || first === undefined || last === undefined ? undefined : last - first;
};

export const hubStatistics = async (reader: Reader, scope: Scope): Promise<Found> => {
  const [one] = scope.kind === 'one' ? scope.accounts : [];
  const only: Where = one ? { 'cloud.account.uid': one.id } : {};
  const failing: Where = { ...only, 'compliance.status': 'Fail' };
  const passing: Where = { ...only, 'compliance.status': 'Pass' };
  const [failed, passed, severities, standards, accounts] = await count(reader, [
    rule('compliance.control', failing),
    rule('compliance.control', passing),
    rule('severity', failing),
    rule('compliance.standards', only),
    rule('cloud.account.uid', failing),
  ]);
  const groups: readonly Where[] = [
    ...largest(standards).map((id) => ({ 'compliance.standards': id })),
    ...(one ? [] : largest(accounts).map((id) => ({ 'cloud.account.uid': id }))),
  ];
  const grouped = await count(
    reader,
    groups.flatMap((where) => [
      rule('compliance.control', { ...failing, ...where }),
      rule('compliance.control', { ...passing, ...where }),
    ]),
  );
  const checks = groups.flatMap((where, n) =>
    checksOf(grouped[2 * n], grouped[2 * n + 1], {
      account: where['cloud.account.uid'] ?? '',
      standards: where['compliance.standards'] ? [where['compliance.standards']] : [],
    }),
  );
  const trend = one ? undefined : await trendOf(reader);
  return {
    kind: 'found',
    checks: [...checks, ...checksOf(failed, passed, { account: one?.id ?? '', standards: [] })],
    failed: severitiesOf(severities),
    ...(trend === undefined ? {} : { trend }),
  };
};
