/** Whatever reaches the receiver: it answers, and nothing that Slack did not sign is heard or logged. */
import { App, LogLevel } from '@slack/bolt';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReceiver } from '../../src/slack/receiver.ts';
import { sign } from '../../src/slack/signature.ts';

const runs = { numRuns: Number(process.env['CORDON_FUZZ_RUNS'] ?? 300) };
const secret = 'a-signing-secret';
const now = 1_763_800_000;

const heard: unknown[] = [];
const logged: string[] = [];
const note = (...words: unknown[]) => void logged.push(words.map(String).join(' '));
const receiver = createReceiver({
  now: () => now * 1000,
  secrets: async () => [secret],
  logger: { info: note, error: note },
});
const app = new App({
  token: 'xoxb-test',
  receiver,
  tokenVerificationEnabled: false,
  botId: 'B0CORDON',
  botUserId: 'U0CORDON',
  convoStore: false,
  logger: {
    ...{ debug: () => {}, info: note, warn: note, error: note },
    ...{ setLevel: () => {}, getLevel: () => LogLevel.INFO, setName: () => {} },
  },
});
app.use(async ({ next }) => {
  heard.push(1);
  await next();
});
app.command('/cordon', async ({ ack }) => ack());

const handle = receiver.toHandler();
const send = async (event: object) => {
  heard.length = 0;
  logged.length = 0;
  return await handle(event as APIGatewayProxyEventV2, {} as Context);
};

const form = 'application/x-www-form-urlencoded';
const command =
  'command=%2Fcordon&text=x&user_id=U0MARIA&team_id=T0CORDON&channel_id=C0SECURITY&trigger_id=1.2.3';
const request = (body: Buffer, signature: string, contentType = form) => ({
  requestContext: { http: { method: 'POST' } },
  headers: {
    'content-type': contentType,
    'x-slack-request-timestamp': String(now),
    'x-slack-signature': signature,
  },
  body: body.toString('base64'),
  isBase64Encoded: true,
});
const signed = (body: Buffer, contentType = form) =>
  request(body, sign(secret, now, body), contentType);

test('the request that the others are made from is heard', async () => {
  expect(await send(signed(Buffer.from(command)))).toMatchObject({ statusCode: 200 });
  expect(heard).toHaveLength(1);
});

test('a changed byte is refused, and nothing hears of it', async () => {
  const byte = fc.tuple(fc.nat(command.length - 1), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(byte, async ([at, by]) => {
      const body = Buffer.from(command);
      body[at] = (body[at] ?? 0) ^ by;
      const answer = await send(request(body, sign(secret, now, Buffer.from(command))));
      expect([answer.statusCode, heard.length]).toEqual([401, 0]);
    }),
    runs,
  );
});

/** Kept from receivers that threw at them: half a payload, one that is no object, text that is no UTF-8. */
const saved: [Buffer, string][] = [
  [Buffer.from(''), form],
  [Buffer.from('payload='), form],
  [Buffer.from('payload=%'), form],
  [Buffer.from('payload=null'), form],
  [Buffer.from('payload=%7B%22type%22%3A1%7D&payload=%7B%7D'), form],
  [Buffer.from('{"type":"url_verification"}'), 'application/json'],
  [Buffer.from('[[[['), 'application/json'],
  [Buffer.from([0xff, 0xfe, 0x00, 0xc0]), ''],
];

test('any signed body gets an answer, and none is logged', async () => {
  const text = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.webQueryParameters());
  const body = fc.oneof(
    text.map((each) => Buffer.from(each)),
    text.map((each) => Buffer.from(`payload=${encodeURIComponent(each)}`)),
    fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
  );
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(form, 'application/json', ''), async (bytes, type) => {
      const marked = Buffer.concat([bytes, Buffer.from('&mark=NEVERLOGGED')]);
      const { statusCode } = await send(signed(marked, type));
      expect([200, 400, 404, 500]).toContain(statusCode);
      expect(logged.join('\n')).not.toContain('NEVERLOGGED');
    }),
    { ...runs, examples: saved },
  );
});

test('anything that is no request of a gateway is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (event) => {
      expect([(await send(event)).statusCode, heard.length]).toEqual([405, 0]);
    }),
    runs,
  );
});
