/** A playbook while it runs: its steps end one after the other, or it stands still for a person. */
import type { Request } from './request.ts';
import {
  type Moved,
  moved,
  type RequestEvent,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';

/** `Contain IAM user: ci-deploy`; the key for a step that the plan does not have. */
export const stepTitle = ({ plan }: Pick<Request, 'plan'>, key: string): string =>
  plan.playbook?.steps.find((step) => step.key === key)?.title ?? key;

export const endStep = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'step-end' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'executing' || request.state === 'stopping'
    ? moved(request, at, {
        change: {
          checks: 0,
          outcomes: {
            ...request.outcomes,
            [event.step]: { state: event.state, at, lines: event.lines },
          },
        },
        audit: `playbook.step-${event.state}`,
        actor: 'cordon:executor',
        because: stepTitle(request, event.step),
        detail: { step: event.step, lines: event.lines },
      })
    : wrongState(request);

/** The buttons that were drawn before mean nothing any more: each halt has a token of its own. */
export const halt = (
  request: Request,
  { halt: why, token }: Extract<RequestEvent, { kind: 'halt' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'executing' || request.state === 'stopping'
    ? moved(request, at, {
        change: { state: 'stopping', halt: why, token, stoppedAt: at },
        audit: why.kind === 'manual' ? 'playbook.waits' : 'playbook.step-failed',
        actor: 'cordon:executor',
        because:
          why.kind === 'manual'
            ? `a person has to do: ${stepTitle(request, why.step)}`
            : `${stepTitle(request, why.step)}, at ${why.at}: ${why.because}`,
        detail: { step: why.step },
      })
    : wrongState(request);

/** Only a step that is a person's own can be said to be done; any step that stands still can be skipped. */
export const mayBeSaid = ({ halt: why }: Request, state: 'done' | 'skipped'): boolean =>
  why !== undefined && (state === 'skipped' || why.kind === 'manual');

/** What a person says of the step at which it stands still. */
export const said = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'finish' }>,
  at: string,
): Pick<Request, 'outcomes'> =>
  request.halt && event.says
    ? {
        outcomes: {
          ...request.outcomes,
          [request.halt.step]: {
            state: event.says.state,
            at,
            by: event.by,
            lines: event.says.because ? [event.says.because] : [],
          },
        },
      }
    : {};

/** For the audit: what was said of which step, by whom the actor tells. */
export const saidInWords = (
  request: Request,
  { says }: Extract<RequestEvent, { kind: 'finish' }>,
): string => {
  if (!request.halt) return 'finish what was stopped';
  const step = stepTitle(request, request.halt.step);
  if (!says) return `try again: ${step}`;
  return says.state === 'done'
    ? `done by a person: ${step}`
    : `skipped: ${step}, because ${says.because}`;
};
