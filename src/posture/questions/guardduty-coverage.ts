/** Which accounts GuardDuty does not watch, and how much of what runs its agents cover. */
import { consoleUrl } from '../console.ts';
import { detectorOf, watchedAccounts } from '../detector.ts';
import {
  answered,
  type Figure,
  type Question,
  type Reader,
  type Scope,
  unknown,
  usualMinutes,
} from '../question.ts';

const unwatched = async (reader: Reader, scope: Scope, detector: string): Promise<Figure> => {
  const watched = await watchedAccounts(reader, detector);
  const without = scope.accounts.filter(({ id }) => watched.get(id) !== 'Enabled');
  return {
    label: 'accounts without GuardDuty',
    value: without.length,
    of: scope.accounts.length,
    verdict: without.length > 0 ? 'act' : 'fine',
    link: consoleUrl('guarddutyAccounts', reader.region),
    ...(without.length > 0 ? { names: without.map(({ name }) => name) } : {}),
  };
};

/** Instances, clusters and services that run with an agent; nothing where none report. */
const covered = async (
  reader: Reader,
  scope: Scope,
  DetectorId: string,
): Promise<readonly Figure[]> => {
  const { CoverageStatistics } = await reader.call('guardduty:GetCoverageStatistics', {
    DetectorId,
    StatisticsType: ['COUNT_BY_COVERAGE_STATUS'],
    ...(scope.kind === 'one'
      ? {
          FilterCriteria: {
            FilterCriterion: [
              {
                CriterionKey: 'ACCOUNT_ID',
                FilterCondition: { Equals: scope.accounts.map(({ id }) => id) },
              },
            ],
          },
        }
      : {}),
  });
  const { HEALTHY = 0, UNHEALTHY = 0 } = CoverageStatistics?.CountByCoverageStatus ?? {};
  return HEALTHY + UNHEALTHY === 0
    ? []
    : [
        {
          label: 'resources with unhealthy runtime monitoring',
          value: UNHEALTHY,
          of: HEALTHY + UNHEALTHY,
          verdict: UNHEALTHY > 0 ? 'look' : 'fine',
          link: consoleUrl('guarddutyCoverage', reader.region),
        },
      ];
};

export const guardDutyCoverage: Question = {
  id: 'guardduty-coverage',
  title: 'GuardDuty coverage',
  reads: [
    'guardduty:ListDetectors',
    'guardduty:GetDetector',
    'guardduty:ListMembers',
    'guardduty:GetCoverageStatistics',
  ],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    const detector = await detectorOf(reader);
    if (!detector) return unknown(`GuardDuty is not on in ${reader.account}, ${reader.region}`);
    return answered([
      await unwatched(reader, scope, detector),
      ...(await covered(reader, scope, detector)),
    ]);
  },
};
