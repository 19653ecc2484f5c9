/** Signed requests as web puts them on the queue, each with a `trigger_id` of its own. */
import { planCallback, planInputs, reference } from '../../src/slack/controls.ts';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import { digest, sign } from '../../src/slack/signature.ts';
import type { OfferedPlan } from '../../src/store/requests-table.ts';

export interface Signer {
  readonly signingSecret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const workspace = 'T0CORDON';
let triggers = 0;

const signed = (signer: Signer, user: string, payload: object): SignedRequest => {
  triggers += 1;
  const who = { user: { id: user, team_id: workspace }, team: { id: workspace } };
  const body = new URLSearchParams({
    payload: JSON.stringify({ ...who, trigger_id: `${triggers}.trigger`, ...payload }),
  }).toString();
  const bytes = Buffer.from(body, 'utf8');
  const timestamp = String(Math.floor(signer.now / 1000));
  return {
    body,
    contentType: 'application/x-www-form-urlencoded',
    timestamp,
    signature: sign(signer.signingSecret, timestamp, bytes),
    digest: digest(bytes),
  };
};

/** A press on Approve of the card of this request. */
export const approveClick = (
  signer: Signer,
  user: string,
  request: { readonly id: string; readonly token: string },
): SignedRequest =>
  signed(signer, user, {
    type: 'block_actions',
    container: { type: 'message', message_ts: '2.000001', channel_id: 'C0SECURITY' },
    channel: { id: 'C0SECURITY' },
    message: { ts: '2.000001', thread_ts: '1.000001' },
    state: { values: {} },
    actions: [
      {
        type: 'button',
        block_id: 'decide',
        action_id: 'approve',
        value: reference(request.id, request.token),
      },
    ],
  });

/** The plan modal of the person it was shown to, submitted with one of its reasons. */
export const submitClick = (signer: Signer, offer: OfferedPlan): SignedRequest => {
  const { block, action } = planInputs.reason;
  const reason = offer.kind === 'undo' ? 'resolved' : 'confirmed';
  const chosen = { type: 'static_select', selected_option: { value: reason } };
  // As the form opens: the boxes that are ticked stay ticked.
  const ticked = (offer.plan.choices ?? []).flatMap((choice, number) =>
    choice.chosen ? [{ value: String(number) }] : [],
  );
  const boxes = { type: 'checkboxes', selected_options: ticked };
  return signed(signer, offer.person.user, {
    type: 'view_submission',
    view: {
      id: 'V1',
      callback_id: planCallback,
      private_metadata: offer.token,
      state: {
        values: {
          [block]: { [action]: chosen },
          [planInputs.choices.block]: { [planInputs.choices.action]: boxes },
        },
      },
    },
  });
};
