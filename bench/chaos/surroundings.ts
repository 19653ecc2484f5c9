/** What happens around people: alerts, time, and what goes wrong. */
import { localQueues } from '../../src/local/runtime/resources.ts';
import { changeAfterContainment, changeGroups } from '../../src/local/scenarios/drift.ts';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  portScan,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { shuffled } from '../random.ts';
import { oneOf, type Scene } from './scene.ts';

/** One thing that may happen; answers what it was, or undefined where there is no occasion. */
export interface Act {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  readonly happen: (scene: Scene) => Promise<string | undefined>;
}

/** The same thing once more, under another type: joins its case. */
const another = (story: Story, number: number): Story =>
  number === 0
    ? story
    : {
        ...story,
        id: `${number}${story.id.slice(1)}`,
        type: story.type.replace(/^\w+:/, number === 1 ? 'Trojan:' : 'Impact:'),
      };

/** Milliseconds by which a source's clock may be wrong, or its event late. */
const eventSkew = { behind: 900_000, ahead: 60_000 } as const;

export const alert: Act = {
  name: 'alert',
  weight: 5,
  async happen({ world, random, sent }) {
    const stories = [compromisedServer, leakedKey, portScan].flatMap((story) =>
      random.next() < 0.6 ? [another(story, random.below(3))] : [],
    );
    const events = stories.flatMap((story) => {
      sent.add(story.id);
      const now = () => world.clock.now() + random.between(-eventSkew.behind, eventSkew.ahead);
      const event = guardDutyEvent(story, now());
      const repeats = random.below(3);
      const later = guardDutyEvent({ ...story, count: story.count + 5 }, now());
      return [event, ...Array.from({ length: repeats }, (_, n) => (n === 0 ? event : later))];
    });
    if (events.length === 0) return undefined;
    await world.events(shuffled(events, random));
    return `${events.length} events about ${stories.map(({ type }) => type).join(', ')}`;
  },
};

export const wait = (
  name: string,
  weight: number,
  [least, most]: readonly [number, number],
): Act => ({
  name,
  weight,
  async happen({ world, random }) {
    const seconds = Math.round(random.between(least, most));
    await world.advance(seconds);
    return `${seconds} s`;
  },
});

const drift: Act = {
  name: 'drift',
  weight: 1.5,
  async happen(scene) {
    const change = oneOf(scene.random, [changeGroups, changeAfterContainment]);
    await change?.run(scene.world);
    scene.drifted = true;
    return change?.title;
  },
};

const poison: Act = {
  name: 'poison',
  weight: 0.5,
  async happen(scene) {
    const queue = oneOf(scene.random, Object.values(localQueues)) ?? localQueues.work;
    const body = oneOf(scene.random, ['{', '[]', '{"kind":"approve"}', '"\u0000"']) ?? '{';
    if (queue === localQueues.ingest) scene.poison += 1;
    scene.world.queues.send(queue, { MessageBody: body, MessageGroupId: 'poison' });
    await scene.world.idle();
    return `${body} on ${queue}`;
  },
};

const outage = (
  name: string,
  of: 'slack' | 'busy' | 'tables' | 'executor',
  seconds: number,
): Act => ({
  name,
  weight: 0.5,
  async happen({ world, troubles }) {
    troubles.outage({ of, until: world.clock.now() + seconds * 1000 });
    return `for ${seconds} s`;
  },
});

/** Far more at once than Slack takes, and none of it can be shown for an hour. */
const darkStorm: Act = {
  name: 'Slack is down in a storm',
  weight: 0.3,
  async happen({ world, troubles, random, sent }) {
    troubles.outage({ of: 'slack', until: world.clock.now() + 3600 * 1000 });
    const servers = 12;
    const stories = Array.from(
      { length: 60 },
      (_, n): Story => ({
        ...compromisedServer,
        id: `5${n.toString(16).padStart(31, '0')}`,
        resource: {
          resourceType: 'Instance',
          instanceDetails: { instanceId: `i-0bad000000000${String(n % servers).padStart(4, '0')}` },
        },
      }),
    );
    for (const { id } of stories) sent.add(id);
    const events = stories.map((story) => guardDutyEvent(story, world.clock.now()));
    await world.events(shuffled([...events, ...events.slice(0, 10)], random));
    return `${stories.length} findings about ${servers} servers, and nobody can be told for an hour`;
  },
};

/** Nothing is delivered from one of our own queues for a while. */
const standstill: Act = {
  name: 'a queue stands still',
  weight: 1,
  async happen({ world, random }) {
    const queue = oneOf(random, [localQueues.work, localQueues.jobs, localQueues.notify]);
    if (!queue) return undefined;
    const release = world.queues.hold(queue);
    const seconds = Math.round(random.between(20, 180));
    world.clock.at(world.clock.now() + seconds * 1000, release);
    return `${queue} for ${seconds} s`;
  },
};

const rotate: Act = {
  name: 'secrets rotated',
  weight: 0.5,
  async happen({ rotation }) {
    rotation.rotate();
    return 'a new signing secret and token';
  },
};

export const surroundings: readonly Act[] = [
  alert,
  wait('moments', 6, [1, 40]),
  wait('minutes', 3, [60, 900]),
  drift,
  poison,
  outage('Slack is down', 'slack', 3600),
  outage('Slack is too busy', 'busy', 120),
  darkStorm,
  outage('tables are throttled', 'tables', 45),
  outage('no room for an executor', 'executor', 90),
  standstill,
  rotate,
];
