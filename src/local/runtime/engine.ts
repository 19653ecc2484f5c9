/** dynalite, in memory, asked without a socket in between: as an SDK client's request handler. */
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import { Readable } from 'node:stream';
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

const decoder = new TextDecoder();

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** dynalite only looks at the form of a signature, and making a real one costs more than the answer. */
const unsigned = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
  'x-amz-date': '20260101T000000Z',
};

/** From now on the client's calls end in this process instead of in the network. */
export const shortcut = (client: SdkClient, ask: Ask): void => {
  Object.assign(client.config, {
    signer: async () => ({ sign: async (request: object) => request }),
    requestHandler: {
      handle: async ({ headers, body = '' }: Request) => {
        const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
        const answer = await ask(
          { ...Object.fromEntries(sent), ...unsigned },
          typeof body === 'string' ? body : decoder.decode(body),
        );
        return {
          response: {
            statusCode: answer.status,
            headers: { 'content-type': 'application/x-amz-json-1.0' },
            body: Buffer.from(answer.body),
          },
        };
      },
    },
  });
};
