/** The left column: the workspace, its channels, and the people who can be played. */
import { avatar } from './avatar.ts';
import { el, patch, replaceWhen } from './dom.ts';
import { homeRow, isHome } from './home.ts';
import { channelOf, isForeign, type Page, type Part, people } from './page.ts';
import type { Channel, Person } from './wire.ts';

function channelRow(page: Page, channel: Channel, state: { open: boolean; unread: boolean }) {
  return el(
    'button',
    {
      class: ['row', state.open && 'open', state.unread && 'unread'].filter(Boolean).join(' '),
      type: 'button',
      data: { channel: channel.id },
      'aria-current': state.open ? 'page' : undefined,
      on: { click: () => page.choose({ channel: channel.id, thread: '', screen: 'chat' }) },
    },
    el('span', { class: 'hash' }, channel.with ? '@' : '#'),
    el('span', { class: 'name' }, channel.name),
  );
}

const badges = (page: Page, person: Person): readonly HTMLElement[] => [
  ...(person.guest ? [el('span', { class: 'badge' }, 'guest')] : []),
  ...(isForeign(page, person) ? [el('span', { class: 'badge' }, 'other workspace')] : []),
];

function personRow(page: Page, person: Person): HTMLElement {
  const chosen = person.id === page.choice.user;
  return el(
    'button',
    {
      class: chosen ? 'row person open' : 'row person',
      type: 'button',
      role: 'radio',
      'aria-checked': String(chosen),
      data: { user: person.id },
      on: { click: () => page.choose({ user: person.id, screen: 'chat' }) },
    },
    avatar(person.id, person),
    el(
      'span',
      { class: 'who' },
      el('span', { class: 'name' }, person.real_name, ...badges(page, person)),
      el('span', { class: 'title' }, person.title),
    ),
  );
}

/** Draws the column; a channel with messages newer than its last visit is bold. */
export function sidebar(page: Page): Part {
  const workspace = el('div', { class: 'workspace' });
  const channels = el('div', { class: 'rows' });
  const apps = el('div', { class: 'rows' });
  const persons = el('div', { class: 'rows', role: 'radiogroup', 'aria-label': 'Play as' });
  const seen = new Map<string, string>();
  const node = el(
    'nav',
    { class: 'sidebar', 'aria-label': 'Workspace' },
    workspace,
    el('h2', {}, 'Channels'),
    channels,
    el('h2', {}, 'Apps'),
    apps,
    el('h2', {}, 'Play as'),
    persons,
  );
  const draw = (): void => {
    const { slack } = page.world;
    workspace.textContent = slack.team.name;
    const current = isHome(page) ? '' : channelOf(page)?.id;
    replaceWhen(apps, String(isHome(page)), () => [homeRow(page)]);
    const rows = slack.channels.map((channel) => {
      const last = channel.messages.at(-1)?.ts ?? '';
      const open = channel.id === current;
      if (open || !seen.has(channel.id)) seen.set(channel.id, last);
      return { channel, state: { open, unread: seen.get(channel.id) !== last } };
    });
    patch(
      channels,
      rows.map(({ channel, state }) => ({
        key: channel.id,
        version: JSON.stringify([channel.name, state]),
        build: () => channelRow(page, channel, state),
      })),
    );
    patch(
      persons,
      people(page.world).map((person) => ({
        key: person.id,
        version: JSON.stringify([person, person.id === page.choice.user]),
        build: () => personRow(page, person),
      })),
    );
  };
  return { node, draw };
}
