/**
 * `fetch` as far as Slack's WebClient uses it: a POST with a text body, and the answer as text. It reads
 * url, status, ok, statusText, headers, text, json and arrayBuffer, and uploads no files here.
 * docs.slack.dev/tools/node-slack-sdk/web-api
 */
import { httpPost, type Posted } from './http-post.ts';

/** `Headers` by itself would load what this avoids. */
const headersOf = ({ headers }: Posted) => {
  const values = new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    ),
  );
  return {
    get: (name: string) => values.get(name.toLowerCase()) ?? null,
    has: (name: string) => values.has(name.toLowerCase()),
    entries: () => values.entries(),
    [Symbol.iterator]: () => values.entries(),
  };
};

const responseOf = (url: URL, posted: Posted) => ({
  url: url.href,
  status: posted.status,
  statusText: posted.statusText,
  ok: posted.status >= 200 && posted.status < 300,
  headers: headersOf(posted),
  text: async () => posted.text,
  json: async (): Promise<unknown> => JSON.parse(posted.text),
  arrayBuffer: async () => new TextEncoder().encode(posted.text).buffer,
});

export const slackFetch: typeof globalThis.fetch = async (input, init) => {
  if (typeof init?.body !== 'string') throw new TypeError('only a text body can be sent to Slack');
  const url = new URL(String(input));
  const headers = Object.fromEntries(Object.entries(init.headers ?? {}));
  const posted = await httpPost({
    url,
    headers,
    body: init.body,
    signal: init.signal ?? undefined,
  });
  // A real Response has more; the WebClient asks for no more than this.
  return responseOf(url, posted) as unknown as Response;
};
