/**
 * Slack's Web API for notify and worker: posts and edits as answers, never as exceptions, because
 * a Slack failure must not change what happens in AWS. docs.slack.dev/reference/methods
 */
import type { KnownBlock } from '@slack/types';
import {
  ErrorCode,
  LogLevel,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import type { DesiredMessage } from './cards/desired-message.ts';
import type { HomeView } from './home/home-view.ts';
import { type Notice, noticeBlocks, noticeText } from './modals/notice.ts';
import type { ModalView } from './modals/view.ts';

export interface SlackClientOptions {
  readonly token: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Slack's own variable for stand-ins: `http://127.0.0.1:1234/api/`. */
  readonly apiUrl?: string;
  readonly log: (line: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** Not the library's defaults, which retry for half an hour and wait out rate limits. */
export const slackClient = (options: SlackClientOptions): WebClient =>
  new WebClient(options.token, {
    // A post whose answer was lost must not be repeated blindly; the pacer looks for it first.
    retryConfig: { retries: 0 },
    timeout: 5000,
    // What fails is answered and logged by its code; the library would quote more.
    logLevel: LogLevel.ERROR,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(options.fetch ? { fetch: options.fetch } : {}),
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
  });

/** What Slack answered to a post, an edit or a look. */
export type Delivered =
  | {
      readonly kind: 'delivered';
      readonly ts: string;
      /** Where it was posted: for a person, the conversation with them. */
      readonly channel?: string;
    }
  /** There is no such message, or not any more. */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'later';
      readonly seconds: number;
      /** `workspace`: everything has to wait (outage, token); `method`: a 429; `message`: only this one. */
      readonly scope: 'workspace' | 'method' | 'message';
      readonly because: string;
    };

/** What Slack says of the whole app: every message has to wait. */
const ofTheApp = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'missing_scope',
]);
/** Slack's own trouble, perhaps with this method or message only. */
const outages = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
]);
const seconds = { outage: 15, oneMessage: 300 } as const;

/** What an error of Slack's says about the call: when to try again, and what else waits for it. */
export const answerTo = (error: unknown): Delivered => {
  if (error instanceof WebAPIRateLimitedError)
    return {
      kind: 'later',
      seconds: error.retryAfter,
      scope: 'method',
      because: 'ratelimited',
    };
  if (!(error instanceof WebAPIPlatformError))
    return { kind: 'later', seconds: seconds.outage, scope: 'workspace', because: codeOf(error) };
  const because = error.data.error;
  if (because === 'message_not_found' || because === 'thread_not_found') return { kind: 'gone' };
  if (ofTheApp.has(because))
    return { kind: 'later', seconds: seconds.outage, scope: 'workspace', because };
  const wait = outages.has(because) ? seconds.outage : seconds.oneMessage;
  return { kind: 'later', seconds: wait, scope: 'message', because };
};

/** A code for the log; a message could hold a payload. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ErrorCode.RequestError;

/** Nothing of ours may be turned into links, previews or mentions that we did not write. */
export const quiet = {
  unfurl_links: false,
  unfurl_media: false,
  link_names: false,
  parse: 'none',
} as const;

const logged = (options: SlackClientOptions, answer: Delivered): Delivered => {
  if (answer.kind === 'later')
    options.log('slack.later', { because: answer.because, seconds: answer.seconds });
  return answer;
};

const metadataType = 'cordon_message';

/** Edits the message at `ts`, else posts a new one with `name` in its metadata. */
export const deliver = async (
  client: WebClient,
  options: SlackClientOptions,
  message: DesiredMessage & { readonly channel: string; readonly name: string },
  place: { readonly ts?: string; readonly threadTs?: string },
): Promise<Delivered> => {
  const content = {
    channel: message.channel,
    text: message.text,
    blocks: [...message.blocks] as KnownBlock[],
    ...quiet,
  };
  const { name, findings, waiting } = message;
  const metadata = {
    event_type: metadataType,
    event_payload: {
      name,
      ...(findings === undefined ? {} : { findings }),
      ...(waiting === undefined ? {} : { waiting }),
    },
  };
  try {
    if (place.ts) {
      await client.chat.update({ ...content, ts: place.ts, metadata } as Parameters<
        WebClient['chat']['update']
      >[0]);
      return { kind: 'delivered', ts: place.ts };
    }
    const posted = await client.chat.postMessage({
      ...content,
      ...(place.threadTs ? { thread_ts: place.threadTs, reply_broadcast: message.broadcast } : {}),
      metadata,
    } as Parameters<WebClient['chat']['postMessage']>[0]);
    return {
      kind: 'delivered',
      ts: posted.ts ?? '',
      ...(posted.channel ? { channel: posted.channel } : {}),
    };
  } catch (error) {
    return logged(options, answerTo(error));
  }
};

