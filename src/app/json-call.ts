/**
 * One signed call of AWS's JSON protocol to Cordon's own queues and secret. An SDK client costs web a
 * hundred milliseconds of CPU at a cold start (docs/performance.md); this signs with aws4 and sends.
 * docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
import aws4 from 'aws4';
import { httpPost } from './http-post.ts';
import type { OwnCall } from './outside.ts';

/** How each service is addressed: its endpoint's name, the prefix of its targets, its JSON version. */
const protocols = {
  sqs: { target: 'AmazonSQS', json: '1.0', variable: 'AWS_ENDPOINT_URL_SQS' },
  secretsmanager: {
    target: 'secretsmanager',
    json: '1.1',
    variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  },
} as const satisfies Readonly<Record<OwnCall['service'], object>>;

/** An answer that is an error: `name` is AWS's (`QueueDoesNotExist`). Never quotes what was sent. */
class AwsCallError extends Error {
  readonly retryable: boolean;
  constructor(call: OwnCall, name: string, retryable: boolean) {
    super(`${call.service}:${call.operation} failed with ${name}`);
    this.name = name;
    this.retryable = retryable;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Slack waits three seconds for web: a hanging call must leave time for another. */
const attemptMs = 1200;
const waitsMs = [50, 200] as const;

const throttling = /Throttl|TooManyRequests|RequestLimit|SlowDown/;

const endpointOf = ({ service, region }: OwnCall, environment: Environment): URL => {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(
    environment[protocols[service].variable] ??
      environment['AWS_ENDPOINT_URL'] ??
      `https://${service}.${region}.${domain}/`,
  );
};

/** `com.amazonaws.sqs#QueueDoesNotExist:http://…` in any of the ways in which AWS says it. */
const errorName = (body: string, status: number): string => {
  try {
    const { __type: type }: { __type?: unknown } = JSON.parse(body);
    if (typeof type === 'string') return type.replace(/^.*#/, '').replace(/:.*$/, '').slice(0, 80);
  } catch {
    // A proxy's page, perhaps.
  }
  return `HTTP${status}`;
};

const answered = (call: OwnCall, status: number, body: string): object => {
  if (status >= 200 && status < 300) return JSON.parse(body || '{}');
  const name = errorName(body, status);
  throw new AwsCallError(call, name, status >= 500 || status === 429 || throttling.test(name));
};

const signedPost = (call: OwnCall, environment: Environment) => {
  const url = endpointOf(call, environment);
  const { target, json } = protocols[call.service];
  const session = environment['AWS_SESSION_TOKEN'];
  const { headers = {}, body } = aws4.sign(
    {
      host: url.host,
      path: url.pathname,
      method: 'POST',
      service: call.service,
      region: call.region,
      headers: {
        'content-type': `application/x-amz-json-${json}`,
        'x-amz-target': `${target}.${call.operation}`,
      },
      body: JSON.stringify(call.input),
    },
    {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(session ? { sessionToken: session } : {}),
    },
  );
  return { url, headers, body: String(body), signal: AbortSignal.timeout(attemptMs) };
};

/** `ECONNRESET`, or `TimeoutError` and its like. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'NetworkError';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

const send = async (call: OwnCall, environment: Environment): Promise<object> => {
  const posted = await httpPost(signedPost(call, environment)).catch((error: unknown) => {
    throw new AwsCallError(call, causeOf(error), true);
  });
  return answered(call, posted.status, posted.text);
};

const isPassing = (error: unknown): boolean => error instanceof AwsCallError && error.retryable;

/**
 * Sends with the function's own credentials and the SDK's variables for other endpoints. Three tries
 * where another may help; what is sent is idempotent (a FIFO message by its deduplication id) or
 * harmless twice (a wake-up). Throws `AwsCallError`.
 */
export const jsonCall =
  (environment: Environment) =>
  async (call: OwnCall): Promise<object> => {
    for (const wait of waitsMs)
      try {
        return await send(call, environment);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    return send(call, environment);
  };
