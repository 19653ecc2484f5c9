/** The smallest valid blocks and surfaces, for the tests of Slack's limits to break one by one. */

export const x = (length: number) => 'x'.repeat(length);
export const many = <T>(length: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length }, (_, index) => make(index));
export const plainText = (text: string) => ({ type: 'plain_text', text });
export const mrkdwnText = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text = 'x') => ({ type: 'section', text: mrkdwnText(text) });
export const option = (value: string) => ({ text: plainText(value), value });
export const button = (fields: object = {}) => ({
  type: 'button',
  action_id: 'a',
  text: plainText('Go'),
  value: 'v',
  ...fields,
});
export const select = (fields: object = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: [option('1')],
  ...fields,
});
export const actions = (...elements: readonly object[]) => ({ type: 'actions', elements });
export const input = (fields: object = {}, element: object = {}) => ({
  type: 'input',
  label: plainText('Reason'),
  element: { type: 'plain_text_input', action_id: 'reason', ...element },
  ...fields,
});
export const alert = { type: 'alert', text: plainText('careful'), level: 'warning' };
export const card = { type: 'card', title: mrkdwnText('t') };
export const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
export const container = { type: 'container', title: plainText('t'), child_blocks: [section()] };
export const message = (...blocks: readonly object[]) => ({
  channel: 'C0SECURITY',
  text: 'fallback',
  blocks,
});
export const modal = (...blocks: readonly object[]) => ({
  type: 'modal',
  title: plainText('Plan'),
  submit: plainText('Run'),
  blocks,
});
export const home = (...blocks: readonly object[]) => ({ type: 'home', blocks });
export const dataTable = (rows: number) => ({
  type: 'data_table',
  caption: 'c',
  rows: many(rows, () => [{ type: 'raw_text', text: 'a' }]),
});
