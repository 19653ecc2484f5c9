import { App, LogLevel } from '@slack/bolt';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createReceiver, type SignedRequest, signedRequestOf } from '../../src/slack/receiver.ts';
import { digest, maxBodyBytes, sign } from '../../src/slack/signature.ts';

const secret = 'a-signing-secret';
const previousSecret = 'the-secret-before';
const now = 1_763_800_000;
const lambda: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'web',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:web',
  memoryLimitInMB: '1024',
  awsRequestId: 'r-1',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 3000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

const listen = (app: App) => {
  app.action('ack', async ({ ack }) => ack());
  app.action('silent', async () => {});
  app.action('throws', async () => {
    throw new Error('secret xoxb-123 in the message');
  });
  app.action('throws_late', async ({ ack }) => {
    await ack();
    throw new Error('secret xoxb-123 in the message');
  });
  app.action('twice', async ({ ack }) => {
    await ack();
    await ack();
  });
  app.view('plan', async ({ ack }) => ack({ response_action: 'errors', errors: { b: 'no' } }));
  app.command('/cordon', async ({ ack, command }) => ack(`heard ${command.text}`));
  app.event('app_mention', async () => {});
};

/** A real Bolt app behind our receiver, with the settings of production and a note of all that ran. */
const createWeb = (options: { secrets?: () => Promise<readonly string[]> } = {}) => {
  const ran: SignedRequest[] = [];
  const log: string[] = [];
  const note = (...words: unknown[]) => void log.push(words.map(String).join(' '));
  const logger = {
    debug: () => {},
    info: note,
    warn: note,
    error: note,
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
  const receiver = createReceiver({
    now: () => now * 1000,
    secrets: options.secrets ?? (async () => [secret, previousSecret]),
    logger,
  });
  const app = new App({
    token: 'xoxb-test',
    receiver,
    logger,
    tokenVerificationEnabled: false,
    botId: 'B0CORDON',
    botUserId: 'U0CORDON',
    convoStore: false,
    ignoreSelf: true,
    clientOptions: {
      retryConfig: { retries: 1 },
      timeout: 2000,
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      fetch: () => Promise.reject(new Error('no network in this test')),
    },
  });
  app.error(async (error) => {
    throw error;
  });
  app.use(async ({ context, next }) => {
    ran.push(signedRequestOf(context));
    await next();
  });
  listen(app);
  return { handle: receiver.toHandler(), ran, log };
};

const user = { id: 'U0MARIA', name: 'maria', username: 'maria', team_id: 'T0CORDON' };
const payload = (fields: object) =>
  `payload=${encodeURIComponent(JSON.stringify({ team: { id: 'T0CORDON', domain: 'x' }, user, api_app_id: 'A0CORDON', token: 'not-used', ...fields }))}`;
const click = (actionId: string, value = 'v') =>
  payload({
    type: 'block_actions',
    trigger_id: '1.2.3',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0SECURITY' },
    channel: { id: 'C0SECURITY', name: 'x' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.2' }],
  });
const submission = payload({
  type: 'view_submission',
  view: { id: 'V1', type: 'modal', callback_id: 'plan', state: { values: {} } },
});
const command =
  'command=%2Fcordon&text=status+%C3%BC&user_id=U0MARIA&team_id=T0CORDON&channel_id=C0SECURITY&trigger_id=1.2.3';
const mention = JSON.stringify({
  type: 'event_callback',
  team_id: 'T0CORDON',
  event_id: 'Ev1',
  event: { type: 'app_mention', user: 'U0MARIA', channel: 'C0SECURITY', text: '✓ ü', ts: '1.1' },
});
const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

interface Shape {
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly base64?: boolean;
  readonly timestamp?: number | string;
  readonly secret?: string;
  readonly method?: string;
  /** Overrides after signing; undefined removes. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent instead of the signed body. */
  readonly sent?: string;
}

const request = (shape: Shape = {}): APIGatewayProxyEventV2 => {
  const rawBody = Buffer.from(shape.body ?? click('ack'));
  const timestamp = shape.timestamp ?? now;
  const sent = shape.sent === undefined ? rawBody : Buffer.from(shape.sent);
  const base64 = shape.base64 ?? true;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: {
      'content-type': shape.type ?? form,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': sign(shape.secret ?? secret, timestamp, rawBody),
      ...shape.headers,
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'a',
      domainName: 'd',
      domainPrefix: 'p',
      http: {
        method: shape.method ?? 'POST',
        path: '/',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'u',
      },
      requestId: 'r',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: now * 1000,
    },
    body: sent.toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
  };
};

const oversized = 'a'.repeat(maxBodyBytes + 1);
const twin = sign(secret, now, Buffer.from(click('ack')));

/** What is sent, the status, and how many listeners' chains ran. */
const table: readonly (readonly [string, Shape, number, number])[] = [
  // Valid, in each encoding.
  ['a click as a form in base64', {}, 200, 1],
  ['a click as a form in UTF-8', { base64: false }, 200, 1],
  ['a form whose content type names a charset', { type: `${form}; charset=utf-8` }, 200, 1],
  ['a content type in upper case', { type: form.toUpperCase() }, 200, 1],
  ['a command in base64', { body: command }, 200, 1],
  ['a command in UTF-8', { body: command, base64: false }, 200, 1],
  ['a submission', { body: submission }, 200, 1],
  ['an event as JSON in UTF-8', { body: mention, type: json, base64: false }, 200, 1],
  [
    'an event as JSON in base64 with characters beyond ASCII',
    { body: mention, type: json },
    200,
    1,
  ],
  ['JSON with a charset', { body: mention, type: `${json}; charset=utf-8` }, 200, 1],
  [
    'a retry of an event',
    {
      body: mention,
      type: json,
      headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
    },
    200,
    1,
  ],
  ['a request signed with the secret before the rotation', { secret: previousSecret }, 200, 1],
  [
    'headers in mixed case',
    { headers: { 'x-slack-signature': undefined, 'X-Slack-Signature': twin } },
    200,
    1,
  ],
  ['a request 300 s old', { timestamp: now - 300 }, 200, 1],
  ['a request 300 s ahead', { timestamp: now + 300 }, 200, 1],
  [
    'a URL verification',
    { body: '{"type":"url_verification","challenge":"c"}', type: json },
    200,
    0,
  ],
  ['an SSL check', { body: 'ssl_check=1&token=x' }, 200, 0],
  // Refused before any parsing.
  ['a request 301 s old', { timestamp: now - 301 }, 401, 0],
  ['a request 301 s ahead', { timestamp: now + 301 }, 401, 0],
  ['a request of last year', { timestamp: now - 31_536_000 }, 401, 0],
  ['version v1', { headers: { 'x-slack-signature': twin.replace('v0', 'v1') } }, 401, 0],
  ['a signature without a version', { headers: { 'x-slack-signature': twin.slice(3) } }, 401, 0],
  ['no signature', { headers: { 'x-slack-signature': undefined } }, 401, 0],
  ['no timestamp', { headers: { 'x-slack-request-timestamp': undefined } }, 401, 0],
  ['an empty signature', { headers: { 'x-slack-signature': '' } }, 401, 0],
  ['a truncated signature', { headers: { 'x-slack-signature': twin.slice(0, 40) } }, 401, 0],
  ['a signature in upper case', { headers: { 'x-slack-signature': twin.toUpperCase() } }, 401, 0],
  [
    'upper-case hexadecimal digits',
    { headers: { 'x-slack-signature': `v0=${twin.slice(3).toUpperCase()}` } },
    401,
    0,
  ],
  [
    'a signature that is not hexadecimal',
    { headers: { 'x-slack-signature': `v0=${'z'.repeat(64)}` } },
    401,
    0,
  ],
  ['two signatures in one header', { headers: { 'x-slack-signature': `${twin},${twin}` } }, 401, 0],
  ['two signature headers', { headers: { 'X-Slack-Signature': twin } }, 401, 0],
  ['a timestamp that is not digits', { timestamp: 'now' }, 401, 0],
  ['a timestamp in exponent form', { timestamp: '1.7638e9' }, 401, 0],
  ['a negative timestamp', { timestamp: -now }, 401, 0],
  [
    'a timestamp other than the signed one',
    { headers: { 'x-slack-request-timestamp': String(now - 1) } },
    401,
    0,
  ],
  ['the wrong secret', { secret: 'not-the-secret' }, 401, 0],
  ['an empty secret', { secret: '' }, 401, 0],
  ['a truncated body', { sent: click('ack').slice(0, -1) }, 401, 0],
  ['one byte more', { sent: `${click('ack')}&` }, 401, 0],
  ['another body', { sent: click('throws') }, 401, 0],
  ['an empty body instead of the signed one', { sent: '' }, 401, 0],
  [
    'an unsigned SSL check',
    { body: 'ssl_check=1', headers: { 'x-slack-signature': undefined } },
    401,
    0,
  ],
  [
    'an unsigned URL verification',
    { body: '{"type":"url_verification","challenge":"c"}', type: json, secret: 'x' },
    401,
    0,
  ],
  ['an oversized body in base64', { body: oversized }, 413, 0],
  ['an oversized body in UTF-8', { body: oversized, base64: false }, 413, 0],
  [
    'an oversized unsigned body',
    { body: oversized, headers: { 'x-slack-signature': undefined } },
    413,
    0,
  ],
  ['a GET', { method: 'GET' }, 405, 0],
  ['a PUT with a valid signature', { method: 'PUT' }, 405, 0],
  // Malformed after a valid signature.
  ['an empty signed body', { body: '' }, 400, 0],
  ['JSON that does not parse', { body: '{"type":', type: json }, 400, 0],
  ['JSON after a byte order mark', { body: `\uFEFF${mention}`, type: json }, 400, 0],
  ['JSON that is an array', { body: '[]', type: json }, 400, 0],
  ['JSON that is null', { body: 'null', type: json }, 400, 0],
  ['a payload that does not parse', { body: 'payload=%7B' }, 400, 0],
  ['bytes that are not UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]), type: json }, 400, 0],
  [
    'a click by nobody',
    { body: payload({ type: 'block_actions', user: undefined, actions: [] }) },
    400,
    0,
  ],
  [
    'a click with two actions',
    { body: payload({ type: 'block_actions', actions: [{}, {}] }) },
    400,
    0,
  ],
  ['a submission without a view', { body: payload({ type: 'view_submission' }) }, 400, 0],
  ['an unknown content type', { type: 'text/plain' }, 400, 0],
  ['no content type', { headers: { 'content-type': undefined } }, 400, 0],
  // Listeners.
  ['a click that nothing listens to', { body: click('unknown') }, 404, 1],
  ['a click whose listener never acknowledges', { body: click('silent') }, 404, 1],
  ['a command that nothing listens to', { body: command.replace('cordon', 'other') }, 404, 1],
  ['a payload of an unknown type', { body: payload({ type: 'new_thing' }) }, 404, 0],
  ['a listener that throws before it acknowledges', { body: click('throws') }, 500, 1],
  ['a listener that throws after it acknowledged', { body: click('throws_late') }, 200, 1],
  ['a listener that acknowledges twice', { body: click('twice') }, 200, 1],
];

test.each(table)('answers %s', async (_, shape, status, chains) => {
  const web = createWeb();
  const response = await web.handle(request(shape), lambda);
  expect(response.statusCode).toBe(status);
  expect(web.ran).toHaveLength(chains);
});

test('gives Slack the challenge, the text, the JSON and the empty answer that were meant', async () => {
  const { handle } = createWeb();
  const challenge = '{"type":"url_verification","challenge":"c"}';
  expect(await handle(request({ body: challenge, type: json }), lambda)).toMatchObject({
    body: '{"challenge":"c"}',
  });
  expect(await handle(request({ body: command }), lambda)).toEqual({
    statusCode: 200,
    body: 'heard status ü',
  });
  expect(await handle(request({ body: submission }), lambda)).toMatchObject({
    headers: { 'content-type': 'application/json' },
    body: '{"response_action":"errors","errors":{"b":"no"}}',
  });
  expect(await handle(request(), lambda)).toEqual({ statusCode: 200, body: '' });
});

test('hands listeners the exact signed bytes for the queue', async () => {
  const { handle, ran } = createWeb();
  await handle(request({ body: mention, type: json }), lambda);
  const [signed] = ran;
  expect(signed).toEqual({
    body: mention,
    contentType: json,
    timestamp: String(now),
    signature: sign(secret, now, Buffer.from(mention)),
    digest: digest(Buffer.from(mention)),
  });
});

test('answers 200 to the same request twice, with the same digest for the replay ledger', async () => {
  const { handle, ran } = createWeb();
  const answers = [await handle(request(), lambda), await handle(request(), lambda)];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(new Set(ran.map((signed) => signed.digest)).size).toBe(1);
});

test.each<Shape>([
  { body: click('throws') },
  { body: click('throws_late') },
  { body: 'payload=%7Bxoxb-123' },
  { secret: 'wrong' },
  { body: `{"xoxb-123`, type: json },
])('logs that a request failed, and nothing of what it carried (%#)', async (shape) => {
  const { handle, log } = createWeb();
  await handle(request(shape), lambda);
  expect(log.length).toBeGreaterThan(0);
  expect(log.join('\n')).not.toMatch(/xoxb|v0=|U0MARIA/);
});

test.each([
  ['none', async () => []],
  ['an empty one', async () => ['']],
  ['no answer', () => Promise.reject(new Error('AccessDenied'))],
])('runs nothing and says 500 when the secret store gives %s', async (_, secrets) => {
  const { handle, ran, log } = createWeb({ secrets });
  expect((await handle(request({ secret: '' }), lambda)).statusCode).toBe(500);
  expect(ran).toEqual([]);
  expect(log).toHaveLength(1);
});

test('survives an event that is no HTTP request at all', async () => {
  const { handle } = createWeb();
  const event: APIGatewayProxyEventV2 = JSON.parse('{}');
  expect((await handle(event, lambda)).statusCode).toBe(405);
  const bare: APIGatewayProxyEventV2 = JSON.parse('{"requestContext":{"http":{"method":"POST"}}}');
  expect((await handle(bare, lambda)).statusCode).toBe(401);
});

test('makes a handler of two arguments, as the Node 24 runtime demands', () => {
  expect(createWeb().handle).toHaveLength(2);
});
