/** Sending to Cordon's queues. docs.aws.amazon.com/AWSSimpleQueueService */
import type { WakeUp, Work, WorkQueue } from '../flows/ports.ts';
import type { Jobs } from '../slack/listeners.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';

/** SQS's own limit for a delay. */
const maximumDelay = 900;

/** docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html */
const traced = ({ traceHeader }: Outside): object => {
  const StringValue = traceHeader?.();
  return StringValue
    ? {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue } },
      }
    : {};
};

/** Every message is one call; `to` names the queue by its URL. */
const send = (outside: Outside, region: string, to: string, message: object): Promise<object> =>
  outside.ownCall({
    service: 'sqs',
    operation: 'SendMessage',
    region,
    input: { QueueUrl: to, ...message, ...traced(outside) },
  });

export const jobsQueue = (
  deployment: Pick<Deployment, 'region' | 'jobsQueue'>,
  outside: Outside,
): Jobs => ({
  async send(request, group) {
    await send(outside, deployment.region, deployment.jobsQueue, {
      MessageBody: JSON.stringify(request),
      MessageGroupId: group,
      MessageDeduplicationId: request.digest,
    });
  },
});

export const wakeUp = (
  deployment: Pick<Deployment, 'region' | 'notifyQueue'>,
  outside: Outside,
): WakeUp => ({
  async wake(caseId, delaySeconds = 0) {
    await send(outside, deployment.region, deployment.notifyQueue, {
      MessageBody: JSON.stringify(caseId === undefined ? {} : { case: caseId }),
      DelaySeconds: Math.min(delaySeconds, maximumDelay),
    });
  },
  async hurry() {
    await send(outside, deployment.region, deployment.notifyQueue, {
      MessageBody: JSON.stringify({ hurry: true }),
    });
  },
});

export const workQueue = (
  deployment: Pick<Deployment, 'region' | 'workQueue'>,
  outside: Outside,
): WorkQueue => ({
  async send(work: Work) {
    await send(outside, deployment.region, deployment.workQueue, {
      MessageBody: JSON.stringify(work),
    });
  },
});

/** The queue that the bus delivers into. */
export const intakeQueue = (
  deployment: Pick<Deployment, 'region' | 'ingestQueue'>,
  outside: Outside,
): { send(message: object): Promise<void> } => ({
  async send(message) {
    await send(outside, deployment.region, deployment.ingestQueue, {
      MessageBody: JSON.stringify(message),
    });
  },
});
