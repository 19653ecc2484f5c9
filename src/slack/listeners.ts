/**
 * Web's listeners: keep the signed request on the queue, open a modal where a trigger would die,
 * acknowledge. Nothing is decided here. At most one awaited round trip, the two side by side.
 */
import type { App } from '@slack/bolt';
import { controlPattern, opensModal, planCallback } from './controls.ts';
import { workingView } from './modals/notice.ts';
import { type SignedRequest, signedRequestOf } from './receiver.ts';

export interface Jobs {
  /** Keeps a signed request; `group` (a user id) is worked on in order. */
  send(request: SignedRequest, group: string): Promise<void>;
}

export const registerListeners = (app: App, jobs: Jobs): void => {
  app.action(controlPattern, async ({ ack, action, body, client, context, logger }) => {
    const signed = signedRequestOf(context);
    const trigger = 'trigger_id' in body ? body.trigger_id : undefined;
    const open =
      'action_id' in action && opensModal(action.action_id) && !('view' in body && body.view);
    await Promise.all([
      jobs.send(signed, body.user.id),
      open && trigger
        ? client.views
            .open({ trigger_id: trigger, view: workingView(signed.digest, 'Reading live state…') })
            .catch(() => logger.warn('a loading modal could not be opened'))
        : undefined,
    ]);
    await ack();
  });
  app.view(planCallback, async ({ ack, body, context }) => {
    const signed = signedRequestOf(context);
    await jobs.send(signed, body.user.id);
    await ack({
      response_action: 'update',
      view: workingView(signed.digest, 'Checking and recording…'),
    });
  });
  app.command('/cordon', async ({ ack, command, context }) => {
    await jobs.send(signedRequestOf(context), command.user_id);
    await ack();
  });
};
