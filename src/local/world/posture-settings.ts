/** Settings and counts of the simulated services that only questions of posture read. */

import type { SelectAggregateResourceConfigCommandInput } from '@aws-sdk/client-config-service';
import type {
  DescribeOrganizationConfigurationCommandInput,
  GetCoverageStatisticsCommandInput,
  GetFindingsStatisticsCommandInput,
} from '@aws-sdk/client-guardduty';
import type { ListFindingAggregationsCommandInput } from '@aws-sdk/client-inspector2';
import type {
  ListChildrenCommandInput,
  ListTargetsForPolicyCommandInput,
} from '@aws-sdk/client-organizations';
import type { GetBucketEncryptionCommandInput } from '@aws-sdk/client-s3';
import type { GetPublicAccessBlockCommandInput } from '@aws-sdk/client-s3-control';
import { accessAnalyzer } from './access-analyzer.ts';
import { accessAnalyzerChecks } from './access-analyzer-checks.ts';
import { AwsError } from './aws-error.ts';
import { findDetector } from './guardduty.ts';
import { organizationOf } from './organizations.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers, World } from './world.ts';

/** The queries that questions make, by what they count in one account. */
const queries: Readonly<Record<string, (partition: Partition) => number>> = {
  "resourceType = 'AWS::S3::Bucket'": ({ buckets }) => buckets.size,
  "resourceType = 'AWS::S3::Bucket' AND supplementaryConfiguration.ServerSideEncryptionConfiguration.rules.applyServerSideEncryptionByDefault.sseAlgorithm LIKE 'aws:kms%'":
    ({ buckets }) => [...buckets.values()].filter(({ kms }) => kms).length,
  "resourceType = 'AWS::RDS::DBInstance'": ({ services }) => services.databases.size,
  "resourceType = 'AWS::RDS::DBInstance' AND configuration.storageEncrypted = false": ({
    services,
  }) => [...services.databases.values()].filter(({ encrypted }) => !encrypted).length,
  "resourceType = 'AWS::KMS::Key' AND configuration.keyState = 'PendingDeletion'": ({ services }) =>
    [...services.keys.values()].filter(({ state }) => state === 'PendingDeletion').length,
};

const rowsOf = (world: World, expression: string): readonly string[] => {
  const where = /^SELECT accountId, COUNT\(\*\) WHERE (.+) GROUP BY accountId$/.exec(
    expression,
  )?.[1];
  const count = queries[where ?? ''];
  if (!count)
    throw new AwsError(
      'NotImplementedBySimulator',
      `The simulated AWS Config does not know the query ${expression}: add it in src/local/world/posture-settings.ts`,
      501,
    );
  return [...world.accounts.keys()].flatMap((accountId) => {
    const found = [...world.partitions.values()]
      .filter(({ account }) => account === accountId)
      .reduce((total, partition) => total + count(partition), 0);
    return found > 0 ? [JSON.stringify({ accountId, 'COUNT(*)': found })] : [];
  });
};

const config = {
  DescribeConfigurationAggregators: (_input: object, { partition }: Call) => ({
    ConfigurationAggregators: partition.posture.aggregator
      ? [
          {
            ConfigurationAggregatorName: partition.posture.aggregator,
            OrganizationAggregationSource: { AllAwsRegions: true },
          },
        ]
      : [],
  }),

  SelectAggregateResourceConfig: (
    input: SelectAggregateResourceConfigCommandInput,
    { world }: Call,
  ) => ({ Results: rowsOf(world, input.Expression ?? '') }),
} satisfies Handlers;

/** Not every Region that has to be enabled: those that the world is asked about. */
const optIn = /^(af|il|me|mx)-|^eu-south-|^ca-west-/;

const ec2 = {
  /** The simulated accounts have the Regions in which something is. */
  DescribeRegions: (_input: object, { world, account, region }: Call) => ({
    Regions: [
      ...new Set([
        region,
        ...[...world.partitions.values()]
          .filter((each) => each.account === account.id)
          .map((each) => each.region),
      ]),
    ].map((RegionName) => ({
      RegionName,
      OptInStatus: optIn.test(RegionName) ? 'opted-in' : 'opt-in-not-required',
    })),
  }),

  GetEbsEncryptionByDefault: (_input: object, { partition: { posture } }: Call) => ({
    EbsEncryptionByDefault: posture.encryptsNewVolumes,
  }),

  GetSnapshotBlockPublicAccessState: (_input: object, { partition: { posture } }: Call) => ({
    State: posture.blocksPublicSnapshots ? 'block-all-sharing' : 'unblocked',
  }),

  GetImageBlockPublicAccessState: (_input: object, { partition: { posture } }: Call) => ({
    ImageBlockPublicAccessState: posture.blocksPublicImages ? 'block-new-sharing' : 'unblocked',
  }),
} satisfies Handlers;

