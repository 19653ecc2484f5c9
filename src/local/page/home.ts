/** The app's home tab, as the person who is played sees it. Looking at it tells Cordon, as in Slack. */
import { api } from './api.ts';
import { mark } from './avatar.ts';
import { drawBlocks } from './block-kit/blocks.ts';
import { el, replaceWhen } from './dom.ts';
import { homeTab, nowOf, type Page, type Part } from './page.ts';
import { surfaceOf } from './surface-of.ts';

/** Names the home tab where a channel's id would stand. */
export const isHome = ({ choice }: Page): boolean => choice.channel === homeTab;

/** The row in the left column that leads to it. */
export function homeRow(page: Page): HTMLElement {
  const open = isHome(page);
  return el(
    'button',
    {
      class: open ? 'row open' : 'row',
      type: 'button',
      data: { home: 'open' },
      'aria-current': open ? 'page' : undefined,
      on: { click: () => page.choose({ channel: homeTab, thread: '', screen: 'chat' }) },
    },
    el('span', { class: 'avatar app small', 'aria-hidden': 'true' }, mark()),
    el('span', { class: 'name' }, 'Cordon'),
  );
}

export function homePane(page: Page): Part {
  const body = el('div', { class: 'log home-tab', tabindex: 0 });
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
  const node = el(
    'section',
    { class: 'pane channel', 'aria-label': 'Home tab', data: { pane: 'home' } },
    el('header', { class: 'pane-head' }, back, el('h1', { class: 'pane-title' }, 'Cordon')),
    body,
  );
  let lookedAs = '';
  const draw = (): void => {
    node.hidden = !isHome(page);
    if (node.hidden) {
      lookedAs = '';
      return;
    }
    const { user } = page.choice;
    if (lookedAs !== user) {
      lookedAs = user;
      void page.call(() => api.openHome(user), body);
    }
    const home = page.world.slack.homes.find((one) => one.user === user);
    replaceWhen(body, JSON.stringify([home?.view ?? null, nowOf(page) > 0]), () =>
      home
        ? drawBlocks(home.view.blocks, surfaceOf(page, { view_id: home.view.id }))
        : [el('p', { class: 'text' }, 'Cordon draws your home tab…')],
    );
  };
  return { node, draw };
}
