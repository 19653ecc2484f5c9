/**
 * The security score, by standard and account, and failed controls by severity: from the statistics
 * of the new Security Hub where it is enabled, else from the control findings of Security Hub CSPM.
 */
import { consoleUrl } from '../console.ts';
import {
  answered,
  type Figure,
  type Question,
  type Reader,
  type Scope,
  unknown,
  usualMinutes,
  type Verdict,
} from '../question.ts';
import { type Score, scores } from '../score.ts';
import { controlFindings, mostFindings, type Severities } from '../security-hub-findings.ts';
import { hubStatistics, isNewHub } from '../security-hub-statistics.ts';

/** Accounts and standards that are named: the lowest scores. */
const mostNamed = 5;

const scoreVerdict = (percent: number): Verdict => {
  if (percent >= 90) return 'fine';
  return percent >= 70 ? 'look' : 'act';
};

const percentage = (label: string, { percent }: Score, link: string): readonly Figure[] =>
  percent === undefined
    ? []
    : [{ label, value: percent, unit: '%', verdict: scoreVerdict(percent), link }];

const lowest = (
  groups: ReadonlyMap<string, Score>,
  label: (key: string) => string,
  link: string,
): readonly Figure[] =>
  [...groups]
    .toSorted(([, a], [, b]) => (a.percent ?? 101) - (b.percent ?? 101))
    .slice(0, mostNamed)
    .flatMap(([key, score]) => percentage(label(key), score, link));

const severityVerdict = (severity: string, count: number): Verdict => {
  if (count === 0) return 'fine';
  if (severity === 'CRITICAL') return 'act';
  return severity === 'HIGH' ? 'look' : 'fine';
};

const failedBy = (severities: Severities, link: string): readonly Figure[] =>
  (['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const).map((severity) => ({
    label: `failed checks of controls, ${severity}`,
    value: severities[severity] ?? 0,
    verdict: severityVerdict(severity, severities[severity] ?? 0),
    link,
  }));

/** `standards/aws-foundational-security-best-practices/v/1.0.0` without what says nothing. */
const standardName = (id: string): string =>
  `score, ${id.replace(/^.*?(standards|ruleset)\//, '').replace('/v/', ' ')}`;

const accountName = (scope: Scope, id: string): string =>
  `score, account ${scope.accounts.find((account) => account.id === id)?.name ?? id}`;

export const securityHub: Question = {
  id: 'security-hub',
  title: 'Security Hub',
  reads: [
    'securityhub:DescribeSecurityHubV2',
    'securityhub:GetFindingStatisticsV2',
    'securityhub:GetFindingsTrendsV2',
    'securityhub:GetFindings',
  ],
  freshMinutes: usualMinutes,
  async atOnce(reader: Reader, scope: Scope) {
    const controls = consoleUrl('securityHubControls', reader.region);
    const standards = consoleUrl('securityHubStandards', reader.region);
    const found = (await isNewHub(reader))
      ? await hubStatistics(reader, scope)
      : await controlFindings(reader, scope);
    if (found.kind === 'too-many')
      return unknown(
        `there are more than ${mostFindings} control findings to read: ask for one account, or turn on the new Security Hub, which counts by itself`,
      );
    const { overall, standards: byStandard, accounts } = scores(found.checks);
    if (overall.percent === undefined) return unknown('no control has data yet');
    return answered([
      ...percentage('security score, computed', overall, standards),
      ...failedBy(found.failed, controls),
      ...(found.trend === undefined
        ? []
        : [
            {
              label: 'more CRITICAL and HIGH findings than 7 days ago',
              value: found.trend,
              verdict: found.trend > 0 ? ('look' as const) : ('fine' as const),
              link: controls,
            },
          ]),
      ...lowest(byStandard, standardName, standards),
      ...(scope.kind === 'all' ? lowest(accounts, (id) => accountName(scope, id), controls) : []),
    ]);
  },
};
