/** SQS and Secrets Manager on 127.0.0.1, by AWS's JSON protocols. DynamoDB is tables-process.ts. */
import { createHash } from 'node:crypto';
import { type Loopback, loopback } from '../house/loopback.ts';
import type { Queue } from './queues.ts';

/** What it needs of a queue. */
type Inbox = Pick<Queue, 'send'>;

type Input = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const md5 = (body: string): string => createHash('md5').update(body).digest('hex');

/** The SDK checks the digest that SQS answers with. */
const sendOne = (queue: Inbox, entry: Input) => {
  const body = String(entry['MessageBody']);
  const MessageId = queue.send({
    body,
    delaySeconds: Number(entry['DelaySeconds'] ?? 0),
    group: text(entry['MessageGroupId']),
    deduplication: text(entry['MessageDeduplicationId']),
  });
  return { MessageId, MD5OfMessageBody: md5(body) };
};

export interface AwsServer {
  readonly endpoint: string;
  /** Requests that it could not answer: a benchmark with any is not valid. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

/** `queueOf` by the last part of a queue's URL; `secret` is what Secrets Manager keeps. */
export const startAws = async (
  queueOf: (name: string) => Inbox | undefined,
  secret: string,
): Promise<AwsServer> => {
  const unknown: string[] = [];
  const answers: Readonly<Record<string, (input: Input) => unknown>> = {
    'secretsmanager.GetSecretValue': () => ({ SecretString: secret }),
    'AmazonSQS.SendMessage': (input) => {
      const queue = queueOf(String(input['QueueUrl']).split('/').at(-1) ?? '');
      return queue && sendOne(queue, input);
    },
    'AmazonSQS.SendMessageBatch': (input) => {
      const queue = queueOf(String(input['QueueUrl']).split('/').at(-1) ?? '');
      const entries = input['Entries'] as readonly Input[];
      return (
        queue && {
          Successful: entries.map((entry) => ({ Id: entry['Id'], ...sendOne(queue, entry) })),
          Failed: [],
        }
      );
    },
  };
  const server: Loopback = await loopback(({ path, headers, body }, response) => {
    const name = String(headers['x-amz-target'] ?? path);
    const answer = answers[name]?.(JSON.parse(body || '{}'));
    if (answer === undefined) unknown.push(name);
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer ?? { __type: 'NotImplementedByStandIn' }));
  });
  return { endpoint: `http://${server.host}`, unknown, close: server.close };
};
