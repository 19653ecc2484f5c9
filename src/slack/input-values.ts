/** What people typed and chose, as Slack sends it with a form or a message. */
import { type Field, isRecord, optional, record, required } from './payload.ts';

/** Longest accepted text, in UTF-16 units; Slack's own limits are lower (reference: block elements). */
export const lengths = {
  id: 255,
  token: 2000,
  metadata: 3000,
  text: 12_000,
  message: 40_000,
} as const;

/** block_id → action_id → what was typed or chosen; several choices are joined by a comma. */
export type InputValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Own properties only (`fromEntries`), so a block called `__proto__` is just another block. */
export const inputValues = (state: Field): InputValues =>
  Object.fromEntries(
    Object.entries(record(state, 'values', {})).map(([block, actions]) => [
      block,
      isRecord(actions) ? inputsOf(actions, block) : {},
    ]),
  );

const inputsOf = (actions: Field, block: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(actions).flatMap(([action, state]) => {
      const value = isRecord(state) ? chosen(state, `${block}/${action}`) : undefined;
      return value === undefined ? [] : [[action, value]];
    }),
  );

const plainAnswers = [
  'value',
  'selected_user',
  'selected_channel',
  'selected_conversation',
  'selected_date',
  'selected_time',
] as const;

/** What an element's state holds: text, the chosen option's value, or several joined by a comma. */
export const chosen = (state: Field, where: string): string | undefined => {
  const option = record(state, 'selected_option', {});
  const options = state['selected_options'];
  if (option['value'] !== undefined) return optional(option, 'value', lengths.text);
  if (Array.isArray(options)) {
    const values = options.filter(isRecord).map((each) => required(each, 'value', lengths.token));
    return optional({ [where]: values.join(',') }, where, lengths.text);
  }
  const name = plainAnswers.find((each) => typeof state[each] === 'string');
  return name === undefined ? undefined : optional(state, name, lengths.text);
};
