/** The guide: a checklist that ticks itself. */
import { api } from '../api.ts';
import { el, replaceWhen, spotlight } from '../dom.ts';
import { channelOf, type Page, type Part } from '../page.ts';
import { cheats, findPart, mainSteps, type Step } from './guide-steps.ts';

const isDone = (page: Page, step: Step): boolean =>
  step.done ? step.done(page.world) : page.choice.shown.includes(step.id);

/** Switches to whom the step needs, then points at what to press. */
async function show(page: Page, step: Step, button: HTMLElement): Promise<void> {
  const { as, target, scenario, id } = step;
  const person = as && findPart(page.world, as);
  const ofThread = target === '[data-thread]';
  const latest = channelOf(page)?.messages.findLast(({ replies = [] }) => replies.length > 0);
  page.choose({
    shown: [...new Set([...page.choice.shown, id])],
    screen: 'chat',
    ...(person ? { user: person.id } : {}),
    ...(target === '[data-tab=aws]' ? { tab: 'aws', screen: 'dock' } : {}),
    ...(ofThread && latest ? { thread: latest.ts } : {}),
  });
  if (scenario) await page.call(() => api.runScenario(scenario), button);
  if (person) spotlight(document.querySelector(`[data-user="${CSS.escape(person.id)}"]`));
  if (ofThread) spotlight([...document.querySelectorAll('[data-pane=thread] .message')].at(-1));
  else if (target) spotlight([...document.querySelectorAll(target)].at(-1));
}

function stepRow(page: Page, step: Step, state: { done: boolean; next: boolean; n: number }) {
  const button: HTMLElement = el(
    'button',
    {
      class: 'show-me',
      type: 'button',
      data: { show: step.id },
      on: { click: () => show(page, step, button) },
    },
    step.scenario ? 'Run it' : 'Show me',
  );
  return el(
    'li',
    {
      class: ['step', state.done && 'done', state.next && 'next'].filter(Boolean).join(' '),
      data: { step: step.id, done: String(state.done) },
    },
    el('span', { class: 'tick', 'aria-hidden': 'true' }, state.done ? '✓' : String(state.n)),
    el(
      'div',
      {},
      el('b', {}, step.title, state.done && el('span', { class: 'sr-only' }, ' (done)')),
      el('p', {}, step.text),
    ),
    button,
  );
}

/** The two lists; the first step that is not done is marked as next. */
export function guide(page: Page): Part {
  const node = el('div', { class: 'panel guide' });
  const list = (steps: readonly Step[], done: readonly boolean[], next: number): HTMLElement =>
    el(
      'ol',
      { class: 'steps' },
      ...steps.map((step, at) =>
        stepRow(page, step, {
          done: done[at] === true,
          next: at === next,
          n: at + 1,
        }),
      ),
    );
  const draw = (): void => {
    const main = mainSteps.map((step) => isDone(page, step));
    const tried = cheats.map((step) => isDone(page, step));
    replaceWhen(node, JSON.stringify([main, tried]), () => [
      el('h3', {}, 'One case, start to end'),
      el('progress', {
        max: main.length,
        value: main.filter(Boolean).length,
        'aria-label': 'Progress',
      }),
      list(mainSteps, main, main.indexOf(false)),
      el('h3', {}, 'Try to cheat'),
      el('p', { class: 'muted' }, 'Each of these must fail, and be on record.'),
      list(cheats, tried, main.includes(false) ? -1 : tried.indexOf(false)),
    ]);
  };
  return { node, draw };
}
