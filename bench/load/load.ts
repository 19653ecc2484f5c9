/** A local world in which many people click while a storm does not end. */
import { config } from '../../cordon.config.ts';
import type { Vault } from '../../src/audit/ports.ts';
import { createLocalWorld, type LocalWorld } from '../../src/local/local-world.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { channel, type DrawnMessage, screenOf } from '../../test/stories/screen.ts';
import { randomFrom } from '../random.ts';
import { tablesApart } from './tables-apart.ts';

export interface LoadOptions {
  /** A second. */
  readonly clicks: number;
  readonly findings: number;
}

export interface Load {
  /** One second of all of it. */
  second(): Promise<void>;
  /** Seconds in which nothing comes. */
  pass(seconds: number): Promise<void>;
  isQuiet(): Promise<boolean>;
  /** `different`: as many findings as the events were about. */
  sent(): { readonly clicks: number; readonly findings: number; readonly different: number };
  balance(): Promise<{
    /** That no worker has done with. */
    readonly lostClicks: number;
    /** Clicks that web did not answer with 200. */
    readonly unanswered: number;
    readonly lostFindings: number;
    readonly isBalanced: boolean;
    /** Dead letters, of all queues. */
    readonly dead: number;
  }>;
  close(): Promise<void>;
}

const servers = 40;
/** GuardDuty tells of a finding again whenever it is seen again, so most events are about known ones. */
const differentFindings = 2000;

const story = (n: number) => ({
  ...compromisedServer,
  id: `7${n.toString(16).padStart(31, '0')}`,
  resource: {
    resourceType: 'Instance',
    instanceDetails: { instanceId: `i-0bad${(n % servers).toString(16).padStart(13, '0')}` },
  },
});

/** Sealed segments are evidence and never read again here. */
const forgetfulVault = (): Vault => {
  const keys = new Map<string, string>();
  return {
    async put(key, body) {
      if (keys.has(key)) return 'exists';
      keys.set(key, body);
      return 'put';
    },
    get: async (key) => keys.get(key),
    list: async (prefix, after) =>
      [...keys.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted(),
  };
};

const newIds = (): (() => string) => {
  let made = 0;
  return () => {
    made += 1;
    return `id${String(made).padStart(20, '0')}`;
  };
};

/** The local world keeps every call for its page; here they would be all that grows. */
const forget = ({ aws, slack }: LocalWorld): void => {
  for (const calls of [aws.calls, slack.calls()]) (calls as unknown[]).length = 0;
};

/** Every click that a worker has done with is in `handled`, by the id of its message. */
const openWorld = (handled: Set<string>): Promise<LocalWorld> =>
  createLocalWorld({
    config,
    vault: forgetfulVault(),
    start: Date.parse('2026-11-22T09:00:00Z'),
    realTime: false,
    newId: newIds(),
    tickWhenIdle: false,
    viewPatienceMs: 0,
    tables: tablesApart,
    wrap: (functions) => ({
      ...functions,
      async worker(event) {
        const answer = await functions.worker(event);
        const failed = new Set(answer.batchItemFailures.map((one) => one.itemIdentifier));
        for (const { messageId, attributes } of event.Records)
          if (attributes.MessageGroupId && !failed.has(messageId)) handled.add(messageId);
        return answer;
      },
    }),
  });

/** People who press Acknowledge, each on a card as it was when somebody first saw it. */
const peopleIn = (world: LocalWorld) => {
  const screen = screenOf(world);
  const random = randomFrom(7);
  const seen = new Map<string, DrawnMessage>();
  const count = { clicks: 0, unanswered: 0 };
  return {
    count,
    look(): void {
      for (const card of screen.cards())
        if (!seen.has(card.ts) && screen.controls(card).includes('acknowledge'))
          seen.set(card.ts, structuredClone(card));
    },
    /** The first on each card changes something; the others are judged and answered all the same. */
    async click(): Promise<void> {
      const card = [...seen.values()][random.below(seen.size)];
      const drawn = card && world.slack.message(channel, card.ts);
      if (!drawn) return;
      count.clicks += 1;
      const { status } = await world.gesture(
        world.slack.press({
          user: random.below(2) === 0 ? 'U0MARIA' : 'U0LEE',
          channel,
          ts: card.ts,
          action_id: 'acknowledge',
          drawn: { ...drawn, blocks: card.blocks },
        }),
      );
      if (status !== 200) count.unanswered += 1;
    },
  };
};

const waitsIn = ({ queues }: LocalWorld): boolean =>
  Object.values(queues.depth()).some(({ waiting }) => waiting > 0);

export const openLoad = async ({ clicks, findings }: LoadOptions): Promise<Load> => {
  const handled = new Set<string>();
  const world = await openWorld(handled);
  const people = peopleIn(world);
  let events = 0;
  const event = (): object => {
    events += 1;
    const count = 1 + Math.floor(events / differentFindings);
    return guardDutyEvent({ ...story(events % differentFindings), count }, world.clock.now());
  };
  const different = (): number => Math.min(events, differentFindings);
  return {
    async second() {
      people.look();
      await Promise.all([
        world.events(Array.from({ length: findings }, event)),
        ...Array.from({ length: clicks }, people.click),
      ]);
      await world.advance(1);
      forget(world);
    },
    pass: (seconds) => world.advance(seconds),
    async isQuiet() {
      const { balance } = await world.balance(24);
      return !waitsIn(world) && balance.waiting === 0 && balance.undecided === 0;
    },
    sent: () => ({ clicks: people.count.clicks, findings: events, different: different() }),
    async balance() {
      const { balance, verdict } = await world.balance(24);
      return {
        lostClicks: people.count.clicks - handled.size,
        unanswered: people.count.unanswered,
        lostFindings: different() - balance.received,
        isBalanced: verdict?.kind === 'balanced',
        dead: Object.values(world.queues.depth()).reduce((sum, queue) => sum + queue.dead, 0),
      };
    },
    close: () => world.close(),
  };
};
