/**
 * The simulated Security Hub's control findings, one by one and as the new one counts them.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingStatisticsV2.html
 */
import type {
  GetConfigurationPolicyCommandInput,
  GetFindingStatisticsV2CommandInput,
  GetFindingsCommandInput,
  GetFindingsTrendsV2CommandInput,
  GroupByRule,
} from '@aws-sdk/client-securityhub';
import { AwsError } from './aws-error.ts';
import type { ControlCheck } from './posture-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const aPage = 100;

const hubPolicyId = '1a2b3c4d-0000-4000-8000-000000000001';

const isEnabled = ({ posture }: Partition): void => {
  if (!posture.newHub)
    throw new AwsError('ResourceNotFoundException', 'Security Hub is not enabled.', 404);
};

/** A page of `GetFindings` where the filters ask for compliance. */
export const controlFindings = (input: GetFindingsCommandInput, { posture }: Partition): object => {
  const accounts = input.Filters?.AwsAccountId?.map(({ Value }) => Value);
  const found = posture.checks.filter(
    (check) => !check.suppressed && (!accounts || accounts.includes(check.account)),
  );
  const from = Number(input.NextToken ?? 0);
  const next = from + aPage;
  return {
    Findings: found.slice(from, next).map((check) => ({
      AwsAccountId: check.account,
      Severity: { Label: check.severity },
      RecordState: 'ACTIVE',
      Compliance: {
        SecurityControlId: check.control,
        Status: check.status,
        AssociatedStandards: check.standards.map((StandardsId) => ({ StandardsId })),
      },
    })),
    ...(next < found.length ? { NextToken: String(next) } : {}),
  };
};

const words = { CRITICAL: 'Critical', HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low' } as const;

/** The values of a check by the names of OCSF. */
const fields: Readonly<Record<string, (check: ControlCheck) => readonly string[]>> = {
  'cloud.account.uid': ({ account }) => [account],
  'compliance.control': ({ control }) => [control],
  'compliance.standards': ({ standards }) => standards,
  'compliance.status': ({ status }) => [status === 'PASSED' ? 'Pass' : 'Fail'],
  severity: ({ severity }) => [words[severity]],
  status: ({ suppressed }) => [suppressed ? 'Suppressed' : 'New'],
};

const valuesOf = (check: ControlCheck, field: string | undefined): readonly string[] => {
  const read = fields[field ?? ''];
  if (!read)
    throw new AwsError(
      'NotImplementedBySimulator',
      `The simulated Security Hub does not know the field ${field}: add it in src/local/world/posture-hub.ts`,
      501,
    );
  return read(check);
};

const fits = (check: ControlCheck, { Filters }: GroupByRule): boolean =>
  (Filters?.CompositeFilters ?? []).every(({ StringFilters = [] }) =>
    StringFilters.every(({ FieldName, Filter }) => {
      const has = valuesOf(check, FieldName).includes(Filter?.Value ?? '');
      return Filter?.Comparison === 'NOT_EQUALS' ? !has : has;
    }),
  );

const counted = (checks: readonly ControlCheck[], rule: GroupByRule) => {
  const counts = new Map<string, number>();
  for (const check of checks.filter((each) => fits(each, rule)))
    for (const value of valuesOf(check, rule.GroupByField))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  return {
    GroupByField: rule.GroupByField,
    GroupByValues: [...counts].map(([FieldValue, Count]) => ({ FieldValue, Count })),
  };
};

export const postureHubHandlers = {
  DescribeOrganizationConfiguration: (_input: object, { partition: { posture } }: Call) => ({
    AutoEnable: false,
    OrganizationConfiguration: posture.centralHub
      ? { ConfigurationType: 'CENTRAL', Status: 'ENABLED' }
      : { ConfigurationType: 'LOCAL' },
  }),

  /** The policy of the root, and what is not under it. */
  ListConfigurationPolicyAssociations: (_input: object, { partition: { posture } }: Call) => ({
    ConfigurationPolicyAssociationSummaries: [
      ...(posture.hubPolicy
        ? [
            {
              ConfigurationPolicyId: hubPolicyId,
              TargetId: 'r-exam',
              TargetType: 'ROOT',
              AssociationType: 'APPLIED',
              AssociationStatus: posture.hubPolicy.status,
            },
          ]
        : []),
      ...(posture.ownHubs ?? []).map((TargetId) => ({
        ConfigurationPolicyId: 'SELF_MANAGED_SECURITY_HUB',
        TargetId,
        TargetType: 'ACCOUNT',
        AssociationType: 'APPLIED',
        AssociationStatus: 'SUCCESS',
      })),
    ],
  }),

  GetConfigurationPolicy(
    { Identifier }: GetConfigurationPolicyCommandInput,
    { partition: { posture } }: Call,
  ) {
    if (Identifier !== hubPolicyId || !posture.hubPolicy)
      throw new AwsError('ResourceNotFoundException', 'There is no such policy.', 404);
    return {
      Id: Identifier,
      ConfigurationPolicy: { SecurityHub: { ServiceEnabled: posture.hubPolicy.enabled } },
    };
  },

  DescribeSecurityHubV2(_input: object, { partition }: Call) {
    isEnabled(partition);
    return { HubV2Arn: `arn:aws:securityhub:${partition.region}:${partition.account}:hubv2/1` };
  },

  GetFindingStatisticsV2(input: GetFindingStatisticsV2CommandInput, { partition }: Call) {
    isEnabled(partition);
    const rules = input.GroupByRules ?? [];
    if (rules.length === 0 || rules.length > 5)
      throw new AwsError('ValidationException', 'GroupByRules has 1 to 5 members.');
    return { GroupByResults: rules.map((rule) => counted(partition.posture.checks, rule)) };
  },

  GetFindingsTrendsV2(input: GetFindingsTrendsV2CommandInput, { partition }: Call) {
    isEnabled(partition);
    const { checks, weekAgo } = partition.posture;
    const now = (severity: ControlCheck['severity']) =>
      checks.filter((check) => check.status === 'FAILED' && check.severity === severity).length;
    const at = (Timestamp: Date | undefined, Critical: number, High: number) => ({
      Timestamp,
      TrendsValues: { SeverityTrends: { Critical, High, Fatal: 0 } },
    });
    return {
      Granularity: 'Daily',
      TrendsMetrics: [
        at(input.StartTime, 0, weekAgo),
        at(input.EndTime, now('CRITICAL'), now('HIGH')),
      ],
    };
  },
} satisfies Handlers;
