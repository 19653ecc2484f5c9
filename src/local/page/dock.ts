/** The tabs at the right (at the lower edge of a phone) and the panel that is chosen. */
import { el } from './dom.ts';
import type { Choice, Page, Part, Tab } from './page.ts';
import { auditPanel } from './panels/audit-panel.ts';
import { awsPanel } from './panels/aws-panel.ts';
import { balancePanel } from './panels/balance-panel.ts';
import { callsPanel } from './panels/calls-panel.ts';
import { guide } from './panels/guide.ts';

const tabs: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: 'guide', label: 'Guide' },
  { id: 'aws', label: 'AWS' },
  { id: 'calls', label: 'AWS calls' },
  { id: 'audit', label: 'Audit' },
  { id: 'balance', label: 'Balance' },
];

function tab(label: string, data: Readonly<Record<string, string>>, choose: () => void) {
  const className = 'screen' in data ? 'tab only-phone' : 'tab';
  return el(
    'button',
    { class: className, type: 'button', role: 'tab', data, on: { click: choose } },
    label,
  );
}

/** Draws the chosen panel only; the others catch up when they are chosen. */
export function dock(page: Page): Part {
  const panels: Readonly<Record<Tab, Part>> = {
    guide: guide(page),
    aws: awsPanel(page),
    calls: callsPanel(page),
    audit: auditPanel(page),
    balance: balancePanel(page),
  };
  const screen = (id: Choice['screen'], label: string): HTMLElement =>
    tab(label, { screen: id }, () => page.choose({ screen: id, thread: '' }));
  const phoneTabs = [screen('home', 'Home'), screen('chat', 'Chat')];
  const dockTabs = tabs.map(({ id, label }) =>
    tab(label, { tab: id }, () => page.choose({ tab: id, screen: 'dock' })),
  );
  const body = el('div', { class: 'dock-body', role: 'tabpanel', tabindex: 0 });
  const node = el(
    'aside',
    { class: 'dock', 'aria-label': 'Behind the scenes' },
    el('div', { class: 'tabs', role: 'tablist' }, ...phoneTabs, ...dockTabs),
    body,
  );
  const draw = (): void => {
    const { tab: chosen, screen: shown } = page.choice;
    for (const button of dockTabs) {
      button.setAttribute('aria-selected', String(button.dataset['tab'] === chosen));
    }
    for (const button of phoneTabs) {
      button.setAttribute('aria-selected', String(button.dataset['screen'] === shown));
    }
    const panel = panels[chosen];
    if (body.firstElementChild !== panel.node) body.replaceChildren(panel.node);
    panel.draw();
  };
  return { node, draw };
}
