/** One message as Slack draws it: in the channel, in a thread, or only for one person. */
import { api } from './api.ts';
import { avatar } from './avatar.ts';
import { drawAttachment, drawBlocks } from './block-kit/blocks.ts';
import { clockTime, dayLabel } from './block-kit/slack-date.ts';
import { drawMrkdwn } from './block-kit/text.ts';
import { el, type Item, svg } from './dom.ts';
import { nowOf, type Page, personOf } from './page.ts';
import { surfaceOf } from './surface-of.ts';
import { botUser, type Ephemeral, type Message } from './wire.ts';

/** Milliseconds since 1970 of a message's `ts`. */
export const timeOf = (ts: string): number => Number(ts) * 1000;

/** Where the message is drawn. */
export interface Spot {
  readonly pane: 'channel' | 'thread';
  readonly channel: string;
}

function head(page: Page, message: Message): HTMLElement {
  const person = personOf(page, message.user);
  const isApp = message.user === botUser || !person;
  const at = timeOf(message.ts);
  return el(
    'div',
    { class: 'message-head' },
    el('span', { class: 'author' }, isApp ? 'Cordon' : person.real_name),
    isApp && el('span', { class: 'app-badge' }, 'App'),
    el(
      'time',
      { class: 'at', datetime: new Date(at).toISOString() },
      clockTime(at, { now: nowOf(page) }),
    ),
  );
}

/** Slack has the shortcuts of apps in the menu of a message. */
function shortcutButtons(page: Page, message: Message, channel: string): readonly HTMLElement[] {
  return page.world.slack.shortcuts.map(({ callback_id: id, name }) => {
    const button: HTMLElement = el(
      'button',
      {
        class: 'link shortcut',
        type: 'button',
        data: { shortcut: id },
        on: {
          click: () =>
            page.call(
              () => api.shortcut(page.choice.user, { channel, ts: message.ts }, id),
              button,
            ),
        },
      },
      name,
    );
    return button;
  });
}

function body(page: Page, message: Message, channel: string): readonly HTMLElement[] {
  const surface = surfaceOf(page, { channel, ts: message.ts });
  const { blocks = [], attachments = [] } = message;
  const bare = blocks.length + attachments.length === 0;
  return [
    ...(bare ? [el('div', { class: 'text' }, ...drawMrkdwn(message.text, surface))] : []),
    ...drawBlocks(blocks, surface),
    ...attachments.map((attachment) => drawAttachment(attachment, surface)),
    // Slack does not mark an edit of blocks: docs.slack.dev/reference/methods/chat.update
    ...(bare && message.edited ? [el('span', { class: 'edited' }, '(edited)')] : []),
  ];
}

const openThread = (page: Page, ts: string) => (): void =>
  page.choose({ thread: ts, screen: 'chat' });

function replyBar(page: Page, message: Message): HTMLElement | false {
  const { replies = [] } = message;
  const last = replies.at(-1);
  if (!last) return false;
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 4);
  return el(
    'button',
    {
      class: 'replies',
      type: 'button',
      data: { thread: message.ts },
      on: { click: openThread(page, message.ts) },
    },
    ...authors.map((id) => avatar(id, personOf(page, id))),
    el('b', {}, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
    el(
      'span',
      { class: 'last-reply' },
      `Last reply at ${clockTime(timeOf(last.ts), { now: nowOf(page) })}`,
    ),
    el('span', { class: 'view-thread' }, 'View thread'),
  );
}

/** The line over a reply that was also sent to the channel. */
function broadcastLine(page: Page, message: Message, pane: Spot['pane']): HTMLElement | false {
  const { thread_ts: parentTs, reply_broadcast: isBroadcast } = message;
  if (!isBroadcast || !parentTs) return false;
  if (pane === 'thread') return el('div', { class: 'broadcast' }, 'Also sent to the channel');
  const parent = page.world.slack.channels
    .flatMap(({ messages }) => messages)
    .find(({ ts }) => ts === parentTs);
  return el(
    'div',
    { class: 'broadcast' },
    'replied to a thread: ',
    el(
      'button',
      { class: 'link', type: 'button', on: { click: openThread(page, parentTs) } },
      parent?.text ?? 'view it',
    ),
  );
}

function drawMessage(page: Page, message: Message, { pane, channel }: Spot): HTMLElement {
  return el(
    'article',
    { class: 'message', data: { ts: message.ts } },
    avatar(message.user, personOf(page, message.user)),
    el(
      'div',
      { class: 'message-body' },
      head(page, message),
      broadcastLine(page, message, pane),
      ...body(page, message, channel),
      el('div', { class: 'shortcuts' }, ...shortcutButtons(page, message, channel)),
      pane === 'channel' && !message.reply_broadcast && replyBar(page, message),
    ),
  );
}

/** A message as an item of a list; it is drawn again when its content changes, or what its dates say. */
export const messageItem = (page: Page, message: Message, spot: Spot): Item => {
  const json = JSON.stringify(message);
  const now = nowOf(page);
  const dates = json.includes('{ago}') ? now : dayLabel(timeOf(message.ts), { now });
  return {
    key: message.ts,
    version: `${json}${dates}`,
    build: () => drawMessage(page, message, spot),
  };
};

/** An ephemeral message; nobody else sees it, and it is gone with the page's person. */
export const ephemeralItem = (page: Page, ephemeral: Ephemeral): Item => {
  const { id, at, text, blocks = [], channel } = ephemeral;
  const ts = String(Date.parse(at) / 1000);
  const eye =
    'M2 12c2.5-4.6 6-7 10-7s7.5 2.4 10 7c-2.5 4.6-6 7-10 7s-7.5-2.4-10-7zM12 8.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7z';
  return {
    key: id,
    version: JSON.stringify(ephemeral),
    build: () =>
      el(
        'article',
        { class: 'message ephemeral', data: { ephemeral: id } },
        avatar(botUser, undefined),
        el(
          'div',
          { class: 'message-body' },
          el(
            'div',
            { class: 'only-you' },
            svg([['stroke:currentColor', eye]]),
            'Only visible to you',
          ),
          head(page, { ts, user: botUser, text }),
          // Slack addresses what is pressed in an ephemeral message by its own id.
          ...body(page, { ts: id, user: botUser, text, blocks }, channel),
        ),
      ),
  };
};
