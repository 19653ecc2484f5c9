import type { Surface } from '../../slack/block-limits.ts';
import { problems } from '../../slack/limits.ts';
import type { Field } from '../../slack/payload.ts';
import type { Problem } from '../../slack/shape.ts';

/** A refusal with Slack's own error name; `detail` joins the answer's body. */
export class SlackApiError extends Error {
  readonly code: string;
  readonly detail: Field;
  constructor(code: string, detail: Field = {}) {
    super(code);
    this.name = 'SlackApiError';
    this.code = code;
    this.detail = detail;
  }
}

const codes: Readonly<Record<Surface, string>> = {
  message: 'invalid_blocks',
  modal: 'invalid_arguments',
  home: 'invalid_arguments',
};

/** Refuses a payload that Slack would not take, naming every place that is wrong. */
export const demandValid = (surface: Surface, payload: Field): void => {
  const found = problems(surface, payload);
  if (found.length === 0) return;
  const messages = found.map(inWords);
  throw new SlackApiError(codes[surface], { errors: messages, response_metadata: { messages } });
};

const inWords = ({ pointer, problem }: Problem): string =>
  `[ERROR] ${problem} [json-pointer:${pointer}]`;
