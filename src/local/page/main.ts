/** The page: fetches the local world, draws it, and does so again whenever the stream says that something changed. */
import { api, explain } from './api.ts';
import { followCanvasLinks } from './canvas.ts';
import { channelPane, threadPane } from './channel.ts';
import { dock } from './dock.ts';
import { el } from './dom.ts';
import { homePane } from './home.ts';
import { modals } from './modal.ts';
import {
  type Choice,
  inPhone,
  loadChoice,
  onChoiceElsewhere,
  type Page,
  people,
  saveChoice,
} from './page.ts';
import { phoneFrame } from './phone-frame.ts';
import { sidebar } from './sidebar.ts';
import { toast } from './toast.ts';
import { topBar } from './top-bar.ts';
import type { World } from './wire.ts';
import { fetchWorld, refresher } from './world.ts';

interface State {
  world: World;
  choice: Choice;
  connected: boolean;
}

/** What redraws from what is known, and what fetches first. */
interface Redraw {
  draw(): void;
  refresh(): Promise<void>;
}

/** What Slack would show when the app did not answer as it should. */
function complain(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  if ('problem' in answer && typeof answer.problem === 'string') toast(answer.problem);
  else if ('status' in answer && typeof answer.status === 'number' && answer.status !== 200) {
    toast(`Cordon answered Slack with HTTP ${answer.status}.`);
  }
}

function setBusy(control: HTMLElement | undefined, busy: boolean): void {
  control?.classList.toggle('busy', busy);
  control?.setAttribute('aria-busy', String(busy));
}

function pageOf(state: State, { draw, refresh }: Redraw): Page {
  return {
    get world() {
      return state.world;
    },
    get choice() {
      return state.choice;
    },
    choose: (change) => {
      const { user } = state.choice;
      state.choice = { ...state.choice, ...change };
      saveChoice(state.choice);
      draw();
      if (user !== state.choice.user) void refresh();
    },
    call: async (work, control) => {
      if (control?.getAttribute('aria-busy') === 'true') return;
      setBusy(control, true);
      try {
        complain(await work());
      } catch (error) {
        toast(explain(error));
      }
      await refresh();
      setBusy(control, false);
    },
  };
}

function start(root: HTMLElement, state: State): void {
  const draw = (): void => {
    const { screen, phone, thread } = state.choice;
    Object.assign(document.body.dataset, { screen, phone, threadOpen: thread !== '' });
    for (const part of parts) part.draw();
  };
  const refresh = refresher(async () => {
    try {
      state.world = await fetchWorld(state.choice.user, state.world.calls);
      state.connected = true;
    } catch {
      state.connected = false;
    }
    draw();
  });
  const page = pageOf(state, { draw, refresh });
  const parts = [
    topBar(page, () => !state.connected),
    sidebar(page),
    channelPane(page),
    homePane(page),
    threadPane(page),
    phoneFrame(page),
    dock(page),
    modals(page),
  ];
  root.replaceChildren(...parts.map(({ node }) => node));
  draw();
  followCanvasLinks(page);
  follow(state, { draw, refresh });
  keepTime(state, draw);
}

/** Keeps up with the local world's stream and with the phone frame. */
function follow(state: State, { draw, refresh }: Redraw): void {
  const stream = new EventSource('stream');
  stream.addEventListener('change', () => void refresh());
  stream.addEventListener('open', () => {
    // After a restart of the local world its calls count from one again.
    if (!state.connected) state.world = { ...state.world, calls: [] };
    void refresh();
  });
  stream.addEventListener('error', () => {
    state.connected = false;
    draw();
  });
  onChoiceElsewhere(({ user, channel, thread }) => {
    state.choice = { ...state.choice, user, channel, thread };
    void refresh();
  });
}

/** The local clock may run by itself, which is no change of the stream. */
function keepTime(state: State, draw: () => void): void {
  setInterval(async () => {
    if (document.hidden || !state.connected) return;
    const { now } = await api.clock().catch(() => state.world.slack);
    if (now === state.world.slack.now) return;
    state.world = { ...state.world, slack: { ...state.world.slack, now } };
    draw();
  }, 10_000);
}

/** Waits for the local world, plays the first person when nobody was chosen before, and starts. */
async function boot(root: HTMLElement): Promise<void> {
  const kept = loadChoice();
  try {
    const world = await fetchWorld(kept.user, []);
    const all = people(world);
    const user = all.find(({ id }) => id === kept.user) ?? all[0];
    start(root, { world, choice: { ...kept, user: user?.id ?? '' }, connected: true });
  } catch (error) {
    const text = `Waiting for the local world: ${explain(error)}`;
    root.replaceChildren(el('p', { class: 'starting', role: 'status' }, text));
    setTimeout(() => void boot(root), 1500);
  }
}

const root = document.getElementById('app');
document.body.classList.toggle('in-phone', inPhone);
if (root) void boot(root);
