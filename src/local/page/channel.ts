/** The channel in the middle, and the thread at its right. */
import { api } from './api.ts';
import { avatar } from './avatar.ts';
import { dayLabel } from './block-kit/slack-date.ts';
import { closeButton } from './dialog.ts';
import { el, type Item, patch, replaceWhen } from './dom.ts';
import { isHome } from './home.ts';
import { ephemeralItem, messageItem, timeOf } from './message.ts';
import { channelOf, nowOf, type Page, type Part, people, personOf, threadOf } from './page.ts';
import { toast } from './toast.ts';
import type { Ephemeral } from './wire.ts';

interface Timed {
  readonly at: number;
  readonly item: Item;
}

const byTime = (a: Timed, b: Timed): number => a.at - b.at;

const ephemerals = (page: Page, belongs: (ephemeral: Ephemeral) => boolean): readonly Timed[] =>
  page.world.slack.ephemerals
    .filter((one) => one.user === page.choice.user && belongs(one))
    .map((one) => ({ at: Date.parse(one.at), item: ephemeralItem(page, one) }));

/** Puts a divider before the first message of each day. */
function withDays(page: Page, timed: readonly Timed[]): readonly Item[] {
  let before = '';
  return timed.flatMap(({ at, item }) => {
    const label = dayLabel(at, { now: nowOf(page) });
    if (label === before) return [item];
    before = label;
    const build = (): HTMLElement => el('div', { class: 'day' }, el('span', {}, label));
    return [{ key: `day-${label}`, version: label, build }, item];
  });
}

interface Log {
  readonly node: HTMLElement;
  /** Shows `items`; `subject` tells whether they are still about the same channel or thread. */
  show(items: readonly Item[], subject: string): void;
}

/** A list of messages that stays at its end while the reader is there, as Slack does. */
function messageLog(): Log {
  const node = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: 0 });
  let pinned = true;
  let about = '';
  const settle = (): void => {
    if (pinned) node.scrollTop = node.scrollHeight;
  };
  node.addEventListener('scroll', () => {
    pinned = node.scrollHeight - node.scrollTop - node.clientHeight < 60;
  });
  new ResizeObserver(settle).observe(node);
  return {
    node,
    show: (items, subject) => {
      pinned ||= about !== subject;
      about = subject;
      patch(node, items);
      settle();
    },
  };
}

/** Sends what is typed; answers false for what is not sent. */
type Send = (text: string, button: HTMLElement) => Promise<boolean>;

const command =
  (page: Page): Send =>
  async (typed, button) => {
    const [, text] = /^\/cordon\b\s*(.*)$/.exec(typed) ?? [];
    if (text === undefined) {
      toast(
        'In the channel people only type /cordon commands. Write in the thread of a card.',
        'note',
      );
      return false;
    }
    const channel = channelOf(page)?.id ?? '';
    await page.call(() => api.command(page.choice.user, channel, text), button);
    return true;
  };

const reply =
  (page: Page): Send =>
  async (typed, button) => {
    const channel = channelOf(page)?.id ?? '';
    const parent = threadOf(page)?.ts ?? '';
    if (typed === '') return false;
    await page.call(() => api.say(page.choice.user, channel, parent, typed), button);
    return true;
  };

function composer(sendText: Send, focus: string): HTMLFormElement {
  const field = el('input', {
    class: 'composer-field',
    type: 'text',
    'aria-label': 'Message',
    autocomplete: 'off',
    data: { focus },
  });
  const send = el('button', { class: 'send', type: 'submit', 'aria-label': 'Send' }, '➤');
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const typed = field.value.trim();
    field.value = '';
    if (!(await sendText(typed, send))) field.value = typed;
  };
  return el('form', { class: 'composer', on: { submit } }, field, send);
}

/** Name, faces and messages of the chosen channel, with the line for slash commands. */
export function channelPane(page: Page): Part {
  const title = el('h1', { class: 'pane-title' });
  const back = el(
    'button',
    {
      class: 'back',
      type: 'button',
      'aria-label': 'Back',
      on: { click: () => page.choose({ screen: 'home' }) },
    },
    '‹',
  );
  const faces = el('div', { class: 'faces' });
  const log = messageLog();
  const form = composer(command(page), 'composer');
  const node = el(
    'section',
    { class: 'pane channel', 'aria-label': 'Channel', data: { pane: 'channel' } },
    el('header', { class: 'pane-head' }, back, title, faces),
    log.node,
    form,
  );
  const draw = (): void => {
    node.hidden = isHome(page);
    const channel = channelOf(page);
    if (!channel || node.hidden) return;
    replaceWhen(title, channel.name, () => [el('span', { class: 'hash' }, '#'), channel.name]);
    form
      .querySelector('input')
      ?.setAttribute('placeholder', `Message #${channel.name}  –  try /cordon help`);
    const all = people(page.world);
    replaceWhen(faces, JSON.stringify([all, page.choice.user]), () => [
      ...all.slice(0, 4).map((person) => avatar(person.id, person)),
      el('span', { class: 'count' }, String(all.length + 1)),
      playedAs(page),
    ]);
    const timed = [
      ...channel.messages.map((message) => ({
        at: timeOf(message.ts),
        item: messageItem(page, message, { pane: 'channel', channel: channel.id }),
      })),
      ...ephemerals(page, (one) => one.channel === channel.id && !one.thread_ts),
    ].sort(byTime);
    log.show(withDays(page, timed), channel.id);
  };
  return { node, draw };
}

/** On a phone: who is played, and the way to change it. */
function playedAs(page: Page): HTMLElement {
  const person = personOf(page, page.choice.user);
  return el(
    'button',
    {
      class: 'played-as',
      type: 'button',
      'aria-label': `Playing as ${person?.real_name ?? 'nobody'}, change`,
      on: { click: () => page.choose({ screen: 'home' }) },
    },
    avatar(page.choice.user, person),
  );
}

/** The open thread: its parent, a count, its replies. */
export function threadPane(page: Page): Part {
  const log = messageLog();
  const where = el('span', { class: 'where' });
  const close = (): void => page.choose({ thread: '' });
  const form = composer(reply(page), 'reply');
  const node = el(
    'section',
    { class: 'pane thread', 'aria-label': 'Thread', data: { pane: 'thread' } },
    el(
      'header',
      { class: 'pane-head' },
      el(
        'button',
        { class: 'back', type: 'button', 'aria-label': 'Back', on: { click: close } },
        '‹',
      ),
      el('h2', { class: 'pane-title' }, 'Thread', where),
      closeButton(close),
    ),
    log.node,
    form,
  );
  form.querySelector('input')?.setAttribute('placeholder', 'Reply: it is kept with the case');
  const draw = (): void => {
    const channel = channelOf(page);
    const parent = threadOf(page);
    node.hidden = !parent;
    if (!channel || !parent) return;
    where.textContent = `# ${channel.name}`;
    const spot = { pane: 'thread', channel: channel.id } as const;
    const { replies = [] } = parent;
    const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
    const timed = [
      ...replies.map((reply) => ({ at: timeOf(reply.ts), item: messageItem(page, reply, spot) })),
      ...ephemerals(page, (one) => one.thread_ts === parent.ts),
    ].sort(byTime);
    const items: readonly Item[] = [
      // The parent's replies are listed below; a new one does not redraw the parent.
      messageItem(page, { ...parent, replies: [] }, spot),
      {
        key: 'count',
        version: count,
        build: () => el('div', { class: 'reply-count' }, el('span', {}, count)),
      },
      ...timed.map(({ item }) => item),
    ];
    log.show(items, parent.ts);
  };
  return { node, draw };
}
