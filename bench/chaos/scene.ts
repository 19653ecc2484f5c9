/** A life under way: its world, its people, and what they know of what they did. */

import type { LocalWorld } from '../../src/local/local-world.ts';
import type { Sent } from '../../src/local/slack/gestures.ts';
import { UiError } from '../../src/local/slack/ui-error.ts';
import { AwsError } from '../../src/local/world/aws-error.ts';
import type { DrawnMessage, Screen } from '../../test/stories/screen.ts';
import type { Random } from '../random.ts';
import type { Troubles } from './network.ts';
import type { Rotation } from './rotation.ts';
import type { Witness } from './witness.ts';

export const channel = 'C0SECURITY';

export const responders = ['U0MARIA', 'U0LEE'] as const;
export const approvers = ['U0ANA', 'U0ANA2', 'U0LEE'] as const;
/** A guest in the approvers' group, a member without a role, somebody of another workspace. */
export const nobodies = ['U0GUEST', 'U0NOBODY', 'U0STRANGER'] as const;

export interface Scene {
  readonly world: LocalWorld;
  readonly screen: Screen;
  readonly random: Random;
  readonly witness: Witness;
  readonly troubles: Troubles;
  readonly rotation: Rotation;
  /** Ids of the findings that were sent in. */
  readonly sent: Set<string>;
  /** Messages on the queue of events that are no events. */
  poison: number;
  /** Somebody changed AWS by hand. */
  drifted: boolean;
}

export const oneOf = <T>(random: Random, list: readonly T[]): T | undefined =>
  list[random.below(list.length)];

/** Cards and what is in their threads. */
export const messagesOf = ({ screen }: Pick<Scene, 'screen'>): readonly DrawnMessage[] =>
  screen.cards().flatMap((card) => [card, ...card.replies]);

export const withControl = (scene: Scene, actionId: string): readonly DrawnMessage[] =>
  messagesOf(scene).filter((message) => scene.screen.controls(message).includes(actionId));

interface Deed {
  readonly user: string;
  readonly verb: string;
  /** Where the button is. */
  readonly message?: DrawnMessage;
}

/** A button's value is `id.token`. */
const aboutOf = ({ blocks }: DrawnMessage, verb: string): string | undefined => {
  const elements = blocks.flatMap((block) =>
    block.type === 'actions'
      ? (block['elements'] as readonly { readonly action_id: string; readonly value?: string }[])
      : [],
  );
  return elements.find(({ action_id }) => action_id === verb)?.value?.split('.')[0];
};

/**
 * One gesture to its end, whatever becomes of it; answers what a person would say of it. Slack's client
 * does not offer what is not drawn, and a function that was killed answers nothing.
 */
export const does = async (
  { world, witness, rotation }: Scene,
  { user, verb, message }: Deed,
  gesture: () => Sent | undefined,
): Promise<string> => {
  world.clock.moveTo(world.clock.now() + 1000);
  let said = 'done';
  try {
    const sent = gesture();
    witness.pressed({
      user,
      verb,
      about: message && aboutOf(message, verb),
      at: world.clock.now(),
    });
    const outcome = await world.gesture(sent && rotation.signed(sent));
    said = outcome.problem ?? said;
  } catch (error) {
    if (error instanceof UiError) return 'not offered';
    // A function that failed, as when it cannot have its secret, is to Slack one that was killed.
    const failed =
      error instanceof AwsError || (error instanceof Error && error.message === 'killed');
    if (!failed) throw error;
    said = 'no answer';
  }
  await world.idle();
  return said;
};

export const press = (
  scene: Scene,
  { user, verb, message }: { user: string; verb: string; message: DrawnMessage },
): Promise<string> =>
  does(scene, { user, verb, message }, () =>
    scene.world.slack.press({ user, channel, ts: message.ts, action_id: verb }),
  );

/** A plan's button that has no place on the card is behind “Everything else…”. */
export const offered = async (
  scene: Scene,
  { user, verb, message }: { user: string; verb: string; message: DrawnMessage },
): Promise<string> => {
  const { screen, world } = scene;
  if (screen.controls(message).includes(verb)) return press(scene, { user, verb, message });
  const value = screen.menuValue('Everything else', message);
  if (value === undefined) return 'not offered';
  await does(scene, { user, verb: 'more' }, () =>
    world.slack.press({ user, channel, ts: message.ts, action_id: 'more', value }),
  );
  return does(scene, { user, verb }, () => {
    const modals = world.slack.state(user)['modals'] as readonly { readonly id: string }[];
    const view_id = modals.at(-1)?.id;
    if (!view_id) throw new UiError('no modal is open', 'open one');
    return world.slack.pressInView({ user, view_id, action_id: verb });
  });
};

/** Fills the modal that the person has open, if it is a form. */
export const submit = (
  scene: Scene,
  user: string,
  values: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<string> =>
  does(scene, { user, verb: 'submit' }, () => {
    const modals = scene.world.slack.state(user)['modals'] as readonly { readonly id: string }[];
    const open = modals.at(-1);
    if (!open) throw new UiError('no modal is open', 'open one');
    return scene.world.slack.submit({ user, view_id: open.id, values });
  });
