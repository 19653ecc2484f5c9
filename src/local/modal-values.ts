/** What a caller says was entered in a modal: plain texts, or Slack's own `state.values`. */

/** block_id → action_id → text, or the values of what is chosen, joined by commas. */
export type ModalValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entered = (input: unknown): string | undefined => {
  if (typeof input === 'string') return input;
  if (!isRecord(input)) return undefined;
  const several = input['selected_options'];
  if (Array.isArray(several))
    return several.flatMap((each) => (isRecord(each) ? [String(each['value'])] : [])).join(',');
  const option = input['selected_option'];
  const value = isRecord(option) ? option['value'] : input['value'];
  return typeof value === 'string' ? value : undefined;
};

/** Undefined when it is neither of the two shapes. */
export const modalValues = (values: unknown): ModalValues | undefined => {
  if (!isRecord(values)) return undefined;
  const blocks: Record<string, Record<string, string>> = {};
  for (const [block, inputs] of Object.entries(values)) {
    if (!isRecord(inputs)) return undefined;
    for (const [action, input] of Object.entries(inputs)) {
      const value = entered(input);
      if (value === undefined) return undefined;
      blocks[block] = { ...blocks[block], [action]: value };
    }
  }
  return blocks;
};