const guardduty = {
  GetFindingsStatistics(input: GetFindingsStatisticsCommandInput, { partition }: Call) {
    const { findings } = findDetector(partition, input.DetectorId);
    const accounts = input.FindingCriteria?.Criterion?.['accountId']?.Equals;
    const counts = new Map<number, number>();
    for (const { AccountId = '', Severity = 0, Service } of findings.values())
      if (!Service?.Archived && (!accounts || accounts.includes(AccountId)))
        counts.set(Severity, (counts.get(Severity) ?? 0) + 1);
    return {
      FindingStatistics: {
        GroupedBySeverity: [...counts].map(([Severity, TotalFindings]) => ({
          Severity,
          TotalFindings,
        })),
      },
    };
  },

  GetCoverageStatistics(input: GetCoverageStatisticsCommandInput, { partition }: Call) {
    findDetector(partition, input.DetectorId);
    const { healthy, unhealthy } = partition.posture.runtime;
    return {
      CoverageStatistics: { CountByCoverageStatus: { HEALTHY: healthy, UNHEALTHY: unhealthy } },
    };
  },

  /** Four plans a page. */
  DescribeOrganizationConfiguration(
    { NextToken = '0' }: DescribeOrganizationConfigurationCommandInput,
    { partition: { detector } }: Call,
  ) {
    const { members = 'NONE', plans = [] } = detector?.organization ?? {};
    const end = Number(NextToken) + 4;
    return {
      AutoEnableOrganizationMembers: members,
      MemberAccountLimitReached: false,
      Features: plans.slice(Number(NextToken), end).map((Name) => ({ Name, AutoEnable: 'ALL' })),
      ...(end < plans.length ? { NextToken: String(end) } : {}),
    };
  },

  ListMembers: (_input: object, { world, account, region }: Call) => ({
    Members: [...world.partitions.values()]
      .filter((each) => each.region === region && each.detector?.administrator === account.id)
      .map((each) => ({
        AccountId: each.account,
        RelationshipStatus: each.detector?.enabled === false ? 'Disabled' : 'Enabled',
      })),
  }),
} satisfies Handlers;

const inspector2 = {
  DescribeOrganizationConfiguration: (_input: object, { partition: { posture } }: Call) => ({
    autoEnable: Object.fromEntries(
      ['ec2', 'ecr', 'lambda'].map((scan) => [scan, posture.inspects?.includes(scan) ?? false]),
    ),
  }),

  ListFindingAggregations(
    input: ListFindingAggregationsCommandInput,
    { partition: { posture } }: Call,
  ) {
    const accounts = input.accountIds?.map(({ value }) => value);
    return {
      aggregationType: input.aggregationType,
      responses: posture.images
        .filter(({ account }) => !accounts || accounts.includes(account))
        .toSorted((a, b) => b.critical - a.critical)
        .map(({ account, repository, tag, critical }) => ({
          awsEcrContainerAggregation: {
            resourceId: repository,
            accountId: account,
            repository,
            imageTags: [tag],
            severityCounts: { critical },
          },
        })),
    };
  },
} satisfies Handlers;

const kms = {
  ListKeys: (_input: object, { partition: { services } }: Call) => ({
    Keys: [...services.keys.values()].map(({ id }) => ({ KeyId: id })),
    Truncated: false,
  }),
} satisfies Handlers;

const networkFirewall = {
  ListFirewalls: (_input: object, { partition: { posture } }: Call) => ({
    Firewalls: posture.firewalls.map((FirewallName) => ({ FirewallName })),
  }),
} satisfies Handlers;

const typeOf = (target: string): string => {
  if (target.startsWith('r-')) return 'ROOT';
  return target.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
};

const organizations = {
  /** Whoever asks must be in the organisation; all accounts of this world are. */
  ListAccounts(_input: object, call: Call) {
    organizationOf(call);
    return {
      Accounts: [...call.world.accounts.values()].map(({ id, name }) => ({
        Id: id,
        Name: name,
        State:
          call.world.account(call.world.securityAccount).organization?.states?.get(id) ?? 'ACTIVE',
      })),
    };
  },

  ListTargetsForPolicy: (input: ListTargetsForPolicyCommandInput, call: Call) => ({
    Targets: [...organizationOf(call).attached]
      .filter(([, policies]) => policies.includes(input.PolicyId ?? ''))
      .map(([TargetId]) => ({ TargetId, Type: typeOf(TargetId) })),
  }),

  ListChildren: (input: ListChildrenCommandInput, call: Call) => ({
    Children: (organizationOf(call).units?.get(input.ParentId ?? '') ?? [])
      .filter((child) => typeOf(child) === input.ChildType)
      .map((Id) => ({ Id, Type: input.ChildType })),
  }),
} satisfies Handlers;

const s3 = {
  ListBuckets: (_input: object, { partition: { buckets } }: Call) => ({
    Buckets: [...buckets.keys()].map((Name) => ({ Name })),
  }),

  GetBucketEncryption(input: GetBucketEncryptionCommandInput, { partition: { buckets } }: Call) {
    const bucket = buckets.get(input.Bucket ?? '');
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    const SSEAlgorithm = bucket.kms ? 'aws:kms' : 'AES256';
    return {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }],
      },
    };
  },
} satisfies Handlers;

const blockSettings = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

const s3control = {
  GetPublicAccessBlock(_input: GetPublicAccessBlockCommandInput, { account }: Call) {
    const on = account.publicAccessBlock;
    if (!on)
      throw new AwsError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        404,
      );
    return {
      PublicAccessBlockConfiguration: Object.fromEntries(
        blockSettings.map((name) => [name, on.includes(name)]),
      ),
    };
  },
} satisfies Handlers;

const shield = {
  GetSubscriptionState: (_input: object, { partition: { posture } }: Call) => ({
    SubscriptionState: posture.shielded === undefined ? 'INACTIVE' : 'ACTIVE',
  }),

  ListProtections: (_input: object, { partition: { posture } }: Call) => ({
    Protections: Array.from({ length: posture.shielded ?? 0 }, (_, n) => ({
      Id: `protection-${n}`,
    })),
  }),
} satisfies Handlers;

/** By IAM prefix, or the SDK's own where S3 has two. */
export const postureHandlers: Readonly<Record<string, Handlers>> = {
  'access-analyzer': { ...accessAnalyzer, ...accessAnalyzerChecks },
  config,
  ec2,
  guardduty,
  inspector2,
  kms,
  'network-firewall': networkFirewall,
  organizations,
  s3,
  s3control,
  shield,
};
