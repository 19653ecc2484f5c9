/**
 * What the doctor says about Cordon's own policies: a stand-in on 127.0.0.1 speaks the protocols of IAM and
 * of Access Analyzer, and answers as the simulated world does.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { config } from '../../../cordon.config.ts';
import { policies } from '../../../src/cli/doctor/after/policies.ts';
import type { Site } from '../../../src/cli/doctor/site.ts';
import { accessAnalyzerChecks } from '../../../src/local/world/access-analyzer-checks.ts';

const policy = (...Action: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:sqs:eu-west-1:999988887777:jobs' }],
  });

/** Inline policies of the deployed roles, by role. */
let deployed: Map<string, string>;
let attached: readonly string[];
/** Of Access Analyzer, instead of an answer. */
let refusal: string | undefined;
let checks: string[];

const none = `<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no such role</Message></Error></ErrorResponse>`;

const iam = (body: URLSearchParams): readonly [status: number, xml: string] => {
  const action = body.get('Action') ?? '';
  const document = deployed.get(body.get('RoleName') ?? '');
  if (document === undefined) return [404, none];
  const result = {
    ListRolePolicies:
      '<PolicyNames><member>rights</member></PolicyNames><IsTruncated>false</IsTruncated>',
    ListAttachedRolePolicies: `<AttachedPolicies>${attached.map((name) => `<member><PolicyName>${name}</PolicyName></member>`).join('')}</AttachedPolicies><IsTruncated>false</IsTruncated>`,
    GetRolePolicy: `<PolicyName>rights</PolicyName><PolicyDocument>${encodeURIComponent(document)}</PolicyDocument>`,
  }[action];
  return [
    200,
    `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result></${action}Response>`,
  ];
};

const analyzer = (path: string, input: never): readonly [status: number, json: string] => {
  checks.push(path);
  if (refusal) return [403, JSON.stringify({ message: refusal })];
  return [
    200,
    JSON.stringify(
      path === '/policy/validation'
        ? accessAnalyzerChecks.ValidatePolicy(input)
        : accessAnalyzerChecks.CheckAccessNotGranted(input),
    ),
  ];
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
};

let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [status, text] = pathname.startsWith('/policy/')
      ? analyzer(pathname, JSON.parse(body) as never)
      : iam(new URLSearchParams(body));
    const type = pathname.startsWith('/policy/') ? 'application/json' : 'text/xml';
    if (status === 403) response.setHeader('x-amzn-errortype', 'AccessDeniedException');
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  deployed = new Map();
  attached = [];
  refusal = undefined;
  checks = [];
});

const looked = () => {
  const { port } = server.address() as AddressInfo;
  const aws: Site['aws'] = {
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'local' },
  };
  return policies.look({ aws, config } as Site);
};

const lines = async (): Promise<string> =>
  (await looked())
    .map((one) => `${one.kind} ${one.says}${one.kind === 'broken' ? ` → ${one.remedy}` : ''}`)
    .join('\n');

const everywhere = ['web', 'ingest', 'notify', 'worker', 'executor', 'tick', 'step-up'].map(
  (name) => `cordon-${name}`,
);

test('before a deployment the member roles of this release are judged, and each is what it claims', async () => {
  const told = await lines();
  expect(told).not.toContain('broken');
  expect(told).not.toContain('was not checked');
  expect(told).toContain('skipped cordon-web is not deployed yet');
  expect(checks.filter((path) => path === '/policy/validation')).toHaveLength(5);
});

test('after it, the deployed roles of the functions too', async () => {
  deployed = new Map(everywhere.map((name) => [name, policy('logs:PutLogEvents')]));
  expect(await lines()).toBe('fine 12 policies are sound and grant nothing that they must not');
});

test.each([
  ['assume roles', 'cordon-web', 'sts:AssumeRole'],
  ['assume roles by a pattern', 'cordon-ingest', 'sts:*'],
  ['read the Slack secret', 'cordon-executor', 'secretsmanager:GetSecretValue'],
  ['start executions', 'cordon-tick', 'states:StartExecution'],
  ['hand on a role', 'cordon-worker', 'iam:PassRole'],
  ['make new code of a function', 'cordon-notify', 'lambda:UpdateFunctionCode'],
])('a function that may %s although it must not is named', async (_, role, action) => {
  deployed = new Map([[role, policy('logs:PutLogEvents', action)]]);
  const told = await lines();
  expect(told).toContain(`broken ${role} may do what it must never: One or more of the listed`);
  expect(told).toContain('→ Deploy the stack cordon again, and find out in CloudTrail');
});

test('a policy that is not sound is named with what AWS says', async () => {
  deployed = new Map([
    ['cordon-web', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage' }] })],
  ]);
  expect(await lines()).toContain(
    'broken cordon-web has a policy that AWS warns of: statement 1: Add a Resource',
  );
});

test('a managed policy that the stack does not attach', async () => {
  deployed = new Map([['cordon-web', policy('sqs:SendMessage')]]);
  attached = ['AdministratorAccess'];
  expect(await lines()).toContain('policies that the stack does not attach: AdministratorAccess');
});

test('where Access Analyzer does not answer it is asked once, and nothing is called good', async () => {
  refusal = 'not authorized to perform: access-analyzer:ValidatePolicy';
  const told = await lines();
  expect(told).toContain('was not checked, because Access Analyzer said AccessDeniedException');
  expect(told).not.toMatch(/^(fine|broken)/m);
  expect(checks).toHaveLength(1);
});