interface Posted {
  readonly ts?: string;
  readonly metadata?: {
    readonly event_type?: string;
    readonly event_payload?: { readonly name?: unknown };
  };
}

/**
 * Looks for a message that was posted before, by the name in its metadata. It needs the optional
 * history scope of the manifest; without it the answer is `gone`, and one orphan is possible.
 */
export const findPosted = async (
  client: WebClient,
  options: SlackClientOptions,
  wanted: { readonly channel: string; readonly name: string },
  place: { readonly since: string; readonly threadTs?: string },
): Promise<Delivered> => {
  // What was sent to a person is in a conversation of its own, whose id the lost answer had.
  if (/^[UW]/.test(wanted.channel)) return { kind: 'gone' };
  const range = {
    channel: wanted.channel,
    // A minute of grace for clocks that differ.
    oldest: String(Date.parse(place.since) / 1000 - 60),
    include_all_metadata: true,
    limit: 100,
  };
  try {
    const answer = place.threadTs
      ? await client.conversations.replies({ ...range, ts: place.threadTs })
      : await client.conversations.history(range);
    const messages = (answer.messages ?? []) as readonly Posted[];
    const found = messages.findLast(
      ({ metadata }) =>
        metadata?.event_type === metadataType && metadata.event_payload?.name === wanted.name,
    );
    return found?.ts ? { kind: 'delivered', ts: found.ts } : { kind: 'gone' };
  } catch (error) {
    if (error instanceof WebAPIPlatformError && error.data.error === 'missing_scope')
      return { kind: 'gone' };
    const answer = answerTo(error);
    return logged(options, answer);
  }
};

/**
 * Fills a modal. Slack knows the view only after it has taken web's answer, so "not found" is asked
 * again until `patienceMs` have passed; then the person has closed it.
 */
export const updateView = async (
  client: WebClient,
  options: SlackClientOptions & { readonly patienceMs: number },
  place: { readonly viewId?: string; readonly externalId?: string },
  view: ModalView,
): Promise<boolean> => {
  const target = place.viewId ? { view_id: place.viewId } : { external_id: place.externalId ?? '' };
  const pauses = Array.from({ length: Math.ceil(options.patienceMs / 250) }, () => 250);
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      // Slack forgets an external id that an update does not repeat.
      const kept = place.viewId ? view : { ...view, external_id: place.externalId };
      await client.views.update({ ...target, view: kept } as Parameters<
        WebClient['views']['update']
      >[0]);
      return true;
    } catch (error) {
      const code = error instanceof WebAPIPlatformError ? error.data.error : codeOf(error);
      if (code === 'not_found') continue;
      options.log('slack.view', { because: code });
      return false;
    }
  }
  return false;
};

/** Shows a person's home tab; answers whether Slack took it. */
export const publishView = async (
  client: WebClient,
  options: SlackClientOptions,
  user: string,
  view: HomeView,
): Promise<boolean> => {
  try {
    await client.views.publish({ user_id: user, view } as unknown as Parameters<
      WebClient['views']['publish']
    >[0]);
    return true;
  } catch (error) {
    options.log('slack.home', {
      because: error instanceof WebAPIPlatformError ? error.data.error : codeOf(error),
    });
    return false;
  }
};

/** Posts what belongs to no case. Throws when Slack does not take it: whoever asked for it tries again. */
export const postNotice = async (
  client: WebClient,
  channel: string,
  notice: Notice,
): Promise<void> => {
  await client.chat.postMessage({
    channel,
    text: noticeText(notice),
    blocks: [...noticeBlocks(notice)],
    ...quiet,
  });
};
