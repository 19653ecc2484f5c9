/** dynalite, in memory, asked without a socket in between: as an SDK client's request handler. */
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import { Readable } from 'node:stream';
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import type { SdkClient } from '../../aws/sdk-client.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export type Ask = (headers: IncomingHttpHeaders, body: string) => Promise<Answer>;

/** What listens to the requests of dynalite's server. */
export const answering = (server: Server): RequestListener => {
  const [listener] = server.listeners('request');
  return (request, response) => listener?.call(server, request, response);
};

export const asking =
  (answer: RequestListener): Ask =>
  (headers, body) =>
    new Promise((resolve) => {
      const request = Object.assign(Readable.from([Buffer.from(body)]), {
        method: 'POST',
        url: '/',
        headers,
      });
      const response = {
        statusCode: 200,
        setHeader: () => {},
        end(text: string) {
          resolve({ status: this.statusCode, body: text });
        },
      };
      answer(request as never, response as never);
    });

/** What dynalite reads of a request's head; it only looks at the form of a signature. */
const head = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
  'x-amz-date': '20260101T000000Z',
} as const;

const errorOf = ({ status, body }: Answer): DynamoDBServiceException => {
  const { __type = '', message, Message } = JSON.parse(body) as Readonly<Record<string, string>>;
  const facts = { message: message ?? Message ?? '', $metadata: { httpStatusCode: status } };
  const name = __type.replace(/^.*#/, '');
  return name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException(facts)
    : new DynamoDBServiceException({ ...facts, name, $fault: status < 500 ? 'client' : 'server' });
};

/** Bytes are written as base64: `{ B: bytes }`. `Buffer` turns itself into something else before. */
function inBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const bytes = this[key];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

/** Only a value that is bytes has a text under `B`; an attribute of that name has a typed value. */
const inBytes = (key: string, value: unknown): unknown =>
  key === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;

const parsed = (body: string): object =>
  body.includes('"B":"') ? JSON.parse(body, inBytes) : JSON.parse(body);

type Next = (args: { readonly input: object }) => Promise<unknown>;
interface Context {
  /** `GetItemCommand`. */
  readonly commandName?: string;
}

/** Stands where the SDK's own steps between a command and its answer stood. */
const pass = (next: Next) => (args: { readonly input: object }) =>
  next({ ...args, request: {} } as never);

const answered =
  (ask: Ask) =>
  (_: Next, { commandName = '' }: Context) =>
  async ({ input }: { readonly input: object }) => {
    const target = `DynamoDB_20120810.${commandName.replace(/Command$/, '')}`;
    const answer = await ask({ ...head, 'x-amz-target': target }, JSON.stringify(input, inBase64));
    if (answer.status !== 200) throw errorOf(answer);
    const $metadata = { httpStatusCode: answer.status };
    return { response: {}, output: { ...parsed(answer.body), $metadata } };
  };

/**
 * From now on the client's calls end in this process: the SDK neither writes, signs, sends nor
 * retries them, which costs four times what the tables themselves do. Its two ends keep their
 * names, for the document client puts its own steps beside them.
 */
export const shortcut = ({ middlewareStack: stack }: SdkClient, ask: Ask): void => {
  for (const step of stack.identify()) stack.remove(step.replace(/ .*$/, '') as never);
  stack.add(pass as never, { step: 'serialize', name: 'serializerMiddleware' } as never);
  stack.add(
    answered(ask) as never,
    { step: 'deserialize', name: 'deserializerMiddleware' } as never,
  );
};
