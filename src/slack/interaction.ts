/**
 * What Slack sent, as a closed union. Pure and total: anything unexpected is `malformed` with a
 * reason, nothing throws, nothing is cut. Ids inside are routing, never authority; who may do what
 * is decided from (team, user) and our own tables. Display names are not even read.
 * Facts: https://docs.slack.dev/reference/interaction-payloads
 */
import { asTyped } from './as-typed.ts';
import { chosen, type InputValues, inputValues, lengths } from './input-values.ts';
import { type Field, isRecord, optional, record, required, single } from './payload.ts';

/** Who acted. `(team, id)` is the identity. */
export interface SlackPerson {
  readonly id: string;
  /** The person's own workspace; undefined when the payload does not tell: treat as foreign. */
  readonly team: string | undefined;
  /** True when the payload itself calls the person a stranger (Slack Connect). */
  readonly stranger: boolean;
}

interface Acted {
  readonly user: SlackPerson;
  /** Workspace the interaction happened in; undefined for an organisation-wide installation. */
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
  /** Opens one modal within 3 seconds. */
  readonly triggerId: string | undefined;
}

interface InView {
  /** A home tab lies under every modal. */
  readonly surface: 'modal' | 'home';
  readonly viewId: string;
  readonly viewHash: string | undefined;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly values: InputValues;
}

export type BlockActions = Acted & {
  readonly kind: 'block_actions';
  readonly blockId: string;
  readonly actionId: string;
  /** A button's value, or the value of the option chosen in a menu. */
  readonly value: string | undefined;
  readonly responseUrl: string | undefined;
  readonly channel: string | undefined;
  readonly messageTs: string | undefined;
  readonly threadTs: string | undefined;
  /** The message with the control is shown to this person alone. */
  readonly ephemeral: boolean;
  /** Set when the control is in a modal or home tab. */
  readonly view: InView | undefined;
  /** Inputs drawn in the message; those of a view are in `view.values`. */
  readonly values: InputValues;
};
export type ViewSubmission = Acted & InView & { readonly kind: 'view_submission' };
type ViewClosed = Acted & InView & { readonly kind: 'view_closed' };
export type Command = Acted & {
  readonly kind: 'command';
  readonly command: string;
  readonly text: string;
  readonly channel: string;
  readonly responseUrl: string | undefined;
};
export interface SlackEvent {
  readonly kind: 'event';
  /** The same for each of Slack's retries. */
  readonly eventId: string;
  readonly eventType: string;
  readonly team: string | undefined;
  /** Whom it is about; undefined where it is about nobody. */
  readonly user: SlackPerson | undefined;
  /** Of `subteam_members_changed`: the user group. */
  readonly group: string | undefined;
  /** Of `app_home_opened`: `home` or `messages`. */
  readonly tab: string | undefined;
  /** Set when a person wrote in a thread. */
  readonly reply: Reply | undefined;
}

/** What somebody wrote in a thread. https://docs.slack.dev/reference/events/message */
export interface Reply {
  readonly user: SlackPerson;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  readonly text: string;
}
/** A shortcut in a message's menu. The text may be anybody's: untrusted. */
export type MessageAction = Acted & {
  readonly kind: 'message_action';
  readonly callbackId: string;
  readonly channel: string;
  readonly messageTs: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  readonly responseUrl: string | undefined;
};
export type Interaction =
  | BlockActions
  | ViewSubmission
  | ViewClosed
  | Command
  | MessageAction
  | SlackEvent
  | { readonly kind: 'url_verification'; readonly challenge: string }
  | { readonly kind: 'ssl_check' }
  /** Well-formed, and nothing Cordon subscribed to (option loading …). */
  | { readonly kind: 'other'; readonly type: string };
export type Malformed = { readonly kind: 'malformed'; readonly because: string };
export type Body = { readonly kind: 'body'; readonly body: Readonly<Record<string, unknown>> };

/** Parses a body that Slack signed. `contentType` may carry parameters such as a charset. */
export const parseInteraction = (
  rawBody: string,
  contentType: string | undefined,
): Interaction | Malformed => {
  const decoded = decodeBody(rawBody, contentType);
  return decoded.kind === 'malformed' ? decoded : interpret(decoded.body);
};

/** The JSON object, form, or JSON inside the form's `payload` field: the object Bolt wants to see. */
export const decodeBody = (rawBody: string, contentType: string | undefined): Body | Malformed => {
  if (rawBody === '') return malformed('the body is empty');
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return parseJson(rawBody);
  if (type !== 'application/x-www-form-urlencoded') {
    return malformed('the content type is neither JSON nor a form');
  }
  const form = new URLSearchParams(rawBody);
  const payload = form.get('payload');
  if (payload !== null) return parseJson(payload);
  return { kind: 'body', body: Object.fromEntries(form) };
};

/** Reads a decoded body into the union. */
export const interpret = (body: Readonly<Record<string, unknown>>): Interaction | Malformed => {
  const read = readers[kindOf(body)];
  try {
    return read(body);
  } catch (error) {
    if (error instanceof RangeError) return malformed(error.message);
    throw error;
  }
};

type ReadableKind = Interaction['kind'];

const kindOf = (body: Readonly<Record<string, unknown>>): ReadableKind => {
  if (body['ssl_check'] !== undefined) return 'ssl_check';
  if (typeof body['command'] === 'string') return 'command';
  switch (body['type']) {
    case 'block_actions':
    case 'view_submission':
    case 'view_closed':
    case 'message_action':
    case 'url_verification':
      return body['type'];
    case 'event_callback':
      return 'event';
    default:
      return 'other';
  }
};

