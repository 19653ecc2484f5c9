/**
 * Cordon's own Bolt receiver for API Gateway (payload 2.0) and Lambda function URLs.
 * Order of work: method, length, signature over the raw bytes, and only then parsing and listeners.
 * Nothing of the event, its headers or its body is ever logged.
 * Facts: https://docs.slack.dev/tools/bolt-js/concepts/receiver and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import type {
  AckFn,
  App,
  Context as BoltContext,
  Logger,
  Receiver,
  ReceiverEvent,
} from '@slack/bolt';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { decodeBody, type Interaction, interpret, type Malformed } from './interaction.ts';
import {
  digest,
  type Headers,
  maxBodyBytes,
  type RefusalCode,
  verifySignature,
} from './signature.ts';

export interface ReceiverOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The signing secrets valid now; asked for on each request, so it should remember its answer. */
  readonly secrets: () => Promise<readonly string[]>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/** The request as Slack signed it, for the queue: worker verifies the same bytes again. */
export interface SignedRequest {
  /** The raw body. Exact: only well-formed UTF-8 gets this far. */
  readonly body: string;
  readonly contentType: string;
  readonly timestamp: string;
  readonly signature: string;
  /** See `digest` in signature.ts. */
  readonly digest: string;
}

export type WebHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface SlackReceiver extends Receiver {
  /** Two arguments and a promise: Node 24's runtime refuses handlers with a callback. */
  toHandler(): WebHandler;
}

/** The signed request behind a listener's `context`; every listener of this receiver has one. */
export const signedRequestOf = (context: BoltContext): SignedRequest => context['signedRequest'];

/**
 * Makes the receiver. Statuses: 405 not a POST; 413 too large; 401 refused by `verifySignature`;
 * 400 malformed after a valid signature; 404 nothing acknowledged it; 500 a listener failed before
 * it acknowledged, or there is no usable secret; else 200 with what was acknowledged.
 */
export const createReceiver = (options: ReceiverOptions): SlackReceiver => {
  let app: App | undefined;
  const handle: WebHandler = async (event, _context) => {
    try {
      return await answer(event, options, app);
    } catch (error) {
      options.logger.error(`Slack request failed: ${withoutMessage(error)}`);
      return reply(500);
    }
  };
  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => handle,
    stop: async () => {},
    toHandler: () => handle,
  };
};

type Reply = APIGatewayProxyStructuredResultV2;

const answer = async (
  event: APIGatewayProxyEventV2,
  options: ReceiverOptions,
  app: App | undefined,
): Promise<Reply> => {
  // Optional chaining against the types: something else than a gateway may invoke the function.
  if (event.requestContext?.http?.method !== 'POST') {
    return { ...reply(405), headers: { allow: 'POST' } };
  }
  const headers = event.headers ?? {};
  const rawBody = rawBodyOf(event);
  const verified = verifySignature({
    rawBody,
    headers,
    secrets: await options.secrets(),
    nowSeconds: options.now() / 1000,
  });
  if (verified.kind === 'refused') {
    const level = verified.code === 'no-secret' ? 'error' : 'info';
    options.logger[level](`Slack request refused: ${verified.code}`);
    return reply(statusOf[verified.code]);
  }
  const contentType = headerOf(headers, 'content-type') ?? '';
  const read = readBody(rawBody, contentType);
  if (read.kind === 'malformed') {
    options.logger.info(`Slack request malformed: ${read.because}`);
    return reply(400);
  }
  if (read.interaction.kind === 'ssl_check') return reply(200);
  if (read.interaction.kind === 'url_verification') {
    return reply(200, { challenge: read.interaction.challenge });
  }
  const { timestamp, signature } = verified;
  const signedRequest: SignedRequest = {
    body: read.text,
    contentType,
    timestamp,
    signature,
    digest: digest(rawBody),
  };
  const heard = await listen(app, options.logger, {
    body: read.body,
    ...retryOf(headers),
    customProperties: { signedRequest },
  });
  // Bolt acknowledges an event before its listener runs; what was not kept is to be sent again.
  return heard.failed && read.interaction.kind === 'event' ? reply(500) : heard.reply;
};

type Read = {
  readonly kind: 'read';
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly interaction: Interaction;
};

const readBody = (rawBody: Uint8Array, contentType: string): Read | Malformed => {
  const text = textOf(rawBody);
  if (text === undefined) return { kind: 'malformed', because: 'the body is not UTF-8' };
  const decoded = decodeBody(text, contentType);
  if (decoded.kind === 'malformed') return decoded;
  const interaction = interpret(decoded.body);
  if (interaction.kind === 'malformed') return interaction;
  return { kind: 'read', text, body: decoded.body, interaction };
};

/** Runs Bolt's listeners; what they acknowledged before failing is still what Slack gets. */
const listen = async (
  app: App | undefined,
  logger: ReceiverOptions['logger'],
  request: Omit<ReceiverEvent, 'ack'>,
): Promise<{ readonly reply: Reply; readonly failed: boolean }> => {
  let acknowledged: Reply | undefined;
  const ack: AckFn<unknown> = async (response) => {
    if (acknowledged !== undefined) throw new Error('ack() was called more than once');
    acknowledged = reply(200, response);
  };
  try {
    if (app === undefined) throw new Error('the receiver was not given to a Bolt app');
    await app.processEvent({ ...request, ack });
  } catch (error) {
    logger.error(`Slack listener failed: ${withoutMessage(error)}`);
    return { reply: acknowledged ?? reply(500), failed: true };
  }
  return { reply: acknowledged ?? reply(404), failed: false };
};

const statusOf: Readonly<Record<RefusalCode, number>> = {
  'no-secret': 500,
  'too-large': 413,
  'missing-headers': 401,
  'repeated-header': 401,
  'bad-version': 401,
  malformed: 401,
  stale: 401,
  future: 401,
  mismatch: 401,
};

const reply = (statusCode: number, body?: unknown): Reply => {
  if (body === undefined || body === null) return { statusCode, body: '' };
  if (typeof body === 'string') return { statusCode, body };
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
};

/** The exact bytes that Slack sent; function URLs and HTTP APIs send forms in base64. */
const rawBodyOf = (event: APIGatewayProxyEventV2): Uint8Array => {
  // One character over the cap is enough to be refused, and spares decoding the rest.
  const encoded = (event.body ?? '').slice(0, 2 * maxBodyBytes + 1);
  return Buffer.from(encoded, event.isBase64Encoded ? 'base64' : 'utf8');
};

/** Strict UTF-8, byte order mark kept, so that encoding the text gives back the signed bytes. */
const textOf = (rawBody: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    return undefined;
  }
};

const headerOf = (headers: Headers, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** Slack's own retry of an event, for listeners' `context.retryNum` and `context.retryReason`. */
const retryOf = (headers: Headers): Pick<ReceiverEvent, 'retryNum' | 'retryReason'> => {
  const number = headerOf(headers, 'x-slack-retry-num');
  const reason = headerOf(headers, 'x-slack-retry-reason');
  return {
    ...(number !== undefined && /^[0-9]{1,3}$/.test(number) ? { retryNum: Number(number) } : {}),
    ...(reason === undefined ? {} : { retryReason: reason }),
  };
};

/** Name and place of an error. Its message may quote a payload or a secret, so it stays out. */
const withoutMessage = (error: unknown): string => {
  if (!(error instanceof Error)) return 'something that is not an Error was thrown';
  const frames = (error.stack ?? '').replace(error.message, '').match(/^\s+at .+$/gm) ?? [];
  return [error.name, ...frames.slice(0, 5).map((frame) => frame.trim())].join(' ');
};
