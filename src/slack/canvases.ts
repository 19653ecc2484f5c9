/**
 * Canvases of Slack, as answers and never as exceptions: where the plan, an administrator or the scope does
 * not allow them, a review is a message. Scope `canvases:write`. docs.slack.dev/reference/methods/canvases.create
 */
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { codeOf, type SlackClientOptions, slackClient } from './client.ts';

export type CanvasMade =
  | { readonly kind: 'made'; readonly id: string }
  /** Slack says that there is none, and that there will be none; goes on after "because". */
  | { readonly kind: 'refused'; readonly because: string }
  /** It was not made, and may be later. */
  | { readonly kind: 'later'; readonly because: string }
  /** Nobody knows whether it was made: the answer was lost, or Slack broke off in the middle. */
  | { readonly kind: 'unknown'; readonly because: string };

export type CanvasShared =
  | Exclude<CanvasMade, { readonly kind: 'made' | 'unknown' }>
  | {
      readonly kind: 'shared';
    };

/** In words, by Slack's name of the error. */
const reasons: Readonly<Record<string, string>> = {
  missing_scope: 'the app has no scope canvases:write: update it with manifest.yml',
  canvas_disabled_user_team: 'an administrator has switched canvases off in this workspace',
  free_teams_cannot_create_non_tabbed_canvases:
    'the plan of this workspace has no canvases of their own',
  free_team_canvas_tab_already_exists: 'the plan of this workspace has no canvases of their own',
  restricted_action: 'an administrator does not let this app make or share canvases',
};

/** What Slack may have done in part before it gave up. docs.slack.dev/reference/methods */
const halfDone = new Set(['fatal_error', 'internal_error', 'request_timeout']);

const answerTo = (error: unknown): Exclude<CanvasMade, { readonly kind: 'made' }> => {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'later', because: 'ratelimited' };
  if (!(error instanceof WebAPIPlatformError)) return { kind: 'unknown', because: codeOf(error) };
  const code = error.data.error;
  if (halfDone.has(code)) return { kind: 'unknown', because: code };
  if (code === 'ratelimited' || code === 'service_unavailable')
    return { kind: 'later', because: code };
  return { kind: 'refused', because: reasons[code] ?? `Slack answers ${code}` };
};

export const canvases = (options: SlackClientOptions) => {
  const client = slackClient(options);
  const told = <T extends { readonly kind: string; readonly because: string }>(answer: T): T => {
    options.log('slack.canvas', { outcome: answer.kind, because: answer.because });
    return answer;
  };
  return {
    async create(title: string, markdown: string): Promise<CanvasMade> {
      try {
        const { canvas_id: id } = await client.canvases.create({
          title,
          document_content: { type: 'markdown', markdown },
        });
        return id
          ? { kind: 'made', id }
          : told({ kind: 'unknown', because: 'no_canvas_id' } as const);
      } catch (error) {
        return told(answerTo(error));
      }
    },
    async share(canvas: string, channel: string): Promise<CanvasShared> {
      try {
        await client.canvases.access.set({
          canvas_id: canvas,
          access_level: 'write',
          channel_ids: [channel],
        });
        return { kind: 'shared' };
      } catch (error) {
        const answer = told(answerTo(error));
        // Setting the same access again changes nothing, so what is unknown is asked again.
        return answer.kind === 'unknown' ? { kind: 'later', because: answer.because } : answer;
      }
    },
  };
};
