import { WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { type Loopback, loopback, type Received } from '../../bench/house/loopback.ts';
import { slackFetch } from '../../src/app/slack-fetch.ts';

let server: Loopback | undefined;
let received: Received[] = [];

afterEach(async () => {
  await server?.close();
  received = [];
});

const clientOf = async (
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
) => {
  server = await loopback((one, response) => {
    received.push(one);
    if (body === undefined) return;
    response.writeHead(status, headers).end(body);
  });
  return new WebClient('xoxb-example', {
    slackApiUrl: `http://${server.host}/api/`,
    fetch: slackFetch,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 200,
  });
};

const post = (client: WebClient) =>
  client.chat.postMessage({ channel: 'C0SECURITY', text: 'ü "quoted" & more' });

test("the client's call arrives as it was, and its answer is read", async () => {
  const client = await clientOf(200, { 'x-oauth-scopes': 'chat:write' }, '{"ok":true,"ts":"1.2"}');
  expect(await post(client)).toMatchObject({
    ok: true,
    ts: '1.2',
    response_metadata: { scopes: ['chat:write'] },
  });
  const [one] = received;
  expect(one?.path).toBe('/api/chat.postMessage');
  expect(new URLSearchParams(one?.body).get('text')).toBe('ü "quoted" & more');
  expect(one?.headers.authorization).toBe('Bearer xoxb-example');
});

test('a 429 is told with its Retry-After', async () => {
  const client = await clientOf(429, { 'retry-after': '7' }, '');
  await expect(post(client)).rejects.toMatchObject({ retryAfter: 7 });
});

test('a status that is no success is told', async () => {
  const client = await clientOf(503, {}, 'down');
  await expect(post(client)).rejects.toMatchObject({ statusCode: 503 });
});

test('an answer that does not come ends with the time limit', async () => {
  const client = await clientOf(200, {}, undefined);
  await expect(post(client)).rejects.toThrow(/abort|timeout/i);
});

test('what it cannot send is refused and not sent half', async () => {
  await expect(slackFetch('http://127.0.0.1:9/', { body: new FormData() })).rejects.toThrow(
    'only a text body',
  );
});
