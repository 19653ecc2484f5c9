/** What every part of the page shares: the world as last fetched, and what the reader chose to look at. */
import type { Names } from './block-kit/surface.ts';
import { botUser, type Channel, type Message, type Person, type World } from './wire.ts';

/** Stands for a channel's id while the home tab is looked at. */
export const homeTab = 'HOME';

export type Tab = 'guide' | 'aws' | 'calls' | 'audit' | 'balance';

export interface Choice {
  /** The person who is played. */
  readonly user: string;
  readonly channel: string;
  /** `ts` of the open thread's parent; empty when none is open. */
  readonly thread: string;
  readonly tab: Tab;
  /** What a phone-wide window shows; a wide one shows everything. */
  readonly screen: 'home' | 'chat' | 'dock';
  /** Whether the phone frame is drawn. */
  readonly phone: boolean;
  /** Guide steps that were looked at with "Show me". */
  readonly shown: readonly string[];
}

export interface Page {
  readonly world: World;
  readonly choice: Choice;
  choose(change: Partial<Choice>): void;
  /** Runs a call of the local world: spinner on `control`, problems as a toast, then everything is fetched again. */
  call(work: () => Promise<unknown>, control?: HTMLElement): Promise<void>;
}

/** A piece of the screen: a node that stays, and what brings it up to date. */
export interface Part {
  readonly node: HTMLElement;
  draw(): void;
}

/** Somebody who can be played; Cordon itself cannot. */
export const people = ({ slack }: World): readonly Person[] =>
  slack.users.filter(({ id }) => id !== botUser);

export const personOf = ({ world }: Page, id: string): Person | undefined =>
  world.slack.users.find((user) => user.id === id);

export const channelOf = ({ world, choice }: Page): Channel | undefined =>
  world.slack.channels.find(({ id }) => id === choice.channel) ?? world.slack.channels[0];

/** The message that the open thread hangs from. */
export const threadOf = (page: Page): Message | undefined =>
  channelOf(page)?.messages.find(
    ({ ts, reply_broadcast }) => ts === page.choice.thread && !reply_broadcast,
  );

/** Whether the person belongs to another workspace than Cordon's. */
export const isForeign = ({ world }: Page, person: Person): boolean =>
  person.team_id !== world.slack.team.id;

export const nowOf = ({ world }: Page): number => Date.parse(world.slack.now);

/** Mentions by the names of the local workspace. */
export const namesOf = (page: Page): Names => ({
  user: (id) => personOf(page, id)?.real_name,
  group: (id) => page.world.slack.groups.find((group) => group.id === id)?.handle,
  channel: (id) => page.world.slack.channels.find((channel) => channel.id === id)?.name,
});

const shelf = 'cordon-page';

const initial: Choice = {
  user: '',
  channel: '',
  thread: '',
  tab: 'guide',
  screen: 'chat',
  phone: false,
  shown: [],
};

/** Whether this page runs inside the phone frame. */
export const inPhone = new URLSearchParams(location.search).has('phone');

const kept = (): Choice => {
  const before: Partial<Choice> = JSON.parse(sessionStorage.getItem(shelf) ?? '{}');
  return { ...initial, ...before };
};

/** What was chosen before in this browser tab. The phone looks at the same channel, in its own way. */
export function loadChoice(): Choice {
  const { user, channel, thread } = kept();
  return inPhone ? { ...initial, user, channel, thread } : kept();
}

export function saveChoice({ user, channel, thread, ...own }: Choice): void {
  const shared = { ...kept(), user, channel, thread };
  sessionStorage.setItem(shelf, JSON.stringify(inPhone ? shared : { ...shared, ...own }));
}

/** Calls `then` when another frame of this tab (the phone) chose something. */
export const onChoiceElsewhere = (then: (choice: Choice) => void): void =>
  addEventListener('storage', (event) => {
    if (event.storageArea === sessionStorage && event.key === shelf) then(loadChoice());
  });
