/** A person presses Acknowledge during the storm: how long until the card says so. */
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { controls } from '../../src/slack/controls.ts';
import { type Deployment, signingSecret } from './deployment.ts';
import type { SlackMessage } from './slack-server.ts';

interface Button {
  readonly action_id?: string;
  readonly block_id?: string;
  readonly value?: string;
}

/** The button on the card, if it is still there. */
const acknowledgeButton = ({ blocks }: SlackMessage): Button | undefined => {
  const drawn: readonly { readonly block_id?: string; readonly elements?: readonly Button[] }[] =
    JSON.parse(blocks || '[]');
  return drawn
    .flatMap(({ elements, block_id: block }) =>
      (elements ?? []).map((element) => ({ ...element, block_id: block ?? 'controls' })),
    )
    .find(({ action_id: id }) => id === controls.acknowledge);
};

const isCard = ({ metadata }: SlackMessage): boolean =>
  metadata?.event_payload?.name?.endsWith('/card') === true;

const formOf = (message: SlackMessage, button: Button, now: number): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: 'T0CORDON', domain: 'example' },
      user: { id: 'U0MARIA', team_id: 'T0CORDON' },
      api_app_id: 'A0CORDON',
      token: 'legacy',
      container: { type: 'message', message_ts: message.ts, channel_id: message.channel },
      channel: { id: message.channel, name: 'security-alerts' },
      trigger_id: `${now}.1.example`,
      response_url: 'http://127.0.0.1:9/never',
      actions: [{ type: 'button', action_ts: String(now / 1000), ...button }],
    }),
  }).toString();

export interface ClickResult {
  /** Milliseconds from the click to the edit that shows it; undefined when it never came. */
  readonly shownAfter: number | undefined;
  readonly answered: unknown;
}

const patienceMs = 30_000;

/** Resolves with the time of the first edit that draws this card without the button. */
const edited = ({ slack }: Deployment, ts: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    slack.onMessage((message) => {
      if (message.ts !== ts || acknowledgeButton(message)) return;
      clearTimeout(timer);
      resolve(Date.now());
    });
  });

/** Presses a card that is not among `pressed`, by `ts`; undefined when there is none. */
export const clickAcknowledge = async (
  deployment: Deployment,
  pressed: Set<string>,
): Promise<ClickResult | undefined> => {
  const cards = [...deployment.slack.messages.values()].filter(isCard);
  const card = cards.find((message) => !pressed.has(message.ts) && acknowledgeButton(message));
  const button = card && acknowledgeButton(card);
  if (!card || !button) return undefined;
  pressed.add(card.ts);
  const at = Date.now();
  const shown = edited(deployment, card.ts);
  const answer = await deployment.functions.web.invoke(
    toGatewayEvent({ signingSecret, now: at, body: formOf(card, button, at) }),
  );
  const shownAt = await shown;
  return {
    shownAfter: shownAt === undefined ? undefined : shownAt - at,
    answered: (answer as { readonly statusCode?: number }).statusCode,
  };
};
