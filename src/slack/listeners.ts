/**
 * Web's listeners: keep the signed request on the queue, open a modal where a trigger would die,
 * acknowledge. Nothing is decided here. At most one awaited round trip, the two side by side.
 */
import type { App } from '@slack/bolt';
import { commandOpensModal, controlPattern, opensModal } from './controls.ts';
import { commandName, eventTypes, messageShortcuts, submittedModals } from './heard.ts';
import { interpret } from './interaction.ts';
import { workingView } from './modals/notice.ts';
import { type SignedRequest, signedRequestOf } from './receiver.ts';

export interface Jobs {
  /** Keeps a signed request; `group` (a user id) is worked on in order. */
  send(request: SignedRequest, group: string): Promise<void>;
}

type Client = App['client'];

/** A modal that says what is being done, until worker fills it. Failing to open it loses nothing. */
const openWorking = (
  { client, logger }: { readonly client: Client; readonly logger: App['logger'] },
  trigger: string,
  { digest }: SignedRequest,
): Promise<unknown> =>
  client.views
    .open({ trigger_id: trigger, view: workingView(digest, 'Reading live state…') })
    .catch(() => logger.warn('a loading modal could not be opened'));

/** Whoever presses in a modal has one already; a home tab is none. */
const isInModal = (body: object): boolean =>
  'view' in body &&
  typeof body.view === 'object' &&
  body.view !== null &&
  'type' in body.view &&
  body.view.type === 'modal';

export const registerListeners = (app: App, jobs: Jobs): void => {
  app.action(controlPattern, async ({ ack, action, body, client, context, logger }) => {
    const signed = signedRequestOf(context);
    const trigger = 'trigger_id' in body ? body.trigger_id : undefined;
    const open = 'action_id' in action && opensModal(action.action_id) && !isInModal(body);
    await Promise.all([
      jobs.send(signed, body.user.id),
      open && trigger ? openWorking({ client, logger }, trigger, signed) : undefined,
    ]);
    await ack();
  });
  for (const callback of submittedModals)
    app.view(callback, async ({ ack, body, context }) => {
      const signed = signedRequestOf(context);
      await jobs.send(signed, body.user.id);
      await ack({
        response_action: 'update',
        view: workingView(signed.digest, 'Checking and recording…'),
      });
    });
  for (const callback of Object.keys(messageShortcuts))
    app.shortcut(
      { callback_id: callback, type: 'message_action' },
      async ({ ack, body, client, context, logger }) => {
        const signed = signedRequestOf(context);
        await Promise.all([
          jobs.send(signed, body.user.id),
          openWorking({ client, logger }, body.trigger_id, signed),
        ]);
        await ack();
      },
    );
  app.command(commandName, async ({ ack, command, client, context, logger }) => {
    const signed = signedRequestOf(context);
    await Promise.all([
      jobs.send(signed, command.user_id),
      commandOpensModal(command.text)
        ? openWorking({ client, logger }, command.trigger_id, signed)
        : undefined,
    ]);
    await ack();
  });
  // What people write under a card belongs to its record; whatever else is said goes no further.
  app.event('message', async ({ body, context }) => {
    const heard = interpret(body);
    if (heard.kind === 'event' && heard.reply)
      await jobs.send(signedRequestOf(context), heard.reply.user.id);
  });
  // Bolt acknowledges events itself; the receiver answers 500 when one could not be kept.
  for (const type of eventTypes)
    app.event(type, async ({ event, context }) => {
      await jobs.send(signedRequestOf(context), 'user' in event ? event.user : type);
    });
};
