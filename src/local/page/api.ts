/** The calls of docs/local-world.md, one function each. Every one throws on an answer that is not 2xx; `explain` puts it in words. */
import type {
  AuditRow,
  AwsCall,
  AwsState,
  BalanceReading,
  EventsAnswer,
  Fault,
  Interaction,
  Scenario,
  SlackState,
} from './wire.ts';

/** The local world refused a call; `hint` says what to do. */
class ApiError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(
    path,
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
  );
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new ApiError(answer.error ?? `${path} answered ${response.status}`, answer.hint ?? '');
}

/** An error in words for the reader, with the hint when the local world gave one. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return [error.message, error.hint].filter(Boolean).join('\n');
  return error instanceof Error ? error.message : String(error);
}

/** Where a control lives: in a message, or in a modal. */
export type Place =
  | { readonly channel: string; readonly ts: string }
  | { readonly view_id: string };

export const api = {
  slack: (user: string) => call<SlackState>(`slack/state?user=${encodeURIComponent(user)}`),
  aws: () => call<AwsState>('aws/state'),
  calls: (since: number) => call<{ calls: readonly AwsCall[] }>(`aws/calls?since=${since}`),
  audit: () => call<{ entries: readonly AuditRow[] }>('audit'),
  balance: () => call<BalanceReading>('balance'),
  faults: () => call<{ faults: readonly Fault[] }>('faults'),
  scenarios: () => call<{ scenarios: readonly Scenario[] }>('scenarios'),
  clock: () => call<{ now: string }>('clock'),

  act: (user: string, place: Place, press: { action_id: string; value?: string }) =>
    call<Interaction>('slack/act', { user, ...place, ...press }),
  command: (user: string, channel: string, text: string) =>
    call<Interaction>('slack/command', { user, channel, text }),
  openHome: (user: string) => call<Interaction>('slack/home', { user }),
  shortcut: (user: string, place: { channel: string; ts: string }, callback_id: string) =>
    call<Interaction>('slack/shortcut', { user, ...place, callback_id }),
  say: (user: string, channel: string, thread_ts: string, text: string) =>
    call<Interaction>('slack/say', { user, channel, thread_ts, text }),
  submit: (
    user: string,
    view_id: string,
    values: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ) => call<Interaction>('slack/submit', { user, view_id, values }),
  close: (user: string, view_id: string) => call<Interaction>('slack/close', { user, view_id }),
  advance: (seconds: number) => call<unknown>('clock/advance', { seconds }),
  setFault: (fault: Fault) => call<unknown>('faults', fault),
  clearFaults: () => call<unknown>('faults', { clear: true }),
  runScenario: (id: string) => call<unknown>(`scenarios/${encodeURIComponent(id)}`, {}),
  sendEvents: (events: unknown) => call<EventsAnswer>('events', events),
};
