/**
 * A POST without `fetch`, whose first use loads 70 ms of code into a cold function (docs/performance.md).
 * node:https too is loaded only when something is sent.
 */
import type { Agent, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';

export interface Post {
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
  /** Ends the request; its reason is what the promise rejects with. */
  readonly signal?: AbortSignal | undefined;
}

export interface Posted {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Connections stay open between the calls of one container. */
let agent: Agent | undefined;

/** An `import` would wake what node:http only offers: see build.mjs. */
const load = createRequire(import.meta.url);

const transport = (secure: boolean) => {
  if (!secure) {
    const http: typeof import('node:http') = load('node:http');
    return { request: http.request };
  }
  const https: typeof import('node:https') = load('node:https');
  agent ??= new https.Agent({ keepAlive: true });
  return { request: https.request, agent };
};

/** Follows no redirect. Rejects when no whole answer came: lost, refused or aborted. */
export const httpPost = ({ url, headers, body, signal }: Post): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const { request, ...keep } = transport(url.protocol === 'https:');
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, ...length },
        ...keep,
        ...(signal ? { signal } : {}),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? '',
            headers: response.headers,
            text,
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
