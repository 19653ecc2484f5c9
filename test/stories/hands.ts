/** What people do: signed gestures. Remembers who was pinged by what they did themselves. */
import type { LocalWorld } from '../../src/local/local-world.ts';
import { channel, type DrawnMessage, type Screen } from './screen.ts';

type Outcome = ReturnType<LocalWorld['gesture']>;
type Drawn = NonNullable<ReturnType<LocalWorld['slack']['message']>>;

export interface Hands {
  /** A plan's button that has no place on the card is pressed behind “Everything else…”. */
  press(user: string, actionId: string, message?: DrawnMessage): Outcome;
  /** What is drawn now, to be pressed later on a screen that was not up to date. */
  remember(message: DrawnMessage): Drawn;
  pressRemembered(user: string, actionId: string, drawn: Drawn): Outcome;
  pressInModal(user: string, actionId: string): Outcome;
  /**
   * Chooses the entry of the card's menu whose text contains `label`, or presses the button with that
   * label behind its last entry, “Everything else…”.
   */
  choose(user: string, label: string): Outcome;
  /** Runs `/cordon text` in the channel of the cards. */
  command(user: string, text: string): Outcome;
  /** Presses a control of the last message that only this person sees. */
  pressAnswer(user: string, actionId: string, value?: string): Outcome;
  /** Looks at the app's home tab. */
  openHome(user: string): Outcome;
  /** Presses a control of the home tab. */
  pressHome(user: string, actionId: string, value?: string): Outcome;
  /** Chooses a shortcut in the menu of a message. */
  shortcut(user: string, callbackId: string, message?: DrawnMessage): Outcome;
  /** Writes in the thread of the card. */
  say(user: string, text: string, message?: DrawnMessage): Outcome;
  /** Presses a button of the last message that the app sent this person directly. */
  pressDirect(user: string, actionId: string): Outcome;
  /** Submits a form about a case. */
  fill(user: string, values: Readonly<Record<string, string>>): Outcome;
  submit(
    user: string,
    reason?: string,
    more?: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Outcome;
  /** People whom their own gesture notified. */
  ownPings(): readonly string[];
}

/** Where people are: a workspace, a clock, and something that takes their gestures. */
type Stage = Pick<LocalWorld, 'slack' | 'gesture'> & {
  readonly clock: Pick<LocalWorld['clock'], 'now' | 'moveTo'>;
};

type Does = (
  user: string,
  gesture: () => Parameters<LocalWorld['gesture']>[0],
) => ReturnType<LocalWorld['gesture']>;

/** What people do with a case besides pressing its buttons. */
const caseHands = (
  world: Stage,
  screen: Screen,
  does: Does,
): Pick<Hands, 'choose' | 'say' | 'pressDirect' | 'fill'> => ({
  choose: async (user, label) => {
    const menu = (value: string) =>
      does(user, () =>
        world.slack.press({ user, channel, ts: screen.card().ts, action_id: 'more', value }),
      );
    const value = screen.menuValue(label);
    if (value) return menu(value);
    await menu(screen.menuValue('Everything else') ?? '');
    const action_id = screen.modalControl(user, label);
    return does(user, () =>
      world.slack.pressInView({ user, view_id: screen.modal(user), action_id }),
    );
  },
  say: (user, text, { ts } = screen.card()) =>
    does(user, () => world.slack.say({ user, channel, thread_ts: ts, text })),
  pressDirect: (user, action_id) =>
    does(user, () => {
      const { ts = '' } = screen.direct(user).at(-1) ?? {};
      return world.slack.press({ user, channel: `D${user.slice(1)}`, ts, action_id });
    }),
  fill: (user, values) =>
    does(user, () =>
      world.slack.submit({
        user,
        view_id: screen.modal(user),
        // In these forms a block and its input have one name.
        values: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, { [name]: value }]),
        ),
      }),
    ),
});

export const handsOf = (world: Stage, screen: Screen): Hands => {
  const pinged: string[] = [];
  const does: Does = async (user, gesture) => {
    // People take their time; so the audit's order tells who came first.
    world.clock.moveTo(world.clock.now() + 1000);
    const before = world.slack.pings(user);
    const outcome = await world.gesture(gesture());
    if (world.slack.pings(user) > before) pinged.push(user);
    return outcome;
  };
  return {
    press: async (user, action_id, message = screen.card()) => {
      const { ts } = message;
      const behindMenu =
        action_id.startsWith('plan:') && !screen.controls(message).includes(action_id);
      if (!behindMenu) return does(user, () => world.slack.press({ user, channel, ts, action_id }));
      const value = screen.menuValue('Everything else', message) ?? '';
      await does(user, () => world.slack.press({ user, channel, ts, action_id: 'more', value }));
      return does(user, () =>
        world.slack.pressInView({ user, view_id: screen.modal(user), action_id }),
      );
    },
    remember({ ts }) {
      const drawn = world.slack.message(channel, ts);
      if (!drawn) throw new Error(`there is no message ${ts}`);
      return drawn;
    },
    pressRemembered: (user, action_id, drawn) =>
      does(user, () => world.slack.press({ user, channel, ts: drawn.ts, action_id, drawn })),
    pressInModal: (user, action_id) =>
      does(user, () => world.slack.pressInView({ user, view_id: screen.modal(user), action_id })),
    ...caseHands(world, screen, does),
    command: (user, text) => does(user, () => world.slack.command({ user, channel, text })),
    pressAnswer: (user, action_id, value) =>
      does(user, () =>
        world.slack.press({
          user,
          channel,
          ts: screen.answer(user),
          action_id,
          ...(value === undefined ? {} : { value }),
        }),
      ),
    openHome: (user) => does(user, () => world.slack.openHome({ user })),
    pressHome: (user, action_id, value) =>
      does(user, () =>
        world.slack.pressInView({
          user,
          view_id: screen.home(user).id,
          action_id,
          ...(value === undefined ? {} : { value }),
        }),
      ),
    shortcut: (user, callback_id, { ts } = screen.card()) =>
      does(user, () => world.slack.shortcut({ user, channel, ts, callback_id })),
    submit: (user, reason = 'suspected', more = {}) =>
      does(user, () =>
        world.slack.submit({
          user,
          view_id: screen.modal(user),
          values: { reason: { 'reason-code': reason }, ...more },
        }),
      ),
    ownPings: () => pinged,
  };
};
