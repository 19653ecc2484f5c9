/** Sending to Cordon's queues. docs.aws.amazon.com/AWSSimpleQueueService */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { WakeUp, Work, WorkQueue } from '../flows/ports.ts';
import type { Jobs } from '../slack/listeners.ts';
import type { Deployment } from './deployment.ts';
import { clientConfig, type Outside } from './outside.ts';

/** SQS's own limit for a delay. */
const maximumDelay = 900;

const client = (deployment: Pick<Deployment, 'region'>, outside: Outside): SQSClient => {
  // Otherwise the queue's address would win over AWS_ENDPOINT_URL.
  const sqs = new SQSClient({
    ...clientConfig(outside, deployment.region),
    useQueueUrlAsEndpoint: false,
  });
  outside.onClient?.(sqs, 'sqs');
  return sqs;
};

export const jobsQueue = (
  deployment: Pick<Deployment, 'region' | 'jobsQueue'>,
  outside: Outside,
): Jobs => {
  const sqs = client(deployment, outside);
  return {
    async send(request, group) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deployment.jobsQueue,
          MessageBody: JSON.stringify(request),
          MessageGroupId: group,
          MessageDeduplicationId: request.digest,
        }),
      );
    },
  };
};

export const wakeUp = (
  deployment: Pick<Deployment, 'region' | 'notifyQueue'>,
  outside: Outside,
): WakeUp => {
  const sqs = client(deployment, outside);
  return {
    async wake(caseId, delaySeconds = 0) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deployment.notifyQueue,
          MessageBody: JSON.stringify(caseId === undefined ? {} : { case: caseId }),
          DelaySeconds: Math.min(delaySeconds, maximumDelay),
        }),
      );
    },
  };
};

export const workQueue = (
  deployment: Pick<Deployment, 'region' | 'workQueue'>,
  outside: Outside,
): WorkQueue => {
  const sqs = client(deployment, outside);
  return {
    async send(work: Work) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deployment.workQueue,
          MessageBody: JSON.stringify(work),
        }),
      );
    },
  };
};
