/** One SQS batch, record by record: what fails is given back, what succeeds is gone. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outside } from './outside.ts';

/**
 * Of a FIFO queue, what comes after a failure in its group is given back too, to keep the order.
 * docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (partial batch responses)
 */
export const eachRecord = async (
  event: SQSEvent,
  outside: Pick<Outside, 'log'>,
  handle: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const failed: { itemIdentifier: string }[] = [];
  const blocked = new Set<string>();
  for (const record of event.Records) {
    const group = record.attributes.MessageGroupId;
    if (group && blocked.has(group)) {
      failed.push({ itemIdentifier: record.messageId });
      continue;
    }
    try {
      await handle(record);
    } catch (error) {
      outside.log('record.failed', {
        message: record.messageId,
        error: error instanceof Error ? error.name : 'unknown',
      });
      failed.push({ itemIdentifier: record.messageId });
      if (group) blocked.add(group);
    }
  }
  return { batchItemFailures: failed };
};
