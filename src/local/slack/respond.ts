/** `response_url`s: answers to one person where the app is no member. */
import type { Field } from '../../slack/payload.ts';
import { contentOf } from './chat-methods.ts';
import { type Memory, nextTs, showEphemeral } from './memory.ts';

/** docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const limits = { minutes: 30, answers: 5 } as const;

/** Answers the HTTP status. Only answers that the person alone sees are simulated. */
export const respond = (memory: Memory, path: string, answer: Field): number => {
  const known = memory.responses.get(path);
  const age = memory.now() - (known?.at ?? 0);
  if (!known || known.used >= limits.answers || age > limits.minutes * 60_000) return 404;
  if (answer['response_type'] !== 'ephemeral') return 500;
  memory.responses.set(path, { ...known, used: known.used + 1 });
  showEphemeral(memory, {
    id: nextTs(memory),
    user: known.user,
    channel: known.channel,
    thread_ts: undefined,
    ...contentOf(memory, answer),
    at: memory.now(),
  });
  return 200;
};
