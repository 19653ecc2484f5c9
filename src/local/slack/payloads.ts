/**
 * The payloads that Slack sends for what a person does.
 * Facts: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
import type { Field } from '../../slack/payload.ts';
import { apiMessage } from './chat-methods.ts';
import { type Control, controlsIn, entered, findControl, stateOf } from './drawn.ts';
import {
  issueResponseUrl,
  issueTrigger,
  type Memory,
  type Message,
  messageAt,
  nextTs,
  type OpenView,
  putView,
} from './memory.ts';
import { bot, type SlackUser, team } from './people.ts';
import { UiError } from './ui-error.ts';
import { apiView } from './view-methods.ts';

export interface Press {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly action_id: string;
  readonly value?: string;
  /** Presses this earlier state of the message: a click on a screen that was not up to date. */
  readonly drawn?: Message;
}

export interface PressInView {
  readonly user: string;
  readonly view_id: string;
  readonly action_id: string;
  readonly value?: string;
}

const draws = ({ blocks }: Message, press: Press): boolean =>
  controlsIn(blocks).some(
    ({ actionId, element }) =>
      actionId === press.action_id &&
      (press.value === undefined || element['value'] === press.value),
  );

/** The newest state of the message that has this control: old cards stay on screens. */
const drawnWith = (newest: Message, press: Press): Message => {
  for (let state: Message | undefined = newest; state; state = state.before)
    if (draws(state, press)) return state;
  return newest;
};

/** `block_actions` of a control in a message. */
export const messagePress = (memory: Memory, press: Press): Field => {
  const shown = press.drawn ?? drawnWith(shownTo(memory, press), press);
  const control = findControl(shown.blocks, press);
  const ephemeral = messageAt(memory, press.channel, press.ts) === undefined && !press.drawn;
  const channel = memory.channels.find(({ id }) => id === press.channel);
  return {
    type: 'block_actions',
    ...acted(memory, press.user),
    container: {
      type: 'message',
      message_ts: press.ts,
      channel_id: press.channel,
      is_ephemeral: ephemeral,
      ...(shown.thread_ts === undefined ? {} : { thread_ts: shown.thread_ts }),
    },
    channel: { id: press.channel, name: channel?.name ?? '' },
    message: apiMessage(shown),
    state: { values: {} },
    response_url: issueResponseUrl(memory, 'actions', press),
    actions: [action(memory, control, press.value)],
  };
};

/** `block_actions` of a control in a view; a choice in a menu stays entered. */
export const viewPress = (memory: Memory, press: PressInView): Field => {
  const views = [...memory.modals, ...memory.homes];
  const open = owned(views, press.user, press.view_id);
  const control = findControl(blocksOf(open), press);
  const isButton = control.element['type'] === 'button';
  const after: OpenView = isButton
    ? open
    : { ...open, entered: entered(open.entered, control, press.value) };
  putView(memory, after);
  return {
    type: 'block_actions',
    ...acted(memory, press.user),
    container: { type: 'view', view_id: open.id },
    view: apiView(after),
    actions: [action(memory, control, press.value)],
  };
};

export interface MessageShortcutUse {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly callback_id: string;
}

/** `message_action` of a shortcut. docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const messageShortcut = (memory: Memory, use: MessageShortcutUse): Field => {
  const message = messageAt(memory, use.channel, use.ts);
  if (message === undefined)
    throw new UiError(`there is no message ${use.ts} in ${use.channel}`, 'see GET /slack/state');
  const channel = memory.channels.find(({ id }) => id === use.channel);
  return {
    type: 'message_action',
    ...acted(memory, use.user),
    callback_id: use.callback_id,
    channel: { id: use.channel, name: channel?.name ?? '' },
    message_ts: use.ts,
    action_ts: nextTs(memory),
    message: apiMessage(message),
    response_url: issueResponseUrl(memory, 'app', use),
  };
};

/** `app_home_opened`. docs.slack.dev/reference/events/app_home_opened */
export const homeOpened = (memory: Memory, user: string): Field => {
  const home = memory.homes.find((each) => each.user === user);
  return {
    token: 'not-used',
    team_id: playable(memory, user).team_id,
    api_app_id: bot.app,
    type: 'event_callback',
    event_id: `Ev${memory.next()}`,
    event_time: Math.floor(memory.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.user, is_bot: true }],
    event: {
      type: 'app_home_opened',
      user,
      channel: `D${user.slice(1)}`,
      tab: 'home',
      event_ts: nextTs(memory),
      ...(home ? { view: apiView(home) } : {}),
    },
  };
};

