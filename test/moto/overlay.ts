/**
 * An HTTP server in front of moto: what moto lacks of GuardDuty and Security Hub is answered over
 * the real wire protocol by the simulated world's handlers, everything else by moto.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as guardDuty from '@aws-sdk/client-guardduty';
import * as securityHub from '@aws-sdk/client-securityhub';
import { AwsError } from '../../src/local/world/aws-error.ts';
import type { World } from '../../src/local/world/world.ts';
import { closed, listening } from './loopback.ts';

const { ListDetectors$, ArchiveFindings$, UnarchiveFindings$ } = guardDuty;
const { CreateFilter$, DeleteFilter$, GetFilter$, ListFindings$ } = guardDuty;
const { BatchUpdateFindings$ } = securityHub;

/** Method and path come from the SDK's own schemas: `[9, namespace, name, { http }, …]`. */
const routes = [
  ...[ListDetectors$, guardDuty.GetFindings$, ArchiveFindings$, UnarchiveFindings$],
  ...[CreateFilter$, DeleteFilter$, GetFilter$, ListFindings$, guardDuty.UpdateFindingsFeedback$],
  ...[securityHub.GetFindings$, BatchUpdateFindings$],
].map(([, namespace, operation, traits]) => {
  const [method, path]: readonly string[] = Object(traits).http;
  const pattern = path?.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const service = namespace.replace('com.amazonaws.', '');
  return { service, operation, method, path: new RegExp(`^${pattern}$`) };
});

/** Members that are maps: their keys are no names of AWS. */
const isMap = (key: string): boolean => /^(criterion|tags)$/i.test(key);

/** GuardDuty's wire names begin small, the SDK's and the world's with a capital. */
const renamed = (
  value: unknown,
  first: (letter: string) => string,
  inMap: boolean = false,
): unknown => {
  if (Array.isArray(value)) return value.map((each) => renamed(each, first));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      inMap ? key : first(key.charAt(0)) + key.slice(1),
      renamed(each, first, isMap(key)),
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
  const { method = 'GET', url = '/', headers } = request;
  const kept = ['authorization', 'content-type'].map((name) => [name, `${headers[name]}`]);
  const response = await fetch(moto + url, {
    method,
    headers: Object.fromEntries(kept),
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
  const body = await text(request);
  const scope = /Credential=([\w-]+)\/\d+\/([\w-]+)\/(\w+)/.exec(
    `${request.headers.authorization}`,
  );
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  for (const { operation, path, ...known } of routes) {
    const found = path.exec(request.url ?? '');
    if (!found || known.method !== request.method || known.service !== service) continue;
    const wire = { ...JSON.parse(body || '{}'), ...found.groups };
    const input = Object(service === 'guardduty' ? renamed(wire, capital) : wire);
    return ask(world, { service, operation, region, accessKeyId, input });
  }
  const answer = await proxy(moto, request, body);
  learnSession(world, body, answer.body);
  return answer;
};

/** Its address, and how to stop it. */
export const startOverlay = async (moto: string, world: World) => {
  const server = createServer(async (request, response) => {
    const failed = (error: unknown): Reply => ({ status: 500, headers: {}, body: `${error}` });
    const { status, headers, body } = await reply(moto, world, request).catch(failed);
    response.writeHead(status, headers).end(body);
  });
  const port = await listening(server);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closed(server) };
};
