/** Buckets without a key of KMS. S3 itself has encrypted every new object since 2023. */
import { aggregated, aggregatorReads, countByAccount, tooMany } from '../aggregator.ts';
import { failedAs } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, unknown, usualMinutes } from '../question.ts';

const label = 'buckets not encrypted with a KMS key';
const mostBuckets = 100;

const byKms = async (reader: Reader, Bucket: string): Promise<boolean> => {
  try {
    const { ServerSideEncryptionConfiguration } = await reader.call('s3:GetBucketEncryption', {
      Bucket,
    });
    return (ServerSideEncryptionConfiguration?.Rules ?? []).some((rule) =>
      rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm?.startsWith('aws:kms'),
    );
  } catch (error) {
    if (failedAs(error, 'ServerSideEncryptionConfigurationNotFoundError')) return false;
    throw error;
  }
};

const isBucket = "resourceType = 'AWS::S3::Bucket'";
const algorithm =
  'supplementaryConfiguration.ServerSideEncryptionConfiguration.rules.applyServerSideEncryptionByDefault.sseAlgorithm';

export const bucketEncryption: Question = {
  id: 'bucket-encryption',
  title: 'Bucket encryption',
  reads: [...aggregatorReads, 's3:ListBuckets', 's3:GetBucketEncryption'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    if (scope.kind === 'one') return undefined;
    const counts = await countByAccount(reader, [
      isBucket,
      `${isBucket} AND ${algorithm} LIKE 'aws:kms%'`,
    ]);
    if (!counts) return unknown(tooMany('bucket'));
    const [all, encrypted] = counts;
    const wanting = new Map(
      [...(all ?? [])].map(([account, count]) => [account, count - (encrypted?.get(account) ?? 0)]),
    );
    const link = consoleUrl('buckets', reader.region);
    return answered([aggregated(scope, { wanting, all }, { label, link, bad: 'look' })]);
  },
  async ofEach(reader) {
    const { Buckets = [], ContinuationToken } = await reader.call('s3:ListBuckets', {
      MaxBuckets: mostBuckets,
    });
    const plain: string[] = [];
    for (const { Name = '' } of Buckets) if (!(await byKms(reader, Name))) plain.push(Name);
    return answered(
      [
        {
          label,
          value: plain.length,
          of: Buckets.length,
          verdict: plain.length > 0 ? 'look' : 'fine',
          link: consoleUrl('buckets', reader.region),
          ...(plain.length > 0 ? { names: plain } : {}),
        },
      ],
      ContinuationToken ? `only the first ${mostBuckets} buckets were read` : undefined,
    );
  },
};
