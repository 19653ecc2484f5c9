/** notify: makes Slack show what is stored. The only function that posts and edits cards. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import { createLedger } from '../flows/pacing/ledger.ts';
import { reconcileCards } from '../flows/pacing/reconcile-cards.ts';
import type { Chat } from '../flows/ports.ts';
import { deliver, findPosted, slackClient } from '../slack/client.ts';
import { directory } from '../slack/directory.ts';
import { forReaders } from '../slack/redact.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';
import { wakeUp } from './queues.ts';
import { type SlackSecret, slackSecret } from './slack-secret.ts';
import { tables } from './tables.ts';

const chat = (
  outside: Outside,
  secret: () => Promise<SlackSecret>,
  { wideChannels }: CordonConfig,
): Chat => {
  const ready = async () => {
    const options = { ...slackOptions(outside), token: (await secret()).token };
    return { options, client: slackClient(options) };
  };
  return {
    async deliver(channel, name, message, place) {
      const { client, options } = await ready();
      const told = forReaders(message, channel, wideChannels);
      return deliver(client, options, { ...told, channel, name }, place);
    },
    async find(channel, name, place) {
      const { client, options } = await ready();
      return findPosted(client, options, { channel, name }, place);
    },
  };
};

export const slackOptions = (outside: Outside) => ({
  log: (line: string, facts?: Readonly<Record<string, string | number>>) => {
    outside.log(line, facts);
    if (line === 'slack.later') outside.measure({ SlackPutOff: 1 });
  },
  ...(outside.slackFetch ? { fetch: outside.slackFetch } : {}),
  ...(outside.slackApiUrl ? { apiUrl: outside.slackApiUrl } : {}),
});

/** Only groups' members are asked here: nobody is authorised. */
const groupMembers = (outside: Outside, secret: () => Promise<SlackSecret>) => {
  let known: { readonly token: string; readonly asked: ReturnType<typeof directory> } | undefined;
  return {
    async members(group: string): Promise<ReadonlySet<string>> {
      const { token } = await secret();
      if (known?.token !== token) {
        const client = slackClient({ ...slackOptions(outside), token });
        known = { token, asked: directory({ client, groups: [], now: outside.chance.now }) };
      }
      return known.asked.members(group);
    },
  };
};

const caseOf = (body: string): string | undefined => {
  const message: { readonly case?: unknown } = JSON.parse(body);
  return typeof message.case === 'string' ? message.case : undefined;
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
  const secret = slackSecret(deployment, outside);
  const ports = {
    config,
    chance: outside.chance,
    cases: stored.cases,
    ledger: createLedger(stored.cases),
    requests: stored.requests,
    digests: stored.digests,
    wake: wakeUp(deployment, outside),
    chat: chat(outside, secret, config),
    directory: groupMembers(outside, secret),
    failed: (id: string, because: string) => {
      outside.log('card.failed', { case: id, because });
      outside.measure({ CardsFailed: 1 });
    },
  };
  return async (event) => {
    const woken = event.Records.flatMap((record) => caseOf(record.body) ?? []);
    try {
      await reconcileCards(ports, [...new Set(woken)]);
      return { batchItemFailures: [] };
    } catch (error) {
      outside.log('notify.failed', { error: error instanceof Error ? error.name : 'unknown' });
      return {
        batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  };
};
