/**
 * An HTTP server in front of moto: what moto lacks of GuardDuty and Security Hub is answered over
 * the real wire protocol by the simulated world's handlers, everything else by moto.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as guardDuty from '@aws-sdk/client-guardduty';
import * as securityHub from '@aws-sdk/client-securityhub';
import { AwsError } from '../../src/local/world/aws-error.ts';
import type { World } from '../../src/local/world/world.ts';

/** Method and path come from the SDK's own schemas; `[9, namespace, name, traits, …]`. */
const route = (
  service: string,
  { 2: operation, 3: traits }: { readonly 2: string; readonly 3: unknown },
) => {
  const http = typeof traits === 'object' && traits !== null ? Reflect.get(traits, 'http') : [];
  const [method, path]: readonly string[] = http;
  const source = (path ?? '').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { service, operation, method, path: new RegExp(`^${source}$`) };
};

const routes = [
  ...[
    guardDuty.ListDetectors$,
    guardDuty.GetFindings$,
    guardDuty.ArchiveFindings$,
    guardDuty.UnarchiveFindings$,
  ].map((schema) => route('guardduty', schema)),
  ...[securityHub.GetFindings$, securityHub.BatchUpdateFindings$].map((schema) =>
    route('securityhub', schema),
  ),
];

/** GuardDuty's wire names begin small, the SDK's and the world's with a capital. */
const renamed = (value: unknown, first: (letter: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((each) => renamed(each, first));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      first(key.charAt(0)) + key.slice(1),
      renamed(each, first),
    ]),
  );
};
const capital = (letter: string): string => letter.toUpperCase();
const small = (letter: string): string => letter.toLowerCase();

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ask = async (world: World, call: Parameters<World['dispatch']>[0]): Promise<Reply> => {
  try {
    const output = await world.dispatch(call);
    const wire = call.service === 'guardduty' ? renamed(output, small) : output;
    return { status: 200, headers: {}, body: JSON.stringify(wire) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const headers = { 'x-amzn-errortype': error.name };
    const body = JSON.stringify({ message: error.message });
    return { status: error.$metadata.httpStatusCode, headers, body };
  }
};

/** The world lets the owner of a session's account do everything: rights are tested elsewhere. */
const learnSession = (world: World, asked: string, answered: string): void => {
  const account = /RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})%3A/.exec(asked)?.[1];
  const id = /<AccessKeyId>(\w+)</.exec(answered)?.[1];
  if (account && id) world.sessions.set(id, { kind: 'administrator', account });
};

const proxy = async (moto: string, request: IncomingMessage, body: string): Promise<Reply> => {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  delete headers['content-length'];
  const { method = 'GET', url = '/' } = request;
  const response = await fetch(moto + url, {
    method,
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, `${value}`])),
    ...(body ? { body } : {}),
  });
  const type = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    headers: { 'content-type': type },
    body: await response.text(),
  };
};

const reply = async (moto: string, world: World, request: IncomingMessage): Promise<Reply> => {
  const body = `${await buffer(request)}`;
  const { pathname } = new URL(request.url ?? '/', moto);
  const scope = /Credential=([\w-]+)\/\d+\/([\w-]+)\/(\w+)\//.exec(
    request.headers.authorization ?? '',
  );
  const [, accessKeyId = '', region = '', service] = scope ?? [];
  for (const { operation, path, ...known } of routes) {
    const found = path.exec(pathname);
    if (!found || known.method !== request.method || known.service !== service) continue;
    const input = { ...JSON.parse(body || '{}'), ...found.groups };
    const named = Object(service === 'guardduty' ? renamed(input, capital) : input);
    return ask(world, { service, operation, region, accessKeyId, input: named });
  }
  const answer = await proxy(moto, request, body);
  learnSession(world, body, answer.body);
  return answer;
};

const write = (response: ServerResponse, { status, headers, body }: Reply): void => {
  response.writeHead(status, headers).end(body);
};

/** Its address, and how to stop it. */
export const startOverlay = async (moto: string, world: World) => {
  const server = createServer((request, response) => {
    reply(moto, world, request).then(
      (answer) => write(response, answer),
      (error) => write(response, { status: 500, headers: {}, body: `${error}` }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
