/** Keys that are about to be deleted: what they encrypt is lost with them. */
import { aggregated, aggregatorReads, countByAccount, tooMany } from '../aggregator.ts';
import { failedAs } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, unknown, usualMinutes } from '../question.ts';

const label = 'keys waiting to be deleted';
const mostKeys = 100;

/** A key policy can shut out everybody else, and then its state is nobody's business. */
const isWaiting = async (reader: Reader, KeyId: string): Promise<boolean | undefined> => {
  try {
    const { KeyMetadata } = await reader.call('kms:DescribeKey', { KeyId });
    return KeyMetadata?.KeyState?.startsWith('Pending') && KeyMetadata.KeyState !== 'PendingImport';
  } catch (error) {
    if (failedAs(error, 'AccessDeniedException')) return undefined;
    throw error;
  }
};

export const kmsDeletion: Question = {
  id: 'kms-deletion',
  title: 'Keys pending deletion',
  reads: [...aggregatorReads, 'kms:ListKeys', 'kms:DescribeKey'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    if (scope.kind === 'one') return undefined;
    const counts = await countByAccount(reader, [
      "resourceType = 'AWS::KMS::Key' AND configuration.keyState = 'PendingDeletion'",
    ]);
    if (!counts) return unknown(tooMany('key'));
    const link = consoleUrl('kmsKeys', reader.region);
    return answered([aggregated(scope, { wanting: counts[0] }, { label, link, bad: 'act' })]);
  },
  async ofEach(reader) {
    const { Keys = [], Truncated } = await reader.call('kms:ListKeys', { Limit: mostKeys });
    const waiting: string[] = [];
    let closed = 0;
    for (const { KeyId = '' } of Keys) {
      const answer = await isWaiting(reader, KeyId);
      if (answer === undefined) closed += 1;
      if (answer) waiting.push(KeyId);
    }
    const left = [
      ...(Truncated ? [`only the first ${mostKeys} keys were read`] : []),
      ...(closed > 0 ? [`${closed} keys may not be read`] : []),
    ];
    return answered(
      [
        {
          label,
          value: waiting.length,
          of: Keys.length,
          verdict: waiting.length > 0 ? 'act' : 'fine',
          link: consoleUrl('kmsKeys', reader.region),
          ...(waiting.length > 0 ? { names: waiting } : {}),
        },
      ],
      left.join(', ') || undefined,
    );
  },
};
