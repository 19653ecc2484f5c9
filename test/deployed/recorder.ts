/** A door to moto that writes down every AWS call and who made it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closed, listening } from '../moto/loopback.ts';

interface Recorded {
  /** As an IAM action: `dynamodb:PutItem`. */
  readonly action: string;
  readonly accessKeyId: string;
}

export interface Recorder {
  readonly endpoint: string;
  readonly calls: readonly Recorded[];
  close(): Promise<void>;
}

/** Names of services in the signature, where IAM has another. */
const iamService: Readonly<Record<string, string>> = { states: 'states', email: 'ses' };

const s3Operation = ({ method, url = '' }: IncomingMessage): string => {
  if (method === 'PUT') return 'PutObject';
  return url.includes('list-type') ? 'ListBucket' : 'GetObject';
};

/** REST protocols say an operation by method and path. */
const restOperations: Readonly<Record<string, string>> = {
  'GET /hubv2': 'DescribeSecurityHubV2',
  'GET /analyzer': 'ListAnalyzers',
  'GET /detector': 'ListDetectors',
  'POST /findings/aggregation/list': 'ListFindingAggregations',
};

const operationOf = (request: IncomingMessage, service: string, body: string): string => {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  if (service === 's3') return s3Operation(request);
  const rest = `${request.method} ${request.url?.split('?')[0]}`;
  return new URLSearchParams(body).get('Action') ?? restOperations[rest] ?? rest;
};

/** Rights that a call needs besides its own. */
const besides = (action: string, body: string): readonly string[] => {
  if (action !== 'sts:AssumeRole') return [];
  const asked = new URLSearchParams(body);
  return [
    ...(asked.has('SourceIdentity') ? ['sts:SetSourceIdentity'] : []),
    ...(asked.has('Tags.member.1.Key') ? ['sts:TagSession'] : []),
  ];
};

const hopByHop = new Set(['host', 'connection', 'content-length', 'expect', 'transfer-encoding']);

/** To moto, or to Slack's stand-in. */
export const forward = async (
  moto: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<Response> => {
  const { method = 'GET', url = '/', headers } = request;
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
  return fetch(moto + url, {
    method,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
};

/** The answer as it came. */
export const pass = async (answer: Response, response: ServerResponse): Promise<void> => {
  const headers = [...answer.headers].filter(
    ([name]) => !hopByHop.has(name) && name !== 'content-encoding',
  );
  response.writeHead(answer.status, Object.fromEntries(headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
};

export const startRecorder = async (moto: string): Promise<Recorder> => {
  const calls: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const scope = /Credential=([\w-]+)\/\d+\/[\w-]+\/([\w-]+)/.exec(
      `${request.headers.authorization}`,
    );
    const [, accessKeyId = '', service = ''] = scope ?? [];
    const text = body.toString('utf8');
    const action = `${iamService[service] ?? service}:${operationOf(request, service, text)}`;
    for (const each of [action, ...besides(action, text)])
      calls.push({ action: each, accessKeyId });
    const answer = await forward(moto, request, body);
    await pass(answer, response);
  });
  const port = await listening(server);
  return { endpoint: `http://127.0.0.1:${port}`, calls, close: () => closed(server) };
};
