/**
 * What a person does in Slack, as the request that the app gets. The control must be drawn, the
 * modal open and the required inputs filled, as in Slack's own client; else `UiError`.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Field } from '../../slack/payload.ts';
import { controlsIn, entered, findControl, isEmpty } from './drawn.ts';
import { toGatewayEvent } from './gateway-event.ts';
import {
  type Memory,
  type Message,
  messageAt,
  nextTs,
  type OpenView,
  putView,
  type ViewState,
} from './memory.ts';
import {
  acted,
  blocksOf,
  commandForm,
  homeOpened,
  type MessageShortcutUse,
  messagePress,
  messageShortcut,
  owned,
  type Press,
  type PressInView,
  viewPress,
} from './payloads.ts';
import { bot, team } from './people.ts';
import {
  closeModal,
  type Outcome,
  settleClick,
  settleCommand,
  settleSubmission,
} from './settle.ts';
import { UiError } from './ui-error.ts';
import { apiView } from './view-methods.ts';

/** One gesture on its way: give `event` to the web function, and its answer to `settle`. */
export interface Sent {
  readonly event: APIGatewayProxyEventV2;
  readonly settle: (response: APIGatewayProxyStructuredResultV2) => Outcome;
}

interface Words {
  readonly user: string;
  readonly channel: string;
  readonly thread_ts: string;
  readonly text: string;
}

export interface Gestures {
  readonly press: (press: Press) => Sent;
  readonly pressInView: (press: PressInView) => Sent;
  readonly command: (command: { user: string; channel: string; text: string }) => Sent;
  /** Writes in a thread; the app gets it as an event. */
  readonly say: (words: Words) => Sent;
  readonly submit: (submission: {
    user: string;
    view_id: string;
    values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }) => Sent;
  /** Looks at the app's home tab. */
  readonly openHome: (opening: { user: string }) => Sent;
  /** Chooses a shortcut in the menu of a message. */
  readonly shortcut: (use: MessageShortcutUse) => Sent;
  /** Undefined when the app did not ask to be told (`notify_on_close`). */
  readonly close: (closing: { user: string; view_id: string }) => Sent | undefined;
  /** The signed request for any interaction payload: a replay, a forgery, an old card. */
  readonly signed: (payload: Field) => APIGatewayProxyEventV2;
}

export const createGestures = (
  memory: Memory,
  options: { readonly signingSecret: string; readonly onChange: () => void },
): Gestures => {
  const request = (body: string) =>
    toGatewayEvent({ body, signingSecret: options.signingSecret, now: memory.now() });
  const signed = (payload: Field) =>
    request(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  const settled =
    (settle: Sent['settle']): Sent['settle'] =>
    (response) => {
      const outcome = settle(response);
      options.onChange();
      return outcome;
    };
  return {
    signed,
    press: (press) => {
      const payload = messagePress(memory, press);
      // A modal lies over the messages: whoever presses one of their buttons has closed it.
      memory.modals = memory.modals.filter(({ user }) => user !== press.user);
      return { event: signed(payload), settle: settleClick };
    },
    pressInView: (press) => {
      const payload = viewPress(memory, press);
      options.onChange();
      return { event: signed(payload), settle: settleClick };
    },
    openHome: ({ user }) => ({
      event: toGatewayEvent({
        body: JSON.stringify(homeOpened(memory, user)),
        contentType: 'application/json',
        signingSecret: options.signingSecret,
        now: memory.now(),
      }),
      settle: settleClick,
    }),
    shortcut: (use) => ({ event: signed(messageShortcut(memory, use)), settle: settleClick }),
    command: (command) => ({
      event: request(commandForm(memory, command).toString()),
      settle: settled((response) => settleCommand(memory, command, response)),
    }),
    say: (words) => {
      const body = JSON.stringify(spoken(memory, words));
      options.onChange();
      const { signingSecret } = options;
      const contentType = 'application/json';
      return {
        event: toGatewayEvent({ body, contentType, signingSecret, now: memory.now() }),
        settle: settleClick,
      };
    },
    submit: ({ user, view_id, values }) => {
      const open = openModal(memory, user, view_id);
      const after = { ...open, errors: {}, entered: enteredAll(open, values) };
      demandComplete(after);
      putView(memory, after);
      const payload = { type: 'view_submission', ...acted(memory, user), view: apiView(after) };
      return {
        event: signed({ ...payload, response_urls: [] }),
        settle: settled((response) => settleSubmission(memory, after, response)),
      };
    },
    close: ({ user, view_id }) => {
      const open = openModal(memory, user, view_id);
      if (open.view['clear_on_close'] === true) {
        memory.modals = memory.modals.filter((each) => each.user !== user);
      } else closeModal(memory, open);
      options.onChange();
      if (open.view['notify_on_close'] !== true) return undefined;
      const { trigger_id: _, ...person } = acted(memory, user);
      const payload = { type: 'view_closed', ...person, view: apiView(open), is_cleared: false };
      return { event: signed(payload), settle: settleClick };
    },
  };
};

/** The message, and the event that tells the app of it. docs.slack.dev/reference/events/message */
const spoken = (memory: Memory, { user, channel, thread_ts, text }: Words): Field => {
  const author = memory.users.find(({ id }) => id === user);
  if (author === undefined || author.deleted)
    throw new UiError(`${user} is nobody who can write`, 'see users in GET /slack/state');
  if (messageAt(memory, channel, thread_ts) === undefined)
    throw new UiError(`there is no message ${thread_ts} in ${channel}`, 'see GET /slack/state');
  const message: Message = {
    channel,
    ts: nextTs(memory),
    thread_ts,
    reply_broadcast: false,
    by: user,
    text,
    blocks: [],
    metadata: undefined,
    edited: false,
    pinged: [],
  };
  memory.messages = [...memory.messages, message];
  return {
    type: 'event_callback',
    token: 'not-used',
    team_id: team.id,
    api_app_id: bot.app,
    event_id: `Ev${memory.next()}`,
    event_time: Math.floor(memory.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.user, is_bot: true }],
    event: {
      type: 'message',
      channel,
      channel_type: 'channel',
      user,
      text,
      ts: message.ts,
      event_ts: message.ts,
      thread_ts,
      team: author.team_id,
    },
  };
};

const openModal = (memory: Memory, user: string, id: string): OpenView =>
  owned(memory.modals, user, id);

const enteredAll = (
  open: OpenView,
  values: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ViewState => {
  const wanted = Object.entries(values).flatMap(([block, actions]) =>
    Object.entries(actions).map(([action_id, value]) => ({ block, action_id, value })),
  );
  return wanted.reduce((state, { block, action_id, value }) => {
    const inBlock = blocksOf(open).filter(({ block_id }) => block_id === block);
    return entered(state, findControl(inBlock, { action_id, value }), value);
  }, open.entered);
};

const demandComplete = (open: OpenView): void => {
  if (open.view['submit'] === undefined) {
    throw new UiError('this modal has no submit button', 'press one of its controls instead');
  }
  for (const { block, blockId, actionId, element } of controlsIn(blocksOf(open))) {
    if (block['type'] !== 'input') continue;
    const state = open.entered[blockId]?.[actionId] ?? {};
    if (isEmpty(state) && block['optional'] !== true) {
      throw new UiError(`${blockId}/${actionId} must be filled in`, 'Slack does not send it empty');
    }
    const length = String(state['value'] ?? '').length;
    const limit = element['max_length'];
    if (typeof limit === 'number' && length > limit) {
      throw new UiError(`${blockId}/${actionId} is longer than ${limit}`, 'Slack does not send it');
    }
  }
};
