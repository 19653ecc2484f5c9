/** What people see in the local world's Slack: cards, threads, modals, ephemerals, and their words. */
import type { LocalWorld } from '../../src/local/local-world.ts';

export const channel = 'C0SECURITY';

type Block = { readonly type: string; readonly [key: string]: unknown };

export interface DrawnMessage {
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly replies: readonly DrawnMessage[];
  readonly reply_broadcast: boolean;
}

interface State {
  readonly channels: readonly {
    readonly id: string;
    readonly with?: string;
    readonly messages: readonly DrawnMessage[];
  }[];
  readonly modals: readonly {
    readonly id: string;
    readonly user: string;
    readonly view: { readonly blocks: readonly Block[]; readonly callback_id: string };
  }[];
  readonly homes: readonly {
    readonly user: string;
    readonly view: { readonly id: string; readonly blocks: readonly Block[] };
  }[];
  readonly ephemerals: readonly {
    readonly id: string;
    readonly user: string;
    readonly blocks: readonly Block[];
    readonly text: string;
  }[];
}

interface Control {
  readonly action_id: string;
  readonly text?: { readonly text: string };
  readonly options?: readonly {
    readonly text: { readonly text: string };
    readonly value: string;
  }[];
}

/** Every text in a block tree, in reading order. */
export const wordsIn = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner : wordsIn(inner)))
    .filter(Boolean)
    .join(' ');
};

const controlsOf = (message: { readonly blocks: readonly Block[] }): readonly Control[] =>
  message.blocks
    .filter(({ type }) => type === 'actions')
    .flatMap((block) => block['elements'] as readonly Control[]);

/** Options of menus in a block tree. */
const optionsIn = (value: unknown): readonly { text: string; value: string }[] => {
  if (Array.isArray(value)) return value.flatMap(optionsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'value' in value && 'text' in value
      ? [{ text: wordsIn(value), value: String(value.value) }]
      : [];
  return [...own, ...Object.values(value).flatMap(optionsIn)];
};

export interface Screen {
  /** Everything in the first channel itself. */
  posts(): readonly DrawnMessage[];
  cards(): readonly DrawnMessage[];
  card(): DrawnMessage;
  thread(): readonly DrawnMessage[];
  /** Everything that the card says. */
  cardSays(): string;
  /** Everything that a message says; nothing for none. */
  says(message: DrawnMessage | undefined): string;
  /** The case that a card is about. */
  caseIdOn(card: DrawnMessage): string;
  /** The value of the option of the person's modal whose text contains `label`. */
  optionIn(user: string, label: string): string;
  /** Everything that the thread under the first card says, oldest first. */
  threadSays(): readonly string[];
  /** The newest message in the thread that has this control. */
  withControl(actionId: string): DrawnMessage;
  controls(message: DrawnMessage): readonly string[];
  /** The value of the entry of the card's menu whose text contains `label`. */
  menuValue(label: string, message?: DrawnMessage): string | undefined;
  modal(user: string): string;
  /** The last message that only this person sees: its id. */
  answer(user: string): string;
  /** The person's home tab. */
  home(user: string): { readonly id: string; readonly says: string };
  /** The action id of the button with this label in the person's modal. */
  modalControl(user: string, label: string): string;
  /** What the app wrote to this person directly, oldest first. */
  direct(user: string): readonly DrawnMessage[];
  /** The open modal of this person, and the last ephemeral message. */
  told(user: string): string;
}

/** What comes into the channel too and belongs to no case. */
const noCard = /^(The (day|week) to |A passkey was added)/;

export const screenOf = (world: Pick<LocalWorld, 'slack'>): Screen => {
  const state = (): State => world.slack.state() as unknown as State;
  const posts = () =>
    (state().channels[0]?.messages ?? []).filter(({ reply_broadcast }) => !reply_broadcast);
  const cards = () => posts().filter(({ text }) => !noCard.test(text));
  const card = () => {
    const [first] = cards();
    if (!first) throw new Error('there is no card');
    return first;
  };
  const thread = () => card().replies;
  const controls = (message: DrawnMessage) => controlsOf(message).map(({ action_id }) => action_id);
  return {
    posts,
    cards,
    card,
    thread,
    controls,
    cardSays: () => wordsIn(card().blocks),
    says: (message) => wordsIn(message?.blocks ?? []),
    caseIdOn: ({ blocks }) => /Case `(C[0-9A-F]+)`/.exec(wordsIn(blocks))?.[1] ?? '',
    optionIn(user, label) {
      const open = state().modals.findLast((one) => one.user === user);
      const found = optionsIn(open?.view.blocks ?? []).find(({ text }) => text.includes(label));
      if (!found) throw new Error(`the modal of ${user} has no option ${label}`);
      return found.value;
    },
    threadSays: () => thread().map(({ blocks }) => wordsIn(blocks)),
    withControl(actionId) {
      const found = thread().findLast((message) => controls(message).includes(actionId));
      if (!found) throw new Error(`no message with ${actionId}`);
      return found;
    },
    menuValue: (label, message = card()) =>
      controlsOf(message)
        .find(({ action_id }) => action_id === 'more')
        ?.options?.find(({ text }) => text.text.includes(label))?.value,
    modal(user) {
      const open = state().modals.findLast((one) => one.user === user);
      if (!open) throw new Error(`${user} has no modal open`);
      return open.id;
    },
    answer(user) {
      const last = state().ephemerals.findLast((one) => one.user === user);
      if (!last) throw new Error(`${user} was told nothing`);
      return last.id;
    },
    home(user) {
      const own = state().homes.find((one) => one.user === user);
      if (!own) throw new Error(`${user} has no home tab`);
      return { id: own.view.id, says: wordsIn(own.view.blocks) };
    },
    modalControl(user, label) {
      const open = state().modals.findLast((one) => one.user === user);
      const found = controlsOf(open?.view ?? { blocks: [] }).find(({ text }) =>
        text?.text.includes(label),
      );
      if (!found) throw new Error(`the modal of ${user} has no button ${label}`);
      return found.action_id;
    },
    direct: (user) => state().channels.find((one) => one.with === user)?.messages ?? [],
    told(user) {
      const { modals, ephemerals } = state();
      return wordsIn([
        modals.findLast((one) => one.user === user)?.view ?? [],
        ephemerals.findLast((one) => one.user === user)?.blocks ?? [],
      ]);
    },
  };
};
