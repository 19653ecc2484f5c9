import { expect, test } from 'vitest';
import {
  digest,
  type Headers,
  maxBodyBytes,
  sign,
  verifySignature,
} from '../../src/slack/signature.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = 1_531_420_618;
const body = Buffer.from(
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
);
const signed = (timestamp: number | string = now, with_ = secret): Headers => ({
  'X-Slack-Request-Timestamp': String(timestamp),
  'X-Slack-Signature': sign(with_, timestamp, body),
});
const verify = (headers: Headers, secrets: readonly string[] = [secret]) =>
  verifySignature({ rawBody: body, headers, secrets, nowSeconds: now });

test("accepts the example of Slack's own documentation", () => {
  const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
  expect(verify({ ...signed(), 'X-Slack-Signature': signature })).toEqual({
    kind: 'verified',
    timestamp: String(now),
    signature,
  });
});

test.each([
  ['exactly 300 s old', now - 300, 'verified'],
  ['exactly 300 s ahead', now + 300, 'verified'],
  ['301 s old', now - 301, 'stale'],
  ['301 s ahead', now + 301, 'future'],
  ['from a millisecond clock', now * 1000, 'malformed'],
  ['in exponent form', '1e9', 'malformed'],
  ['with a sign', `+${now}`, 'malformed'],
  ['with a space', ` ${now}`, 'malformed'],
  ['with a fraction', `${now}.0`, 'malformed'],
  ['in other digits', '١٥٣١٤٢٠٦١٨', 'malformed'],
])('judges a timestamp %s', (_, timestamp, expected) => {
  const verdict = verify(signed(timestamp));
  expect(verdict.kind === 'refused' ? verdict.code : verdict.kind).toBe(expected);
});

const good = sign(secret, now, body);
test.each([
  ['another version', good.replace('v0=', 'v1='), 'bad-version'],
  ['no version', good.slice(3), 'bad-version'],
  ['an upper-case version', good.replace('v0', 'V0'), 'bad-version'],
  ['upper-case digits', `v0=${good.slice(3).toUpperCase()}`, 'malformed'],
  ['one digit too few', good.slice(0, -1), 'malformed'],
  ['one digit too many', `${good}0`, 'malformed'],
  ['a line break at its end', `${good}\n`, 'malformed'],
  ['another last digit', good.slice(0, -1) + (good.endsWith('0') ? '1' : '0'), 'mismatch'],
  ['a second value', `${good},${good}`, 'repeated-header'],
  ['nothing', '', 'missing-headers'],
])('refuses a signature with %s', (_, signature, code) => {
  expect(verify({ ...signed(), 'X-Slack-Signature': signature })).toMatchObject({
    kind: 'refused',
    code,
  });
});

test('refuses a header that comes twice in different case', () => {
  expect(verify({ ...signed(), 'x-slack-signature': good })).toMatchObject({
    code: 'repeated-header',
  });
});

test('accepts either secret while one is being rotated, and no third', () => {
  const next = 'the-next-secret';
  expect(verify(signed(now, secret), [next, secret]).kind).toBe('verified');
  expect(verify(signed(now, next), [next, secret]).kind).toBe('verified');
  expect(verify(signed(now, 'a-third'), [next, secret])).toMatchObject({ code: 'mismatch' });
});

test.each([[[]], [['']], [[secret, ' ']]])('refuses everything with the secrets %j', (secrets) => {
  expect(verify(signed(now, secrets[0] ?? ''), secrets)).toMatchObject({ code: 'no-secret' });
});

test('refuses a body over the cap, whatever its signature', () => {
  const large = Buffer.alloc(maxBodyBytes + 1, 'a');
  const headers = {
    'x-slack-request-timestamp': String(now),
    'x-slack-signature': sign(secret, now, large),
  };
  const verdict = verifySignature({
    rawBody: large,
    headers,
    secrets: [secret],
    nowSeconds: now,
  });
  expect(verdict).toMatchObject({ code: 'too-large' });
});

test('works on bytes: one changed byte that is not UTF-8 is a mismatch', () => {
  const rawBody = Buffer.from([0xff, 0xfe, 0x00]);
  const headers = {
    'x-slack-request-timestamp': String(now),
    'x-slack-signature': sign(secret, now, rawBody),
  };
  const of = (bytes: Buffer) =>
    verifySignature({ rawBody: bytes, headers, secrets: [secret], nowSeconds: now });
  expect(of(rawBody).kind).toBe('verified');
  expect(of(Buffer.from([0xff, 0xff, 0x00]))).toMatchObject({ code: 'mismatch' });
});

test('the digest is the same for a retry of the same body and differs with one byte', () => {
  expect(digest(body)).toMatch(/^[0-9a-f]{64}$/);
  expect(digest(Buffer.from(body))).toBe(digest(body));
  expect(digest(Buffer.concat([body, Buffer.from('a')]))).not.toBe(digest(body));
});
