/** web: verify, keep, open a loading modal, acknowledge. It can read no table and assume no role. */
import { App, type Logger, LogLevel } from '@slack/bolt';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { registerListeners } from '../slack/listeners.ts';
import { createReceiver, type WebHandler } from '../slack/receiver.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';
import { jobsQueue } from './queues.ts';
import { type SlackSecret, slackSecret } from './slack-secret.ts';

/** Bolt's log lines without what they may quote. */
const quietLogger = (outside: Outside): Logger => ({
  debug: () => {},
  info: () => {},
  warn: (...words) => outside.log('slack.warning', { words: String(words[0]).slice(0, 200) }),
  error: (...words) => outside.log('slack.error', { words: String(words[0]).slice(0, 200) }),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});

const build = async (
  deployment: Pick<Deployment, 'region' | 'jobsQueue'>,
  outside: Outside,
  secret: () => Promise<SlackSecret>,
): Promise<WebHandler> => {
  const { token, botId, botUserId } = await secret();
  const logger = quietLogger(outside);
  const receiver = createReceiver({
    now: outside.chance.now,
    secrets: async () => (await secret()).signingSecrets,
    logger,
  });
  const app = new App({
    token,
    botId,
    botUserId,
    receiver,
    logger,
    tokenVerificationEnabled: false,
    convoStore: false,
    ignoreSelf: true,
    clientOptions: {
      retryConfig: { retries: 0 },
      timeout: 2000,
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      ...(outside.slackFetch ? { fetch: outside.slackFetch } : {}),
      ...(outside.slackApiUrl ? { slackApiUrl: outside.slackApiUrl } : {}),
    },
  });
  registerListeners(app, jobsQueue(deployment, outside));
  return receiver.toHandler();
};

export const webFunction = (
  deployment: Pick<Deployment, 'region' | 'jobsQueue' | 'slackSecret'>,
  outside: Outside,
): ((
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const secret = slackSecret(deployment, outside);
  let known: { readonly token: string; readonly handler: Promise<WebHandler> } | undefined;
  /** Undefined where it cannot be had; why is in the log, for whoever asked learns nothing by it. */
  const secretNow = async (): Promise<SlackSecret | undefined> => {
    try {
      return await secret();
    } catch (error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      outside.log('slack.secret', { error: why.slice(0, 300) });
      return undefined;
    }
  };
  return async (event, context) => {
    const now = await secretNow();
    // Slack tries again, and says so to whoever pressed.
    if (!now) return { statusCode: 500, body: '' };
    // Bolt keeps the token it was made with: after a rotation it is made again.
    if (known?.token !== now.token)
      known = { token: now.token, handler: build(deployment, outside, secret) };
    known.handler.catch(() => {
      known = undefined;
    });
    return (await known.handler)(event, context);
  };
};
