/** What leads up to a mistake that otherwise shows too seldom. Nobody hesitates here, and time is given. */
import { localQueues } from '../../src/local/runtime/resources.ts';
import {
  compromisedServer,
  exampleInstance,
  guardDutyEvent,
} from '../../src/local/scenarios/guardduty-event.ts';
import type { DrawnMessage } from '../../test/stories/screen.ts';
import {
  channel,
  does,
  messagesOf,
  offered,
  press,
  type Scene,
  submit,
  withControl,
} from './scene.ts';
import type { Act } from './surroundings.ts';

/** Never by chance. */
const weight = 0;

/** Until a card is there that was asked for. Seconds. */
const soon = 20;

const now = ({ world }: Scene): number => world.clock.now();

const serverCard = ({ screen }: Scene) =>
  screen.cards().find((card) => /i-0a1b/.test(screen.says(card)));

const serverAlert: Act = {
  name: 'server alert',
  weight,
  async happen(scene) {
    scene.sent.add(compromisedServer.id);
    await scene.world.events([guardDutyEvent(compromisedServer, now(scene))]);
    await scene.world.advance(30);
    return serverCard(scene) && 'a compromised server';
  },
};

type Decided = (scene: Scene, waits: DrawnMessage) => Promise<string>;

const ana: Decided = (scene, message) => press(scene, { user: 'U0ANA', verb: 'approve', message });

/** Ana approves and Maria withdraws at the same moment, on two machines. */
const both: Decided = async (scene, message) => {
  const hands = [
    { user: 'U0ANA', verb: 'approve' },
    { user: 'U0MARIA', verb: 'withdraw' },
  ];
  const said = await Promise.all(
    hands.map(({ user, verb }) =>
      does(scene, { user, verb, message }, () =>
        scene.world.slack.press({ user, channel, ts: message.ts, action_id: verb }),
      ),
    ),
  );
  return said.join(' and at once ');
};

/** Maria asks, then it is decided; `meanwhile` happens between the two. */
const isolate = (name: string, meanwhile: (scene: Scene) => void, decided: Decided = ana): Act => ({
  name,
  weight,
  async happen(scene) {
    const message = serverCard(scene);
    if (!message) return undefined;
    const opened = await offered(scene, {
      user: 'U0MARIA',
      verb: 'plan:isolate-instance',
      message,
    });
    const asked = await submit(scene, 'U0MARIA', { reason: { 'reason-code': 'confirmed' } });
    await scene.world.advance(soon);
    const waits = withControl(scene, 'approve').at(-1);
    if (!waits) return `${opened}, ${asked}, and nothing to approve`;
    meanwhile(scene);
    const approved = await decided(scene, waits);
    await scene.world.advance(300);
    return `${opened}, ${asked}, ${approved}`;
  },
});

/** The executor cannot be had for a good minute, and what would renew the word of the worker waits longer. */
const late = (scene: Scene): void => {
  const release = scene.world.queues.hold(localQueues.work);
  scene.world.clock.at(now(scene) + 200_000, release);
  scene.troubles.outage({ of: 'executor', until: now(scene) + 75_000 });
};

const busy = (scene: Scene): void =>
  scene.troubles.outage({ of: 'busy', until: now(scene) + 120_000 });

const strangeHands: Act = {
  name: 'strange hands',
  weight,
  async happen(scene) {
    if (withControl(scene, 'undo').length === 0) return undefined;
    const { interfaces } = scene.world.aws.partition('123456789012', 'eu-west-1');
    const one = interfaces.get(exampleInstance.interfaces[0]);
    if (!one) return undefined;
    // Neither what Cordon left nor what it found.
    one.groups = ['sg-0a1b2c3d4e5f60711'];
    scene.drifted = true;
    return 'another group on one interface';
  },
};

const undoIt: Act = {
  name: 'undo of the isolation',
  weight,
  async happen(scene) {
    const message = messagesOf(scene).findLast((one) =>
      scene.screen.controls(one).includes('undo'),
    );
    if (!message) return undefined;
    const opened = await press(scene, { user: 'U0MARIA', verb: 'undo', message });
    const asked = await submit(scene, 'U0MARIA', { reason: { 'reason-code': 'resolved' } });
    const waits = withControl(scene, 'approve').at(-1);
    const approved =
      waits && (await press(scene, { user: 'U0ANA', verb: 'approve', message: waits }));
    await scene.world.advance(120);
    return `${opened}, ${asked}, ${approved ?? 'nothing to approve'}`;
  },
};

export const occasions: readonly Act[] = [
  serverAlert,
  isolate('isolate the server', () => {}),
  isolate('isolate the server while two decide', () => {}, both),
  isolate('isolate the server with a late executor', late),
  isolate('isolate the server while Slack is busy', busy),
  strangeHands,
  undoIt,
];
