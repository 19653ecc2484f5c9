/**
 * Whether what the organisation baseline (infra/baseline-stack.ts) switched on for every account is still on:
 * asked where `deployment.baseline` says that it was deployed.
 */
import { analyzers, guardDutyPlans, inspectorScans } from '../baseline.ts';
import { CallFailed } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { detectorOf } from '../detector.ts';
import { answered, type Question, type Reader, usualMinutes } from '../question.ts';

/** One service: how many things are to be on, and which of them are not, in words. */
interface Part {
  readonly service: string;
  readonly count: number;
  off(reader: Reader): Promise<readonly string[]>;
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribeOrganizationConfiguration.html */
const guardDuty: Part = {
  service: 'GuardDuty',
  count: guardDutyPlans.length + 1,
  async off(reader) {
    const DetectorId = await detectorOf(reader);
    if (!DetectorId) return ['GuardDuty', ...guardDutyPlans.map((plan) => `GuardDuty ${plan}`)];
    const { AutoEnableOrganizationMembers, Features = [] } = await reader.call(
      'guardduty:DescribeOrganizationConfiguration',
      { DetectorId },
    );
    const forAll = new Set(
      Features.filter(({ AutoEnable }) => AutoEnable === 'ALL').map(({ Name }) => String(Name)),
    );
    return [
      ...(AutoEnableOrganizationMembers === 'ALL' ? [] : ['GuardDuty']),
      ...guardDutyPlans.filter((plan) => !forAll.has(plan)).map((plan) => `GuardDuty ${plan}`),
    ];
  },
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeOrganizationConfiguration.html */
const securityHub: Part = {
  service: 'Security Hub',
  count: 1,
  async off(reader) {
    const { OrganizationConfiguration } = await reader.call(
      'securityhub:DescribeOrganizationConfiguration',
      {},
    );
    const { ConfigurationType, Status } = OrganizationConfiguration ?? {};
    return ConfigurationType === 'CENTRAL' && Status === 'ENABLED'
      ? []
      : ['central configuration of Security Hub'];
  },
};

const accessAnalyzer: Part = {
  service: 'Access Analyzer',
  count: analyzers.length,
  async off(reader) {
    const found: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await reader.call(
        'access-analyzer:ListAnalyzers',
        nextToken ? { nextToken } : {},
      );
      const running = (page.analyzers ?? []).filter(({ status }) => status === 'ACTIVE');
      found.push(...running.map(({ type }) => String(type)));
      nextToken = page.nextToken;
    } while (nextToken);
    return analyzers
      .filter(({ type }) => !found.includes(type))
      .map(({ looksFor }) => `analyzer of ${looksFor}`);
  },
};

const trail: Part = {
  service: 'CloudTrail',
  count: 1,
  async off(reader) {
    const { trailList = [] } = await reader.call('cloudtrail:DescribeTrails', {
      includeShadowTrails: true,
    });
    for (const each of trailList.filter(({ IsOrganizationTrail }) => IsOrganizationTrail)) {
      const { IsLogging } = await reader.call('cloudtrail:GetTrailStatus', { Name: each.TrailARN });
      if (IsLogging) return [];
    }
    return ['trail of the organisation'];
  },
};

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_DescribeOrganizationConfiguration.html */
const inspector: Part = {
  service: 'Inspector',
  count: inspectorScans.length,
  async off(reader) {
    const { autoEnable } = await reader.call('inspector2:DescribeOrganizationConfiguration', {});
    return inspectorScans
      .filter((scan) => !autoEnable?.[scan])
      .map((scan) => `Inspector of ${scan}`);
  },
};

const parts: readonly Part[] = [guardDuty, securityHub, accessAnalyzer, trail, inspector];

/** What a part says, or the error where AWS did not let it look. */
const offIn = async (part: Part, reader: Reader): Promise<readonly string[] | CallFailed> => {
  try {
    return await part.off(reader);
  } catch (error) {
    if (error instanceof CallFailed) return error;
    throw error;
  }
};

export const organizationBaseline: Question = {
  id: 'organization-baseline',
  title: 'Organisation baseline',
  reads: [
    'guardduty:ListDetectors',
    'guardduty:DescribeOrganizationConfiguration',
    'securityhub:DescribeOrganizationConfiguration',
    'access-analyzer:ListAnalyzers',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'inspector2:DescribeOrganizationConfiguration',
  ],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    // It is of the organisation, not of an account.
    if (scope.kind === 'one') return answered([]);
    const off: string[] = [];
    const unread: string[] = [];
    let count = 0;
    for (const part of parts) {
      const found = await offIn(part, reader);
      if (found instanceof CallFailed) {
        unread.push(part.service);
        // Nothing is known at all.
        if (unread.length === parts.length) throw found;
      } else {
        off.push(...found);
        count += part.count;
      }
    }
    return answered(
      [
        {
          label: 'parts of the baseline that are not on for every account',
          value: off.length,
          of: count,
          verdict: off.length > 0 ? 'act' : 'fine',
          link: consoleUrl('guarddutyAccounts', reader.region),
          ...(off.length > 0 ? { names: off } : {}),
        },
      ],
      unread.length > 0 ? `AWS did not tell about ${unread.join(', ')}` : undefined,
    );
  },
};
