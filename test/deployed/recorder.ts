/** A door to moto that writes down every AWS call, on what, and who made it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closed, listening } from '../moto/loopback.ts';
import { type Asked, resourceOf } from './resource-of.ts';
import { standIn } from './stand-in.ts';

interface Recorded {
  /** As an IAM action: `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN of what it was about; empty where nobody's grants depend on it. */
  readonly resource: string;
  readonly accessKeyId: string;
}

export interface Recorder {
  readonly endpoint: string;
  readonly calls: readonly Recorded[];
  close(): Promise<void>;
}

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
  if (typeof target === 'string')
    return (
      target
        .split('.')
        .at(-1)
        ?.replace(/Batch$/, '') ?? ''
    );
  if (service === 's3') return s3Operation(request);
  const rest = `${request.method} ${request.url?.split('?')[0]}`;
  return new URLSearchParams(body).get('Action') ?? restOperations[rest] ?? rest;
};

/** Rights that a call needs besides its own. */
const besides = (action: string, body: string, status: number): readonly string[] => {
  // Without the list S3 says 403 of what is not there: docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  if (action === 's3:GetObject' && status === 404) return ['s3:ListBucket'];
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
  /** Headers in the place of its own. */
  instead: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  const { method = 'GET', url = '/', headers } = request;
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
  return fetch(moto + url, {
    method,
    headers: {
      ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      ...instead,
    },
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

/** `before` is waited for before moto gets a call. */
export const startRecorder = async (
  moto: string,
  before: (action: string, body: string) => Promise<void>,
): Promise<Recorder> => {
  const calls: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const scope = /Credential=([\w-]+)\/\d+\/([\w-]+)\/([\w-]+)/.exec(
      `${request.headers.authorization}`,
    );
    const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
    const text = body.toString('utf8');
    const action = `${service}:${operationOf(request, service, text)}`;
    const answer =
      standIn(action, text) ??
      (await before(action, text).then(
        () => forward(moto, request, body),
        (error) => new Response(String(error), { status: 500 }),
      ));
    const asked: Asked = { service, region, url: request.url ?? '', body: text };
    for (const each of [action, ...besides(action, text, answer.status)])
      calls.push({ action: each, resource: resourceOf(each, asked), accessKeyId });
    await pass(answer, response);
  });
  const port = await listening(server);
  return { endpoint: `http://127.0.0.1:${port}`, calls, close: () => closed(server) };
};
