/**
 * The local world on 127.0.0.1: its page, its HTTP API, its stream of changes. Only requests for
 * this very host are answered, and only this page may send them, so that no other site can.
 */
import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Table } from '../store/table.ts';
import { BadRequest, errorAnswer, type Route, routes } from './http-api.ts';
import type { LocalWorld } from './local-world.ts';
import { stepUpEvent } from './step-up-requests.ts';

const pageFolder = fileURLToPath(new URL('./page/', import.meta.url));
const mostBytes = 64 * 1024 * 1024;

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
};

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { ...headers, 'content-type': type });
  response.end(body);
};

const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));

/** The page as the browser gets it: scripts and styles are bundled at start. */
const page = async (): Promise<Readonly<Record<string, readonly [string, string]>>> => {
  const [html, ...bundles] = await Promise.all([
    readFile(`${pageFolder}index.html`, 'utf8'),
    ...['main.ts', 'style.css'].map((entry) =>
      build({
        entryPoints: [`${pageFolder}${entry}`],
        bundle: true,
        format: 'esm',
        target: 'es2022',
        write: false,
        logLevel: 'silent',
      }),
    ),
  ]);
  const [script, style] = bundles.map(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return {
    '/': ['text/html; charset=utf-8', html],
    '/style.css': ['text/css; charset=utf-8', style ?? ''],
    '/main.js': ['text/javascript; charset=utf-8', script ?? ''],
  };
};

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes) throw new BadRequest('the body is over 64 MB', 'send less at once');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const text = await readText(request);
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('the body is not JSON', 'send a JSON object or array');
  }
};

/** A page of another site has another origin; a rebound name has another host. */
const isOurs = (request: IncomingMessage, port: number): boolean => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = '', origin } = request.headers;
  return (
    hosts.includes(host) &&
    (origin === undefined || hosts.some((one) => origin === `http://${one}`))
  );
};

/** One `change` at most every 50 ms, however much changes. */
const streamOf = (world: LocalWorld) => {
  const readers = new Set<ServerResponse>();
  let due = false;
  world.onChange(() => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      for (const reader of readers) reader.write('event: change\ndata: {}\n\n');
    }, 50);
  });
  return (response: ServerResponse): void => {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    readers.add(response);
    response.on('close', () => readers.delete(response));
  };
};

/** Told of each fault of the local world itself. */
type Failed = (error: unknown) => void;

interface Asked {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly failed: Failed;
}

const answerApi = async (
  route: Route,
  { request, query, failed }: Asked,
  response: ServerResponse,
): Promise<void> => {
  try {
    const body = request.method === 'POST' ? await readBody(request) : {};
    sendJson(response, 200, await route({ query, body }));
  } catch (error) {
    const answer = errorAnswer(error);
    if (answer.status >= 500) failed(error);
    sendJson(response, answer.status, answer.body);
  }
};

/** What is no call is told where the calls are. */
const answerRoute = async (
  table: Readonly<Record<string, Route>>,
  asked: Asked,
  response: ServerResponse,
): Promise<void> => {
  const [pathname = '/'] = (asked.request.url ?? '/').split('?');
  const called = `${asked.request.method} ${pathname}`;
  const route = table[called];
  if (route) return answerApi(route, asked, response);
  return sendJson(response, 404, {
    error: `no ${called}`,
    hint: 'docs/local-world.md lists the calls',
  });
};

/** The page of the step-up function, with the headers that the function gives. */
const answerStepUp = async (
  world: LocalWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = request.method === 'POST' ? await readText(request) : '';
  const answer = await world.stepUp(stepUpEvent(request, body, world.clock.now()));
  response.writeHead(answer.statusCode ?? 200, answer.headers as Readonly<Record<string, string>>);
  response.end(answer.body ?? '');
};

export interface LocalServer {
  readonly url: string;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** `port` 0 takes any free one. Rejects when the port is taken. */
export const serveLocalWorld = async (
  world: LocalWorld,
  chain: Table,
  port: number,
  failed: Failed = () => {},
): Promise<LocalServer> => {
  const table = routes(world, chain);
  const files = await page();
  const stream = streamOf(world);
  const answering = new Set<Promise<void>>();
  let bound = 0;
  const signIn: RequestListener = ({ url = '' }, response) => {
    const html = world.issuer.page(`http://localhost:${bound}${url}`);
    send(response, 200, 'text/html; charset=utf-8', html);
  };
  const gets = new Map<string, RequestListener>([
    ['/stream', (_, response) => stream(response)],
    ['/sign-in/authorize', signIn],
    ['/favicon.ico', (_, response) => send(response, 204, 'image/x-icon', '')],
  ]);
  const server = createServer((request, response) => {
    if (!isOurs(request, bound))
      return sendJson(response, 403, {
        error: 'not for this host',
        hint: `use http://127.0.0.1:${bound}`,
      });
    // Not `new URL`: a path such as `//` is no URL, and must not end the process.
    const [pathname = '/', query = ''] = (request.url ?? '/').split('?');
    const file = files[pathname];
    if (request.method === 'GET' && file) return send(response, 200, ...file);
    const quick = request.method === 'GET' ? gets.get(pathname) : undefined;
    if (quick) return quick(request, response);
    const slow = /^\/step-up(\/|$)/.test(pathname)
      ? answerStepUp(world, request, response).catch(failed)
      : answerRoute(table, { request, query: new URLSearchParams(query), failed }, response);
    const answer = slow.finally(() => answering.delete(answer));
    answering.add(answer);
  });
  bound = await listen(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      // What is still being read must not lose its tables under it.
      await Promise.all(answering);
    },
  };
};