type Read = (body: Readonly<Record<string, unknown>>) => Interaction;

const readers: Readonly<Record<ReadableKind, Read>> = {
  ssl_check: () => ({ kind: 'ssl_check' }),
  url_verification: (body) => ({
    kind: 'url_verification',
    challenge: required(body, 'challenge', lengths.token),
  }),
  event: (body) => ({
    kind: 'event',
    eventId: required(body, 'event_id', lengths.id),
    eventType: required(record(body, 'event'), 'type', lengths.id),
    team: optional(body, 'team_id', lengths.id),
    user: eventUser(body),
    group: optional(record(body, 'event'), 'subteam_id', lengths.id),
    tab: optional(record(body, 'event'), 'tab', lengths.id),
    reply: replyIn(record(body, 'event')),
  }),
  message_action: (body) => {
    const message = record(body, 'message');
    return {
      kind: 'message_action',
      ...acted(body),
      callbackId: required(body, 'callback_id', lengths.id),
      channel: required(record(body, 'channel'), 'id', lengths.id),
      messageTs: required(body, 'message_ts', lengths.id),
      threadTs: optional(message, 'thread_ts', lengths.id),
      text: optional(message, 'text', lengths.message) ?? '',
      responseUrl: optional(body, 'response_url', lengths.token),
    };
  },
  command: (body) => ({
    kind: 'command',
    user: {
      id: required(body, 'user_id', lengths.id),
      team: optional(body, 'team_id', lengths.id),
      stranger: false,
    },
    team: optional(body, 'team_id', lengths.id),
    enterprise: optional(body, 'enterprise_id', lengths.id),
    triggerId: optional(body, 'trigger_id', lengths.id),
    command: required(body, 'command', lengths.id),
    text: asTyped(optional(body, 'text', lengths.text) ?? ''),
    channel: required(body, 'channel_id', lengths.id),
    responseUrl: optional(body, 'response_url', lengths.token),
  }),
  block_actions: (body) => {
    const action = single(body, 'actions');
    const message = record(body, 'message', {});
    const container = record(body, 'container', {});
    return {
      kind: 'block_actions',
      ...acted(body),
      blockId: required(action, 'block_id', lengths.id),
      actionId: required(action, 'action_id', lengths.id),
      value: chosen(action, 'actions/0'),
      responseUrl: optional(body, 'response_url', lengths.token),
      channel: optional(record(body, 'channel', {}), 'id', lengths.id),
      messageTs: optional(container, 'message_ts', lengths.id),
      threadTs: optional(message, 'thread_ts', lengths.id),
      ephemeral: container['is_ephemeral'] === true,
      view: isRecord(body['view']) ? inView(body) : undefined,
      values: inputValues(record(body, 'state', {})),
    };
  },
  view_submission: (body) => ({ kind: 'view_submission', ...acted(body), ...inView(body) }),
  view_closed: (body) => ({ kind: 'view_closed', ...acted(body), ...inView(body) }),
  other: (body) => ({ kind: 'other', type: optional(body, 'type', lengths.id) ?? 'unknown' }),
};

/** The workspace of an event is the one it was sent for, which a stranger does not belong to. */
const eventUser = (body: Field): SlackPerson | undefined => {
  const { user } = record(body, 'event');
  return typeof user === 'string'
    ? {
        id: required({ user }, 'user', lengths.id),
        team: optional(body, 'team_id', lengths.id),
        stranger: false,
      }
    : undefined;
};

/** Subtypes of what a person writes; all others are about messages, or by apps. */
const written = [undefined, 'thread_broadcast', 'file_share'];

const replyIn = (event: Field): Reply | undefined => {
  const user = optional(event, 'user', lengths.id);
  const threadTs = optional(event, 'thread_ts', lengths.id);
  const subtype = optional(event, 'subtype', lengths.id);
  if (event['type'] !== 'message' || event['bot_id'] !== undefined) return undefined;
  if (!user || !threadTs || !written.includes(subtype)) return undefined;
  return {
    user: {
      id: user,
      team: optional(event, 'user_team', lengths.id) ?? optional(event, 'team', lengths.id),
      stranger: false,
    },
    channel: required(event, 'channel', lengths.id),
    ts: required(event, 'ts', lengths.id),
    threadTs,
    text: optional(event, 'text', lengths.message) ?? '',
  };
};

const acted = (body: Field): Acted => {
  const user = record(body, 'user');
  return {
    user: {
      id: required(user, 'id', lengths.id),
      team: optional(user, 'team_id', lengths.id),
      stranger: user['is_stranger'] === true,
    },
    team: optional(record(body, 'team', {}), 'id', lengths.id),
    enterprise: optional(record(body, 'enterprise', {}), 'id', lengths.id),
    triggerId: optional(body, 'trigger_id', lengths.id),
  };
};

const inView = (body: Field): InView => {
  const view = record(body, 'view');
  return {
    surface: view['type'] === 'home' ? 'home' : 'modal',
    viewId: required(view, 'id', lengths.id),
    viewHash: optional(view, 'hash', lengths.id),
    callbackId: optional(view, 'callback_id', lengths.id) ?? '',
    privateMetadata: optional(view, 'private_metadata', lengths.metadata) ?? '',
    values: inputValues(record(view, 'state', {})),
  };
};

const parseJson = (text: string): Body | Malformed => {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? { kind: 'body', body } : malformed('the body is not a JSON object');
  } catch {
    // The parser's own message quotes the body, which must not reach a log.
    return malformed('the body is not JSON');
  }
};

const malformed = (because: string): Malformed => ({ kind: 'malformed', because });
