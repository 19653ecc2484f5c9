/** What happens in a life, in any order: alerts, people, time, and what goes wrong around them. */

import { localQueues } from '../../src/local/runtime/resources.ts';
import { changeAfterContainment, changeGroups } from '../../src/local/scenarios/drift.ts';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  portScan,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import type { Sent } from '../../src/local/slack/gestures.ts';
import { shuffled } from '../random.ts';
import {
  approvers,
  channel,
  does,
  messagesOf,
  nobodies,
  offered,
  oneOf,
  press,
  responders,
  type Scene,
  submit,
  withControl,
} from './scene.ts';

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

const alert: Act = {
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

const plan: Act = {
  name: 'ask',
  weight: 7,
  async happen(scene) {
    const { random, screen } = scene;
    const message = oneOf(random, screen.cards());
    const user = oneOf(random, [...responders, 'U0ANA']);
    if (!message || !user) return undefined;
    const verb = /AKIA/.test(screen.says(message))
      ? 'plan:deactivate-access-key'
      : 'plan:isolate-instance';
    const opened = await offered(scene, { user, verb, message });
    const asked = await submit(scene, user, { reason: { 'reason-code': 'confirmed' } });
    return `${user} ${verb}: ${opened}, ${asked}`;
  },
};

/** A press on a button of some message that has it. */
const pressing = (
  name: string,
  weight: number,
  { verb, users }: { readonly verb: string; readonly users: readonly string[] },
): Act => ({
  name,
  weight,
  async happen(scene) {
    const message = oneOf(scene.random, withControl(scene, verb));
    const user = oneOf(scene.random, users);
    if (!message || !user) return undefined;
    return `${user} ${verb}: ${await press(scene, { user, verb, message })}`;
  },
});

const approve = pressing('approve', 8, { verb: 'approve', users: approvers });

const deny: Act = {
  name: 'deny',
  weight: 1,
  async happen(scene) {
    const message = oneOf(scene.random, withControl(scene, 'deny'));
    const user = oneOf(scene.random, approvers);
    if (!message || !user) return undefined;
    const opened = await press(scene, { user, verb: 'deny', message });
    const denied = await submit(scene, user, { why: { why: 'it is a drill' } });
    return `${user} deny: ${opened}, ${denied}`;
  },
};

const undo: Act = {
  name: 'undo',
  weight: 3,
  async happen(scene) {
    const message = oneOf(scene.random, withControl(scene, 'undo'));
    const user = oneOf(scene.random, responders);
    if (!message || !user) return undefined;
    const opened = await press(scene, { user, verb: 'undo', message });
    const asked = await submit(scene, user, { reason: { 'reason-code': 'resolved' } });
    return `${user} undo: ${opened}, ${asked}`;
  },
};

/** Whoever may not do it presses whatever there is. */
const trespass: Act = {
  name: 'trespass',
  weight: 3,
  async happen(scene) {
    const { random, screen } = scene;
    const message = oneOf(random, messagesOf(scene));
    const verb =
      message &&
      oneOf(
        random,
        screen.controls(message).filter((id) => id !== 'more'),
      );
    const user = oneOf(random, nobodies);
    if (!message || !verb || !user) return undefined;
    const pressed = await press(scene, { user, verb, message });
    const sent = await submit(scene, user, { reason: { 'reason-code': 'confirmed' } });
    return `${user} ${verb}: ${pressed}, ${sent}`;
  },
};

/** Two people at the same moment, on two machines. */
const together: Act = {
  name: 'together',
  weight: 4,
  async happen(scene) {
    const { random, world } = scene;
    const message = oneOf(random, withControl(scene, 'approve'));
    if (!message) return undefined;
    const hands = shuffled(
      [
        { user: 'U0ANA', verb: 'approve' },
        { user: 'U0LEE', verb: 'approve' },
        { user: 'U0MARIA', verb: 'withdraw' },
        { user: 'U0ANA2', verb: 'approve' },
      ],
      random,
    ).slice(0, 2);
    const said = await Promise.all(
      hands.map((hand) =>
        does(scene, hand, () =>
          world.slack.press({
            user: hand.user,
            channel,
            ts: message.ts,
            action_id: hand.verb,
          }),
        ),
      ),
    );
    return hands.map(({ user, verb }, n) => `${user} ${verb}: ${said[n]}`).join(' and at once ');
  },
};

/** Slack's own retry: the same signed request once more. */
const again: Act = {
  name: 'again',
  weight: 2,
  async happen(scene) {
    const { random, world } = scene;
    const message = oneOf(random, withControl(scene, 'approve'));
    const user = oneOf(random, approvers);
    if (!message || !user) return undefined;
    let kept: Sent | undefined;
    const pressed = await does(scene, { user, verb: 'approve' }, () => {
      kept = world.slack.press({ user, channel, ts: message.ts, action_id: 'approve' });
      return kept;
    });
    const resent = await does(scene, { user, verb: 'approve' }, () => kept);
    return `${user} approve: ${pressed}, and the same request again: ${resent}`;
  },
};

/** A screen that was not redrawn. */
const oldButton: Act = {
  name: 'old button',
  weight: 2,
  async happen(scene) {
    const { random, world, screen } = scene;
    const message = oneOf(random, withControl(scene, 'approve'));
    const drawn = message && world.slack.message(channel, message.ts);
    const user = oneOf(random, approvers);
    if (!message || !drawn || !user) return undefined;
    const first = oneOf(random, ['withdraw', 'approve']) ?? 'approve';
    await press(scene, { user: oneOf(random, responders) ?? user, verb: first, message });
    await world.advance(random.below(60));
    const said = await does(scene, { user, verb: 'approve' }, () =>
      world.slack.press({ user, channel, ts: message.ts, action_id: 'approve', drawn }),
    );
    return `${user} approve on what ${screen.cards().length} cards showed before: ${said}`;
  },
};

const wait = (name: string, weight: number, [least, most]: readonly [number, number]): Act => ({
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

const outage = (name: string, of: 'slack' | 'tables', seconds: number): Act => ({
  name,
  weight: 0.5,
  async happen({ world, troubles }) {
    troubles.outage({ of, until: world.clock.now() + seconds * 1000 });
    return `for ${seconds} s`;
  },
});

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

/** What a life may be made of. */
export const acts: readonly Act[] = [
  alert,
  plan,
  approve,
  pressing('approve own', 2, { verb: 'approve', users: responders }),
  deny,
  pressing('withdraw', 1, { verb: 'withdraw', users: responders }),
  pressing('stop', 2, { verb: 'stop', users: responders }),
  pressing('finish', 2, { verb: 'finish', users: responders }),
  pressing('acknowledge', 1, { verb: 'acknowledge', users: responders }),
  pressing('look', 1, { verb: 'view-plan', users: [...responders, ...approvers] }),
  undo,
  trespass,
  together,
  again,
  oldButton,
  wait('moments', 6, [1, 40]),
  wait('minutes', 3, [60, 900]),
  drift,
  poison,
  outage('Slack is down', 'slack', 3600),
  outage('tables are throttled', 'tables', 45),
  standstill,
  rotate,
];

/** How every life begins. */
export const opening: readonly Act[] = [alert, wait('moments', 0, [1, 20]), plan, approve];
