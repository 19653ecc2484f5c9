import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, test } from 'vitest';
import { type Loopback, loopback, type Received } from '../../bench/house/loopback.ts';
import { jsonCall } from '../../src/app/json-call.ts';
import type { OwnCall } from '../../src/app/outside.ts';

type Answer = { readonly status: number; readonly body?: string } | 'hang up';

let server: Loopback | undefined;
let received: Received[] = [];

afterEach(async () => {
  await server?.close();
  received = [];
});

const answering = async (...answers: readonly Answer[]) => {
  server = await loopback((one, response) => {
    received.push(one);
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? 'hang up';
    if (answer === 'hang up') return response.destroy();
    return response.writeHead(answer.status).end(answer.body ?? '{}');
  });
  return jsonCall({
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'a session token',
    AWS_ENDPOINT_URL: `http://${server.host}`,
  });
};

const message: OwnCall = {
  service: 'sqs',
  operation: 'SendMessage',
  region: 'eu-west-1',
  input: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q', MessageBody: 'ä"1' },
};
const secret: OwnCall = {
  service: 'secretsmanager',
  operation: 'GetSecretValue',
  region: 'eu-west-1',
  input: { SecretId: 'cordon-slack' },
};

/** What AWS's own signer would have sent. */
const signatureOf = async (call: OwnCall, { headers, path, body }: Received): Promise<string> => {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const stamp = String(headers['x-amz-date']);
  const signer = new SignatureV4({
    credentials: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      sessionToken: 'a session token',
    },
    region: call.region,
    service: call.service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
      body,
    },
    {
      signingDate: new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')),
      signableHeaders: new Set(names),
    },
  );
  return signed.headers['authorization'] ?? '';
};

describe('a call to an own queue or secret', () => {
  test.each([message, secret])('$service is signed as the SDK signs it', async (call) => {
    const ask = await answering({ status: 200, body: '{"MessageId":"1"}' });
    expect(await ask(call)).toEqual({ MessageId: '1' });
    const [one] = received;
    expect(JSON.parse(one?.body ?? '')).toEqual(call.input);
    expect(one?.headers['x-amz-target']).toMatch(
      /^(AmazonSQS\.SendMessage|secretsmanager\.GetSecretValue)$/,
    );
    expect(one?.headers.authorization).toBe(await signatureOf(call, one as Received));
  });

  test.each<[string, Answer]>([
    ['a lost connection', 'hang up'],
    ['an error of the service', { status: 500 }],
    ['throttling', { status: 400, body: '{"__type":"com.amazonaws.sqs#ThrottlingException"}' }],
  ])('is tried again after %s', async (_, first) => {
    const ask = await answering(first, first, { status: 200 });
    expect(await ask(message)).toEqual({});
    expect(received).toHaveLength(3);
  });

  test('gives up after three tries, with the name of the error', async () => {
    const ask = await answering({ status: 503 });
    await expect(ask(message)).rejects.toMatchObject({ name: 'HTTP503' });
    expect(received).toHaveLength(3);
  });

  test('a refusal is final, and its error quotes nothing that was sent or answered', async () => {
    const ask = await answering({
      status: 400,
      body: '{"__type":"com.amazonaws.sqs#AccessDenied:http://x","message":"secret words"}',
    });
    await expect(ask(message)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'sqs:SendMessage failed with AccessDenied',
    });
    expect(received).toHaveLength(1);
  });
});
