/** What Slack does with the app's HTTP answer to a click, a command or a submission. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Field, isRecord, optional } from '../../slack/payload.ts';
import { demandValid, SlackApiError } from './api-error.ts';
import { withBlockIds } from './drawn.ts';
import { type Memory, nextTs, type OpenView, putView, showEphemeral } from './memory.ts';
import { pushModal, redraw } from './view-methods.ts';

export interface Outcome {
  /** The status and body that the app gave Slack. */
  readonly status: number;
  readonly body: string;
  /** What the person sees go wrong. */
  readonly problem?: string;
}

type Response = APIGatewayProxyStructuredResultV2;

const outcome = (response: Response, problem?: string): Outcome => ({
  status: response.statusCode ?? 200,
  body: response.body ?? '',
  ...(problem === undefined ? {} : { problem }),
});

const failed = (response: Response): boolean => (response.statusCode ?? 200) !== 200;

/** A click shows nothing of the answer, except that it failed. */
export const settleClick = (response: Response): Outcome =>
  outcome(response, failed(response) ? 'Slack shows a warning beside the control' : undefined);

/** A command's answer, text or JSON, becomes a message that only the person sees. */
export const settleCommand = (
  memory: Memory,
  place: { readonly user: string; readonly channel: string },
  response: Response,
): Outcome => {
  if (failed(response)) return outcome(response, 'Slack says that the command failed');
  if (response.body === undefined || response.body === '') return outcome(response);
  const message = jsonIn(response) ?? { text: response.body };
  return refusable(response, () => {
    demandValid('message', message);
    showEphemeral(memory, {
      ...place,
      id: nextTs(memory),
      thread_ts: undefined,
      text: optional(message, 'text', 40_000) ?? '',
      blocks: withBlockIds(message['blocks'], memory.next),
      at: memory.now(),
    });
    return undefined;
  });
};

/** An empty answer closes the modal; `response_action` updates, stacks, clears or shows errors. */
export const settleSubmission = (memory: Memory, open: OpenView, response: Response): Outcome => {
  if (failed(response)) return outcome(response, 'Slack says: we had some trouble connecting');
  const answer = jsonIn(response) ?? {};
  return refusable(response, () => {
    switch (answer['response_action']) {
      case undefined:
        closeModal(memory, open);
        return undefined;
      case 'clear':
        memory.modals = memory.modals.filter(({ user }) => user !== open.user);
        return undefined;
      case 'update':
        redraw(memory, open, validView(answer));
        return undefined;
      case 'push':
        pushModal(memory, open.user, validView(answer));
        return undefined;
      case 'errors':
        return showErrors(memory, open, answer['errors']);
      default:
        return `unknown response_action ${String(answer['response_action'])}`;
    }
  });
};

/** Closes one modal, and what is stacked on it. */
export const closeModal = (memory: Memory, open: OpenView): void => {
  const at = memory.modals.findIndex(({ id }) => id === open.id);
  if (at === -1) return;
  memory.modals = memory.modals.filter((each, index) => each.user !== open.user || index < at);
};

const showErrors = (memory: Memory, open: OpenView, errors: unknown): string | undefined => {
  const blocks: readonly unknown[] = Array.isArray(open.view['blocks']) ? open.view['blocks'] : [];
  const inputs = blocks.filter(isRecord).filter(({ type }) => type === 'input');
  const entries = isRecord(errors) ? Object.entries(errors) : [];
  if (entries.length === 0) return 'response_action errors names no block';
  const stray = entries.find(([block]) => !inputs.some(({ block_id }) => block_id === block));
  if (stray !== undefined) return `${stray[0]} is not an input block of this modal`;
  const shown = Object.fromEntries(entries.map(([block, text]) => [block, String(text)]));
  putView(memory, { ...open, errors: shown });
  return undefined;
};

const validView = (answer: Field): Field => {
  const view = answer['view'];
  if (!isRecord(view)) throw new SlackApiError('invalid_arguments');
  demandValid('modal', view);
  return view;
};

/** Runs `change`, which tells its problem; a refusal of Slack's API is one too. */
const refusable = (response: Response, change: () => string | undefined): Outcome => {
  try {
    return outcome(response, change());
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    return outcome(response, `${error.code} ${JSON.stringify(error.detail)}`);
  }
};

const jsonIn = (response: Response): Field | undefined => {
  try {
    const parsed: unknown = JSON.parse(response.body ?? '');
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};
