/** What GuardDuty has open, by severity, for all accounts that it watches. */
import { consoleUrl } from '../console.ts';
import { detectorOf } from '../detector.ts';
import { answered, type Question, unknown, usualMinutes, type Verdict } from '../question.ts';

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const levels = [
  { name: 'CRITICAL', from: 9, verdict: 'act' },
  { name: 'HIGH', from: 7, verdict: 'act' },
  { name: 'MEDIUM', from: 4, verdict: 'look' },
  { name: 'LOW', from: 0, verdict: 'fine' },
] as const satisfies readonly { name: string; from: number; verdict: Verdict }[];

export const guardDutyFindings: Question = {
  id: 'guardduty-findings',
  title: 'GuardDuty findings',
  reads: ['guardduty:ListDetectors', 'guardduty:GetFindingsStatistics'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    const detector = await detectorOf(reader);
    if (!detector) return unknown(`GuardDuty is not on in ${reader.account}, ${reader.region}`);
    const { FindingStatistics } = await reader.call('guardduty:GetFindingsStatistics', {
      DetectorId: detector,
      GroupBy: 'SEVERITY',
      FindingCriteria: {
        Criterion: {
          'service.archived': { Equals: ['false'] },
          ...(scope.kind === 'one'
            ? { accountId: { Equals: scope.accounts.map(({ id }) => id) } }
            : {}),
        },
      },
    });
    const groups = FindingStatistics?.GroupedBySeverity ?? [];
    const link = consoleUrl('guarddutyFindings', reader.region);
    const levelOf = (severity = 0) => levels.find(({ from }) => severity >= from)?.name;
    return answered(
      levels.map(({ name, verdict }) => {
        const value = groups
          .filter(({ Severity }) => levelOf(Severity) === name)
          .reduce((total, { TotalFindings = 0 }) => total + TotalFindings, 0);
        return {
          label: `GuardDuty findings open, ${name}`,
          value,
          verdict: value > 0 ? verdict : 'fine',
          link,
        };
      }),
    );
  },
};
