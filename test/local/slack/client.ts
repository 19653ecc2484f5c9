/** A workspace at a fixed time that the test moves, and Slack's own client talking to it. */
import { LogLevel, WebClient } from '@slack/web-api';
import { createSlackWorkspace, type SlackWorkspace } from '../../../src/local/slack/workspace.ts';

export const channel = 'C0SECURITY';

export const createWorld = () => {
  const clock = { now: Date.parse('2026-11-22T09:00:00.000Z') };
  const changes = { count: 0 };
  const slack = createSlackWorkspace({
    now: () => clock.now,
    onChange: () => {
      changes.count += 1;
    },
  });
  return { slack, clock, changes, client: clientOf(slack, slack.token) };
};

export const clientOf = (slack: SlackWorkspace, token: string): WebClient =>
  new WebClient(token, {
    fetch: slack.fetch,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: () => {},
      setLevel: () => {},
      getLevel: () => LogLevel.ERROR,
      setName: () => {},
    },
  });

/** The `error` Slack gave, or `ok`. */
export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const data = error instanceof Error && 'data' in error ? error.data : undefined;
    if (typeof data === 'object' && data !== null && 'error' in data) return String(data.error);
    return error instanceof Error ? error.name : 'unknown';
  }
};

export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});
export const button = (action_id: string, value: string) => ({
  type: 'button' as const,
  action_id,
  value,
  text: plain(action_id),
});
const option = (value: string) => ({ text: plain(value), value });
export const menu = (action_id: string, ...values: readonly string[]) => ({
  type: 'static_select' as const,
  action_id,
  options: values.map(option),
});
export const actions = (...elements: readonly ReturnType<typeof button | typeof menu>[]) => ({
  type: 'actions' as const,
  elements: [...elements],
});
export const reasonModal = (fields: { notify_on_close?: boolean; external_id?: string } = {}) => ({
  type: 'modal' as const,
  callback_id: 'plan',
  private_metadata: 'opaque',
  title: plain('Plan'),
  submit: plain('Run'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: plain('Reason'),
      element: menu('pick', 'stolen', 'test'),
    },
    {
      type: 'input' as const,
      block_id: 'words',
      optional: true,
      label: plain('Details'),
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 20 },
    },
  ],
  ...fields,
});
