/**
 * The SDK's own retries, which the simulated world skips: real clients against a server that answers
 * as AWS does. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awsAccounts } from '../../src/aws/accounts.ts';
import { errorInWords } from '../../src/execution/error-in-words.ts';

const session = `<AssumeRoleResponse><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
<SessionToken>token</SessionToken><Expiration>2026-11-22T03:15:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const keys = `<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/>
<IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>`;
const failure = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Rate exceeded</Message></Error></ErrorResponse>`;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What IAM answers, in turn; the last one for ever. */
let answers: readonly Answer[];
let asked: string[];
const assumed: Answer = { status: 200, body: session };

const nextAnswer = (): Answer => {
  const [next = assumed, ...later] = answers;
  if (later.length > 0) answers = later;
  return next;
};

let server: Server;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const operation = /Action=(\w+)/.exec(body)?.[1] ?? '';
      asked.push(operation);
      const { status, body: text } = operation === 'AssumeRole' ? assumed : nextAnswer();
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  process.env['AWS_ENDPOINT_URL'] =
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const list = async () => {
  const accounts = awsAccounts({
    functionName: 'executor',
    homeRegion: 'eu-west-1',
    externalId: 'cordon-local',
    now: () => Date.parse('2026-11-22T03:00:00.000Z'),
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
  });
  const aws = await accounts.as({
    role: 'respond',
    account: '123456789012',
    region: 'eu-west-1',
    requestId: 'REQ-1',
  });
  return aws.call('iam:ListAccessKeys', { UserName: 'ci-deploy' });
};

test('what is throttled or breaks twice is tried again and then succeeds', async () => {
  answers = [
    { status: 400, body: failure('Throttling') },
    { status: 503, body: failure('ServiceUnavailable') },
    { status: 200, body: keys },
  ];
  expect(await list()).toMatchObject({ IsTruncated: false });
  expect(asked).toEqual(['AssumeRole', ...Array.from({ length: 3 }, () => 'ListAccessKeys')]);
});

test.each([
  ['Throttling', 400, 'It was tried three times; try again in a minute.'],
  ['ServiceUnavailable', 503, 'live state is read again at the next try.'],
])(
  '%s for ever ends after three tries, in words that say what to do',
  async (code, status, words) => {
    answers = [{ status, body: failure(code) }];
    const error = await list().catch((thrown: unknown) => thrown);
    expect(errorInWords(error)).toMatch(new RegExp(`^${code}: Rate exceeded\\. .*${words}$`));
    expect(asked.filter((operation) => operation === 'ListAccessKeys')).toHaveLength(3);
  },
);

test('what is forbidden is not tried again', async () => {
  answers = [{ status: 403, body: failure('AccessDenied') }];
  await expect(list()).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(asked).toEqual(['AssumeRole', 'ListAccessKeys']);
});
