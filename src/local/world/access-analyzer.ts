/**
 * The simulated IAM Access Analyzer: its analyzers and what they found.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html
 */
import type {
  GetFindingsStatisticsCommandInput,
  ListFindingsV2CommandInput,
} from '@aws-sdk/client-accessanalyzer';
import { AwsError } from './aws-error.ts';
import type { Analyzer } from './posture-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const analyzerArn = ({ account, region }: Partition, { name }: Analyzer): string =>
  `arn:aws:access-analyzer:${region}:${account}:analyzer/${name}`;

export const accessAnalyzer = {
  ListAnalyzers: (_input: object, { partition }: Call) => ({
    analyzers: partition.posture.analyzers.map((each) => ({
      arn: analyzerArn(partition, each),
      name: each.name,
      type: each.type,
      status: 'ACTIVE',
    })),
  }),

  ListFindingsV2(input: ListFindingsV2CommandInput, { partition }: Call) {
    const found = partition.posture.analyzers.find(
      (each) => analyzerArn(partition, each) === input.analyzerArn,
    );
    if (!found) throw new AwsError('ResourceNotFoundException', 'No such analyzer.', 404);
    const wanted = input.filter?.['resource']?.eq;
    if (wanted?.length === 0)
      throw new AwsError('ValidationException', 'A criterion has at least one value.', 400);
    return {
      findings: (found.about ?? [])
        .filter(({ resource }) => wanted?.includes(resource) ?? true)
        .map(({ resource, type }, place) => ({
          id: `${found.name}-${place + 1}`,
          resource,
          findingType: type,
          status: 'ACTIVE',
        })),
    };
  },

  GetFindingsStatistics(input: GetFindingsStatisticsCommandInput, { partition }: Call) {
    const found = partition.posture.analyzers.find(
      (each) => analyzerArn(partition, each) === input.analyzerArn,
    );
    if (!found) throw new AwsError('ResourceNotFoundException', 'No such analyzer.', 404);
    const total = { totalActiveFindings: found.active };
    if (found.type.includes('UNUSED'))
      return { findingsStatistics: [{ unusedAccessFindingsStatistics: total }] };
    if (found.type.includes('INTERNAL'))
      return { findingsStatistics: [{ internalAccessFindingsStatistics: total }] };
    const resourceTypeStatistics = {
      'AWS::S3::Bucket': { totalActivePublic: found.publicBuckets },
    };
    return {
      findingsStatistics: [
        { externalAccessFindingsStatistics: { ...total, resourceTypeStatistics } },
      ],
    };
  },
} satisfies Handlers;
