/** What one person is told where they are, seen by nobody else. docs.slack.dev/reference/methods/chat.postEphemeral */
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { codeOf, quiet, type SlackClientOptions } from './client.ts';
import { type Notice, noticeBlocks, noticeText } from './modals/notice.ts';

export interface EphemeralPlace {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  /** `response_url` of what they did there. */
  readonly responseUrl?: string;
}

/** Cordon is not in that channel, or may not write there; the person is, and their `response_url` may. */
const elsewhere = ['channel_not_found', 'not_in_channel', 'is_archived'];

/**
 * The only address that such an answer goes to: what is signed is Slack's, but it is still only text. Good for
 * half an hour. docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
const responsePattern = /^https:\/\/hooks\.slack\.com\/(?:commands|actions|app)\/[\w/-]+$/;

const respond = async (options: SlackClientOptions, url: string, answer: object): Promise<void> => {
  const { fetch = globalThis.fetch } = options;
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...answer }),
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  });
  if (status !== 200) options.log('slack.ephemeral', { because: `response_url ${status}` });
};

/** Best effort: who cannot be told now sees the card. */
export const postEphemeral = async (
  client: WebClient,
  options: SlackClientOptions,
  { channel, user, threadTs, responseUrl = '' }: EphemeralPlace,
  notice: Notice,
): Promise<void> => {
  const content = { text: noticeText(notice), blocks: [...noticeBlocks(notice)] };
  try {
    try {
      await client.chat.postEphemeral({
        channel,
        user,
        ...content,
        ...(threadTs ? { thread_ts: threadTs } : {}),
        ...quiet,
      });
    } catch (error) {
      const outside = error instanceof WebAPIPlatformError && elsewhere.includes(error.data.error);
      if (!outside || !responsePattern.test(responseUrl)) throw error;
      await respond(options, responseUrl, content);
    }
  } catch (error) {
    options.log('slack.ephemeral', {
      because: error instanceof WebAPIPlatformError ? error.data.error : codeOf(error),
    });
  }
};
