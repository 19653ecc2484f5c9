/** The slim bar: what this is, the clock, the scenarios, the faults, events by hand, the phone. */
import { api } from './api.ts';
import { mark } from './avatar.ts';
import { el, replaceWhen } from './dom.ts';
import { attachMenu } from './menu.ts';
import type { Page, Part } from './page.ts';
import { openSendEvent } from './send-event.ts';
import type { Fault } from './wire.ts';

const steps: readonly (readonly [label: string, seconds: number])[] = [
  ['+1 min', 60],
  ['+15 min', 900],
  ['+1 h', 3600],
  ['+4 h', 14_400],
];

const readyFaults: readonly { readonly label: string; readonly fault: Fault }[] = [
  { label: 'Slack is down', fault: { method: '*', kind: 'error' } },
  { label: 'Slack limits us (429)', fault: { method: '*', kind: 'throttle' } },
  {
    label: 'EC2 denies ModifyNetworkInterfaceAttribute',
    fault: { service: 'ec2', operation: 'ModifyNetworkInterfaceAttribute', kind: 'deny' },
  },
  { label: 'IAM is throttled', fault: { service: 'iam', kind: 'throttle' } },
  { label: 'EC2 is slow (2 s a call)', fault: { service: 'ec2', kind: 'delay', delayMs: 2000 } },
];

/** `ec2 ModifyNetworkInterfaceAttribute: deny`, in the words of the call that set it. */
const describe = ({ service, operation, method, kind, delayMs, count }: Fault): string => {
  const what =
    method === undefined
      ? [service === '*' ? 'AWS' : service, operation].filter(Boolean).join(' ')
      : `Slack ${method === '*' ? '(everything)' : method}`;
  const how = delayMs === undefined ? kind : `${kind} ${delayMs} ms`;
  return `${what}: ${how}${count === undefined ? '' : ` × ${count}`}`;
};

const bar = (label: string, attributes: { readonly [name: string]: unknown } = {}) =>
  el('button', { class: 'bar-button', type: 'button', ...attributes }, label);

const clockText = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(Date.parse(iso));

function clock(page: Page): Part {
  const face = el('time', { class: 'clock-face' });
  const draw = (): void => {
    face.textContent = clockText(page.world.slack.now);
    face.dateTime = page.world.slack.now;
  };
  const buttons = steps.map(([label, seconds]) => {
    const button: HTMLElement = bar(label, {
      class: 'bar-button advance',
      data: { advance: String(seconds) },
      on: { click: () => page.call(() => api.advance(seconds), button) },
    });
    return button;
  });
  const node = el(
    'div',
    { class: 'clock', role: 'group', 'aria-label': 'Clock' },
    face,
    ...buttons,
  );
  return { node, draw };
}

function scenarioMenu(page: Page): HTMLElement {
  const button = bar('Scenarios ▾', { data: { menu: 'scenarios' } });
  return attachMenu({
    button,
    title: 'Let something happen',
    items: () =>
      page.world.scenarios.map(({ id, title, description }) => ({
        label: title,
        detail: description,
        data: { scenario: id },
        choose: () => page.call(() => api.runScenario(id), button),
      })),
  });
}

function faultMenu(page: Page): Part {
  const button = bar('Faults ▾', { data: { menu: 'faults' } });
  const node = attachMenu({
    button,
    title: 'Let something break',
    items: () => [
      ...readyFaults.map(({ label, fault }) => ({
        label,
        data: { fault: `${fault.method ?? fault.service}-${fault.kind}` },
        choose: () => page.call(() => api.setFault(fault), button),
      })),
      {
        label: 'Clear all faults',
        detail: page.world.faults.map(describe).join(' · ') || 'None is active.',
        data: { fault: 'clear' },
        choose: () => page.call(() => api.clearFaults(), button),
      },
    ],
  });
  const draw = (): void => {
    const { faults } = page.world;
    replaceWhen(button, JSON.stringify(faults), () => [
      'Faults ▾',
      faults.length > 0 &&
        el(
          'span',
          { class: 'active-faults', title: faults.map(describe).join('\n') },
          String(faults.length),
        ),
    ]);
  };
  return { node, draw };
}

/** Draws the bar; `reconnecting` says that the local world does not answer. */
export function topBar(page: Page, reconnecting: () => boolean): Part {
  const time = clock(page);
  const faults = faultMenu(page);
  const lost = el('span', { class: 'lost', role: 'status' }, 'Reconnecting …');
  const panels = bar('Panels', {
    class: 'bar-button only-medium',
    on: { click: () => page.choose({ screen: page.choice.screen === 'dock' ? 'chat' : 'dock' }) },
  });
  const phone = bar('Phone', {
    class: 'bar-button only-wide',
    data: { toggle: 'phone' },
    on: { click: () => page.choose({ phone: !page.choice.phone }) },
  });
  const node = el(
    'header',
    { class: 'top-bar' },
    el('span', { class: 'brand' }, mark(), 'Cordon'),
    el('span', { class: 'tagline' }, 'Local world – nothing here touches AWS or Slack'),
    lost,
    el('span', { class: 'grow' }),
    time.node,
    scenarioMenu(page),
    faults.node,
    bar('Send event', { data: { open: 'send-event' }, on: { click: () => openSendEvent(page) } }),
    phone,
    panels,
  );
  const draw = (): void => {
    time.draw();
    faults.draw();
    lost.hidden = !reconnecting();
    phone.setAttribute('aria-pressed', String(page.choice.phone));
  };
  return { node, draw };
}
