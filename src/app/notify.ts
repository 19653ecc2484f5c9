/** notify: makes Slack show what is stored. The only function that posts and edits cards. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import { channelPattern } from '../config/slack-ids.ts';
import { createLedger } from '../flows/pacing/ledger.ts';
import { reconcileCards } from '../flows/pacing/reconcile-cards.ts';
import type { Chat } from '../flows/ports.ts';
import { answerTo, type Delivered, deliver, findPosted, slackClient } from '../slack/client.ts';
import { directory } from '../slack/directory.ts';
import { forReaders } from '../slack/redact.ts';
import { configInForce } from './config-in-force.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';
import { wakeUp } from './queues.ts';
import { type SlackSecret, slackSecret } from './slack-secret.ts';
import { tables } from './tables.ts';

/** How long until a channel that other organisations read is asked about again. */
const sharedSeconds = 300;

/** Why nothing may be shown in this channel now; a person's own conversation is nobody else's. */
const closedTo = async (slack: Asked, channel: string): Promise<Delivered | undefined> => {
  if (!channelPattern.test(channel)) return undefined;
  try {
    if (!(await slack.directory.shared(channel))) return undefined;
    slack.options.log('slack.shared', { channel });
    return {
      kind: 'later',
      seconds: sharedSeconds,
      scope: 'message',
      because: 'another organisation reads this channel',
    };
  } catch (error) {
    return answerTo(error);
  }
};

/** What is asked of Slack with one token. */
const asked = (outside: Outside, token: string) => {
  const options = { ...slackOptions(outside), token };
  const client = slackClient(options);
  // Only groups' members and channels: nobody is authorised here.
  return { options, client, directory: directory({ client, groups: [], now: outside.chance.now }) };
};

type Asked = ReturnType<typeof asked>;

/** With the token of now: it may be rotated. */
const slackNow = (outside: Outside, secret: () => Promise<SlackSecret>) => {
  let known: Asked | undefined;
  return async (): Promise<Asked> => {
    const { token } = await secret();
    if (known?.options.token !== token) known = asked(outside, token);
    return known;
  };
};

const chat = (slack: () => Promise<Asked>, { wideChannels }: CordonConfig): Chat => ({
  async deliver(channel, name, message, place) {
    const now = await slack();
    const closed = await closedTo(now, channel);
    if (closed) return closed;
    const told = forReaders(message, channel, wideChannels);
    return deliver(now.client, now.options, { ...told, channel, name }, place);
  },
  async find(channel, name, place) {
    const { client, options } = await slack();
    return findPosted(client, options, { channel, name }, place);
  },
});

export const slackOptions = (outside: Outside) => ({
  log: (line: string, facts?: Readonly<Record<string, string | number>>) => {
    outside.log(line, facts);
    if (line === 'slack.later') outside.measure({ SlackPutOff: 1 });
  },
  ...(outside.slackFetch ? { fetch: outside.slackFetch } : {}),
  ...(outside.slackApiUrl ? { apiUrl: outside.slackApiUrl } : {}),
});

const caseOf = (body: string): string | undefined => {
  const message: { readonly case?: unknown } = JSON.parse(body);
  return typeof message.case === 'string' ? message.case : undefined;
};

const isHurry = (body: string): boolean => {
  const message: { readonly hurry?: unknown } = JSON.parse(body);
  return message.hurry === true;
};

export const notifyFunction = (
  deployment: Pick<
    Deployment,
    'region' | 'casesTable' | 'requestsTable' | 'notifyQueue' | 'slackSecret'
  >,
  outside: Outside,
  config: CordonConfig,
): ((event: SQSEvent) => Promise<SQSBatchResponse>) => {
  const stored = tables(deployment, outside);
  const slack = slackNow(outside, slackSecret(deployment, outside));
  const inForce = configInForce(config, stored.organization, outside);
  const ports = {
    chance: outside.chance,
    ...(outside.later ? { later: outside.later } : {}),
    cases: stored.cases,
    ledger: createLedger(stored.cases),
    requests: stored.requests,
    memberRoles: stored.memberRoles,
    digests: stored.digests,
    wake: wakeUp(deployment, outside),
    chat: chat(slack, config),
    directory: { members: async (group: string) => (await slack()).directory.members(group) },
    failed: (id: string, because: string) => {
      outside.log('card.failed', { case: id, because });
      outside.measure({ CardsFailed: 1 });
    },
  };
  return async (event) => {
    const woken = event.Records.flatMap(({ body }) => caseOf(body) ?? []);
    const hurry = event.Records.some(({ body }) => isHurry(body));
    try {
      await reconcileCards({ ...ports, config: await inForce() }, [...new Set(woken)], hurry);
      return { batchItemFailures: [] };
    } catch (error) {
      outside.log('notify.failed', { error: error instanceof Error ? error.name : 'unknown' });
      return {
        batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  };
};