/**
 * As `should_escape` in manifest.yml has it: people are sent by id.
 * https://docs.slack.dev/interactivity/implementing-slash-commands
 */
const escaped = ({ users }: Memory, text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(^|\s)@([\w.-]+)/g, (typed, before: string, name: string) => {
      const user = users.find((one) => one.name === name);
      return user ? `${before}<@${user.id}|${name}>` : typed;
    });

/** The form of a slash command. */
export const commandForm = (
  memory: Memory,
  { user, channel, text }: { user: string; channel: string; text: string },
): URLSearchParams => {
  const actor = playable(memory, user);
  const place = memory.channels.find(({ id }) => id === channel);
  if (place === undefined)
    throw new UiError(`there is no channel ${channel}`, 'see GET /slack/state');
  return new URLSearchParams({
    token: 'not-used',
    team_id: actor.team_id,
    team_domain: team.domain,
    channel_id: channel,
    channel_name: place.name,
    user_id: user,
    user_name: actor.name,
    command: '/cordon',
    text: escaped(memory, text),
    api_app_id: bot.app,
    ...(memory.enterprise ? { enterprise_id: memory.enterprise } : {}),
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(memory, 'commands', { user, channel }),
    trigger_id: issueTrigger(memory, user),
  });
};

const action = (memory: Memory, control: Control, value: string | undefined): Field => {
  const { element, blockId, actionId } = control;
  const { type, text, style } = element;
  const about = { action_id: actionId, block_id: blockId, action_ts: nextTs(memory) };
  if (type !== 'button') return { ...stateOf(element, value), ...about };
  return {
    type,
    text,
    ...(style === undefined ? {} : { style }),
    value: element['value'],
    ...about,
  };
};

/** The part of each payload that tells who acted; comes with a fresh `trigger_id`. */
export const acted = (memory: Memory, id: string): Field => {
  const user = playable(memory, id);
  const foreign = user.team_id !== team.id;
  return {
    user: { id, username: user.name, name: user.name, team_id: user.team_id },
    team: foreign ? { id: user.team_id, domain: 'other' } : { id: team.id, domain: team.domain },
    enterprise: memory.enterprise ? { id: memory.enterprise, name: 'Example Group' } : null,
    is_enterprise_install: false,
    api_app_id: bot.app,
    token: 'not-used',
    trigger_id: issueTrigger(memory, id),
  };
};

const playable = (memory: Memory, id: string): SlackUser => {
  const user = memory.users.find((each) => each.id === id);
  if (user === undefined || user.deleted || user.is_bot) {
    throw new UiError(`${id} is nobody who can act`, 'see users in GET /slack/state');
  }
  return user;
};

const shownTo = (memory: Memory, { user, channel, ts }: Press): Message => {
  const message = messageAt(memory, channel, ts);
  if (message !== undefined) return message;
  const own = memory.ephemerals.find((each) => each.id === ts && each.user === user);
  if (own === undefined) {
    throw new UiError(`there is no message ${ts} in ${channel}`, 'see GET /slack/state');
  }
  const rest = { reply_broadcast: false, metadata: undefined, edited: false, pinged: [] };
  return { ...own, ...rest, channel, ts };
};

/** The open view of this person; throws `UiError` when it is closed or somebody else's. */
export const owned = (views: readonly OpenView[], user: string, id: string): OpenView => {
  const found = views.find((each) => each.id === id && each.user === user);
  if (found === undefined) {
    throw new UiError(`${id} is not open for ${user}`, 'see modals in GET /slack/state');
  }
  return found;
};

/** What is drawn in a view. */
export const blocksOf = (open: OpenView): readonly Field[] =>
  Array.isArray(open.view['blocks']) ? open.view['blocks'] : [];
