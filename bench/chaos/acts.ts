/** What people do, in any order. What happens around them is in surroundings.ts. */
import type { Sent } from '../../src/local/slack/gestures.ts';
import { shuffled } from '../random.ts';
import { occasions } from './occasions.ts';
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
  submit,
  withControl,
} from './scene.ts';
import { type Act, alert, surroundings, wait } from './surroundings.ts';

const plan: Act = {
  name: 'ask',
  weight: 7,
  async happen(scene) {
    const { random, screen } = scene;
    const message = oneOf(random, screen.cards());
    const user = oneOf(random, [...responders, ...responders, ...responders, 'U0ANA']);
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
        does(scene, { ...hand, message }, () =>
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
    const pressed = await does(scene, { user, verb: 'approve', message }, () => {
      kept = world.slack.press({ user, channel, ts: message.ts, action_id: 'approve' });
      return kept;
    });
    const resent = await does(scene, { user, verb: 'approve', message }, () => kept);
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
    const said = await does(scene, { user, verb: 'approve', message }, () =>
      world.slack.press({ user, channel, ts: message.ts, action_id: 'approve', drawn }),
    );
    return `${user} approve on what ${screen.cards().length} cards showed before: ${said}`;
  },
};

/** Ana asks, and approves with her other account. */
const secondAccount: Act = {
  name: 'second account',
  weight: 2,
  async happen(scene) {
    const message = scene.screen.cards().find((card) => /i-0a1b/.test(scene.screen.says(card)));
    if (!message) return undefined;
    const user = 'U0ANA';
    const opened = await offered(scene, { user, verb: 'plan:isolate-instance', message });
    const asked = await submit(scene, user, { reason: { 'reason-code': 'confirmed' } });
    const waits = withControl(scene, 'approve').at(-1);
    const approved =
      waits && (await press(scene, { user: 'U0ANA2', verb: 'approve', message: waits }));
    return `${user} plan:isolate-instance: ${opened}, ${asked}; U0ANA2 approve: ${approved}`;
  },
};

/** What a life may be made of. */
export const acts: readonly Act[] = [
  ...surroundings,
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
  secondAccount,
];

/** Acts by name, for a mistake that needs an occasion. */
export const actsNamed = (names: readonly string[]): readonly Act[] =>
  names.flatMap((wanted) => [...acts, ...occasions].find(({ name }) => name === wanted) ?? []);

/** How every life begins. */
export const opening: readonly Act[] = [alert, wait('moments', 0, [1, 20]), plan, approve];
