/** Slack's Web API over the simulated workspace: token, faults, the method, the log. */
import type { Field } from '../../slack/payload.ts';
import { SlackApiError } from './api-error.ts';
import { canvasMethods } from './canvas-methods.ts';
import { chatMethods, type Method } from './chat-methods.ts';
import type { Fault, Faults } from './faults.ts';
import type { Memory } from './memory.ts';
import { peopleMethods } from './people-methods.ts';
import { viewMethods } from './view-methods.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Field;
  /** Real milliseconds to wait before answering. */
  readonly delayMs: number;
  /** True: the call was done, and its answer must not arrive. */
  readonly lost: boolean;
}

export interface ApiRequest {
  readonly method: string;
  /** As parsed from JSON or a form; in a form, objects are JSON text and flags are words. */
  readonly params: Field;
  readonly token: string | undefined;
}

export interface Api {
  readonly memory: Memory;
  readonly faults: Faults;
  /** The bot token that works. */
  readonly token: string;
  readonly onChange: () => void;
}

const methods = new Map<string, Method>(
  Object.entries({ ...chatMethods, ...viewMethods, ...peopleMethods, ...canvasMethods }),
);

/** Answers one call. Never throws for what an app may send; the error has Slack's own name. */
export const callApi = (api: Api, request: ApiRequest): ApiAnswer => {
  const fault = api.faults.take(request.method);
  const outcome = fault?.kind === 'throttle' ? throttled(fault) : attempted(api, request, fault);
  const { error } = outcome.body;
  api.memory.calls.push({
    n: api.memory.calls.length + 1,
    at: api.memory.now(),
    method: request.method,
    args: withoutToken(request.params),
    error: typeof error === 'string' ? error : undefined,
  });
  api.onChange();
  return outcome;
};

const attempted = (api: Api, request: ApiRequest, fault: Fault | undefined): ApiAnswer => ({
  status: 200,
  // docs.slack.dev/authentication/installing-with-oauth: every answer names the token's scopes.
  headers: request.token === api.token ? { 'x-oauth-scopes': api.memory.scopes.join(',') } : {},
  body:
    fault?.kind === 'error'
      ? { ok: false, error: fault.error ?? 'fatal_error' }
      : done(api, request),
  delayMs: fault?.kind === 'delay' ? (fault.delayMs ?? 1000) : 0,
  lost: fault?.kind === 'timeout',
});

const throttled = (fault: Fault): ApiAnswer => ({
  status: 429,
  headers: { 'retry-after': String(Math.max(1, Math.ceil((fault.delayMs ?? 0) / 1000))) },
  body: { ok: false, error: 'ratelimited' },
  delayMs: 0,
  lost: false,
});

const done = (api: Api, request: ApiRequest): Field => {
  try {
    if (request.token === undefined) throw new SlackApiError('not_authed');
    if (request.token !== api.token) throw new SlackApiError('invalid_auth');
    const method = methods.get(request.method);
    if (method === undefined) {
      throw new SlackApiError('unknown_method', {
        hint: `${request.method} is not simulated; add it in src/local/slack/`,
      });
    }
    return { ok: true, ...method(api.memory, argsOf(request.params)) };
  } catch (error) {
    if (error instanceof SlackApiError) return { ok: false, error: error.code, ...error.detail };
    if (error instanceof RangeError || error instanceof SyntaxError) {
      return {
        ok: false,
        error: 'invalid_arguments',
        response_metadata: { messages: [error.message] },
      };
    }
    throw error;
  }
};

const jsonArgs = [
  'blocks',
  'view',
  'metadata',
  'attachments',
  'document_content',
  'channel_ids',
  'user_ids',
];
const flags = [
  'reply_broadcast',
  'unfurl_links',
  'unfurl_media',
  'link_names',
  'include_all_metadata',
  'inclusive',
];

const argsOf = (params: Field): Field =>
  Object.fromEntries(
    Object.entries(withoutToken(params)).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (jsonArgs.includes(name)) return [name, JSON.parse(value)];
      return [name, flags.includes(name) ? value === 'true' || value === '1' : value];
    }),
  );

const withoutToken = ({ token: _, ...params }: Field): Field => params;
