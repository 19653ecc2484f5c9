/**
 * Who outside can reach what, what nobody uses, and who inside reaches what is critical: active
 * findings of IAM Access Analyzer, and the buckets that anybody can reach.
 */
import type { AnalyzerSummary, FindingsStatistics } from '@aws-sdk/client-accessanalyzer';
import { consoleUrl } from '../console.ts';
import {
  answered,
  type Figure,
  type Question,
  type Reader,
  unknown,
  usualMinutes,
} from '../question.ts';

const analyzers = async (reader: Reader): Promise<readonly AnalyzerSummary[]> => {
  const found: AnalyzerSummary[] = [];
  let nextToken: string | undefined;
  do {
    const page = await reader.call('access-analyzer:ListAnalyzers', {
      ...(nextToken ? { nextToken } : {}),
    });
    found.push(...(page.analyzers ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return found.filter(({ status }) => status === 'ACTIVE');
};

const figuresOf = (statistics: FindingsStatistics, link: string): readonly Figure[] => {
  const external = statistics.externalAccessFindingsStatistics;
  const internal = statistics.internalAccessFindingsStatistics;
  const unused = statistics.unusedAccessFindingsStatistics;
  const figure = (label: string, value: number, verdict: 'look' | 'act'): Figure => ({
    label,
    value,
    verdict: value > 0 ? verdict : 'fine',
    link,
  });
  if (external)
    return [
      figure('active findings of outside access', external.totalActiveFindings ?? 0, 'look'),
      figure(
        'buckets open to everybody',
        external.resourceTypeStatistics?.['AWS::S3::Bucket']?.totalActivePublic ?? 0,
        'act',
      ),
    ];
  if (internal)
    return [figure('active findings of inside access', internal.totalActiveFindings ?? 0, 'look')];
  if (unused)
    return [figure('active findings of unused access', unused.totalActiveFindings ?? 0, 'look')];
  return [];
};

/** The organisation's analyzer where there is one, so that nothing is counted twice. */
const widest = (all: readonly AnalyzerSummary[]): readonly AnalyzerSummary[] => {
  const wide = all.filter(({ type }) => type?.startsWith('ORGANIZATION'));
  const kind = ({ type }: AnalyzerSummary) => (type ?? '').replace(/^(ORGANIZATION|ACCOUNT)/, '');
  return [
    ...wide,
    ...all.filter((one) => !wide.includes(one) && !wide.some((each) => kind(each) === kind(one))),
  ];
};

const read = async (reader: Reader, chosen: readonly AnalyzerSummary[]) => {
  const link = consoleUrl('accessAnalyzer', reader.region);
  const figures: Figure[] = [];
  for (const { arn } of chosen) {
    const { findingsStatistics = [] } = await reader.call('access-analyzer:GetFindingsStatistics', {
      analyzerArn: arn,
    });
    figures.push(...findingsStatistics.flatMap((statistics) => figuresOf(statistics, link)));
  }
  const missing = ['outside', 'unused', 'inside'].filter(
    (kind) => !figures.some(({ label }) => label.includes(`of ${kind} access`)),
  );
  return answered(
    figures,
    missing.length > 0 ? `no analyzer looks for ${missing.join(' or ')} access` : undefined,
  );
};

export const accessAnalyzer: Question = {
  id: 'access-analyzer',
  title: 'Access Analyzer',
  reads: ['access-analyzer:ListAnalyzers', 'access-analyzer:GetFindingsStatistics'],
  freshMinutes: usualMinutes,
  /** Statistics are of a whole analyzer: for one account, its own is asked. */
  async atOnce(reader, scope) {
    if (scope.kind === 'one') return undefined;
    const all = await analyzers(reader);
    const wide = all.filter(({ type }) => type?.startsWith('ORGANIZATION'));
    return wide.length > 0 ? read(reader, wide) : undefined;
  },
  async ofEach(reader) {
    const all = await analyzers(reader);
    return all.length > 0
      ? read(reader, widest(all))
      : unknown(`there is no analyzer in ${reader.account}, ${reader.region}`);
  },
};
