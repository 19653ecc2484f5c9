/** A `fetch` for `WebClient`'s `clientOptions.fetch`: the simulated workspace instead of slack.com. */
import { setTimeout } from 'node:timers/promises';
import { type Field, isRecord } from '../../slack/payload.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';

/** Serves `…/api/METHOD` of any host, and `response_url`s; any other address is an error that says so. */
export const createFetch =
  (
    call: (request: ApiRequest) => ApiAnswer,
    respond: (path: string, answer: Field) => number,
  ): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { pathname, origin } = new URL(request.url);
    if (origin === 'https://hooks.slack.com')
      return new Response('ok', { status: respond(pathname, await paramsOf(request)) });
    const method = /^\/api\/([\w.]+)$/.exec(pathname)?.[1];
    if (method === undefined) {
      throw new TypeError(`the simulated Slack does not serve ${origin}${pathname}`);
    }
    const params = await paramsOf(request);
    const bearer = request.headers.get('authorization')?.replace(/^Bearer /, '');
    const inBody = typeof params['token'] === 'string' ? params['token'] : undefined;
    const answer = call({ method, params, token: bearer ?? inBody });
    if (answer.delayMs > 0) await setTimeout(answer.delayMs, undefined, { signal: request.signal });
    if (answer.lost) throw new DOMException('The operation timed out', 'TimeoutError');
    return Response.json(answer.body, { status: answer.status, headers: answer.headers });
  };

const paramsOf = async (request: Request): Promise<Field> => {
  const body = await request.text();
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  const parsed: unknown = JSON.parse(body);
  return isRecord(parsed) ? parsed : {};
};
