/**
 * Whether what the organisation baseline (infra/baseline-stack.ts) switched on for every account is still on:
 * asked where `deployment.baseline` says that it was deployed.
 */
import type { ConfigurationPolicyAssociationSummary } from '@aws-sdk/client-securityhub';
import { analyzers, guardDutyPlans, inspectorScans } from '../baseline.ts';
import { CallFailed } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { detectorOf, watchedAccounts } from '../detector.ts';
import { answered, type Question, type Reader, type Scope, usualMinutes } from '../question.ts';

/** How many things are to be on, and which of them are not, in words. */
interface Found {
  readonly count: number;
  readonly off: readonly string[];
}

interface Part {
  readonly service: string;
  look(reader: Reader, scope: Scope): Promise<Found>;
}

const found = (count: number, off: readonly string[]): Found => ({ count, off });

const nameOf = ({ accounts }: Scope, id: string): string =>
  accounts.find((account) => account.id === id)?.name ?? id;

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribeOrganizationConfiguration.html */
const guardDuty: Part = {
  service: 'GuardDuty',
  async look(reader) {
    const count = guardDutyPlans.length + 1;
    const DetectorId = await detectorOf(reader);
    if (!DetectorId)
      return found(count, ['GuardDuty', ...guardDutyPlans.map((plan) => `GuardDuty ${plan}`)]);
    const { AutoEnableOrganizationMembers, Features = [] } = await reader.call(
      'guardduty:DescribeOrganizationConfiguration',
      { DetectorId },
    );
    const forAll = new Set(
      Features.filter(({ AutoEnable }) => AutoEnable === 'ALL').map(({ Name }) => String(Name)),
    );
    return found(count, [
      ...(AutoEnableOrganizationMembers === 'ALL' ? [] : ['GuardDuty']),
      ...guardDutyPlans.filter((plan) => !forAll.has(plan)).map((plan) => `GuardDuty ${plan}`),
    ]);
  },
};

/** The accounts that are known, and those in which somebody suspended it. */
const guardDutyByAccount: Part = {
  service: 'GuardDuty in the accounts',
  async look(reader, scope) {
    const DetectorId = await detectorOf(reader);
    // That it is off as a whole is told already.
    if (!DetectorId) return found(0, []);
    const watched = await watchedAccounts(reader, DetectorId);
    const suspended = [...watched].filter(([, status]) => status === 'Disabled');
    const known = scope.accounts.map(({ id }) => id);
    const ids = new Set([...known, ...suspended.map(([id]) => id)]);
    return found(
      ids.size,
      [...ids]
        .filter((id) => watched.get(id) !== 'Enabled')
        .map((id) => `GuardDuty in ${nameOf(scope, id)}`),
    );
  },
};

/** What the associations of accounts that look after themselves have instead of a policy's id. */
const selfManaged = 'SELF_MANAGED_SECURITY_HUB';

const associations = async (
  reader: Reader,
): Promise<readonly ConfigurationPolicyAssociationSummary[]> => {
  const all: ConfigurationPolicyAssociationSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await reader.call('securityhub:ListConfigurationPolicyAssociations', {
      Filters: { AssociationType: 'APPLIED' },
      ...(NextToken ? { NextToken } : {}),
    });
    all.push(...(page.ConfigurationPolicyAssociationSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/view-policy.html */
const policyIsOn = async (
  reader: Reader,
  root: ConfigurationPolicyAssociationSummary | undefined,
): Promise<boolean> => {
  const { ConfigurationPolicyId: Identifier, AssociationStatus } = root ?? {};
  if (!Identifier || Identifier === selfManaged || AssociationStatus === 'FAILED') return false;
  const { ConfigurationPolicy } = await reader.call('securityhub:GetConfigurationPolicy', {
    Identifier,
  });
  return ConfigurationPolicy?.SecurityHub?.ServiceEnabled === true;
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeOrganizationConfiguration.html */
const securityHub: Part = {
  service: 'Security Hub',
  async look(reader, scope) {
    const { OrganizationConfiguration } = await reader.call(
      'securityhub:DescribeOrganizationConfiguration',
      {},
    );
    const { ConfigurationType, Status } = OrganizationConfiguration ?? {};
    // Policies can be read only while it is central.
    if (ConfigurationType !== 'CENTRAL' || Status !== 'ENABLED')
      return found(2, ['central configuration of Security Hub']);
    const all = await associations(reader);
    const root = all.find(({ TargetType }) => TargetType === 'ROOT');
    return found(2, [
      ...((await policyIsOn(reader, root)) ? [] : ['policy of Security Hub for the organisation']),
      ...all
        .filter((each) => each !== root && each.ConfigurationPolicyId === selfManaged)
        .map(({ TargetId = '' }) => `Security Hub in ${nameOf(scope, TargetId)}`),
    ]);
  },
};

const accessAnalyzer: Part = {
  service: 'Access Analyzer',
  async look(reader) {
    const active: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await reader.call(
        'access-analyzer:ListAnalyzers',
        nextToken ? { nextToken } : {},
      );
      const running = (page.analyzers ?? []).filter(({ status }) => status === 'ACTIVE');
      active.push(...running.map(({ type }) => String(type)));
      nextToken = page.nextToken;
    } while (nextToken);
    return found(
      analyzers.length,
      analyzers
        .filter(({ type }) => !active.includes(type))
        .map(({ looksFor }) => `analyzer of ${looksFor}`),
    );
  },
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html */
const trail: Part = {
  service: 'CloudTrail',
  async look(reader) {
    const { trailList = [] } = await reader.call('cloudtrail:DescribeTrails', {
      includeShadowTrails: true,
    });
    let off = 'trail of the organisation';
    for (const each of trailList.filter(({ IsOrganizationTrail }) => IsOrganizationTrail)) {
      const { IsLogging } = await reader.call('cloudtrail:GetTrailStatus', { Name: each.TrailARN });
      if (IsLogging && each.IsMultiRegionTrail) return found(1, []);
      if (IsLogging) off = 'trail of the organisation in every Region';
    }
    return found(1, [off]);
  },
};

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_DescribeOrganizationConfiguration.html */
const inspector: Part = {
  service: 'Inspector',
  async look(reader) {
    const { autoEnable } = await reader.call('inspector2:DescribeOrganizationConfiguration', {});
    return found(
      inspectorScans.length,
      inspectorScans.filter((scan) => !autoEnable?.[scan]).map((scan) => `Inspector of ${scan}`),
    );
  },
};

const parts: readonly Part[] = [
  guardDuty,
  guardDutyByAccount,
  securityHub,
  accessAnalyzer,
  trail,
  inspector,
];

/** What a part says, or the error where AWS did not let it look. */
const lookAt = async (part: Part, reader: Reader, scope: Scope): Promise<Found | CallFailed> => {
  try {
    return await part.look(reader, scope);
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
    'guardduty:GetDetector',
    'guardduty:ListMembers',
    'guardduty:DescribeOrganizationConfiguration',
    'securityhub:DescribeOrganizationConfiguration',
    'securityhub:ListConfigurationPolicyAssociations',
    'securityhub:GetConfigurationPolicy',
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
      const seen = await lookAt(part, reader, scope);
      if (seen instanceof CallFailed) {
        unread.push(part.service);
        // Nothing is known at all.
        if (unread.length === parts.length) throw seen;
      } else {
        off.push(...seen.off);
        count += seen.count;
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
