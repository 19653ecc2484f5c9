/**
 * Slack's limits on text objects, controls and rich text.
 * Facts: https://docs.slack.dev/reference/block-kit/composition-objects,
 * https://docs.slack.dev/reference/block-kit/block-elements
 */
import { isRecord } from './payload.ts';
import {
  all,
  type Check,
  count,
  type Fields,
  flag,
  list,
  object,
  oneOf,
  rule,
  text,
  token,
  typed,
} from './shape.ts';

const always = (type: string): Fields => ({ type: oneOf(type) });

/** Encrypted, or the local world's own step-up page. */
const web = token(3000, /^(?:https:\/\/|http:\/\/localhost:\d+\/)/);
export const id = token(255);

export const plainText = (max: number): Check =>
  object({ ...always('plain_text'), text: text(max) }, { emoji: flag });
export const mrkdwnText = (max: number): Check =>
  object({ ...always('mrkdwn'), text: text(max) }, { verbatim: flag });
export const anyText = (max: number): Check =>
  typed('a text object', { plain_text: plainText(max), mrkdwn: mrkdwnText(max) });

const style = oneOf('primary', 'danger');
const confirm = object(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style },
);

const option = (label: Check): Check =>
  object({ text: label, value: token(75) }, { description: plainText(75) });
const plainOption = option(plainText(75));
const options = (max: number, label: Check = plainText(75)): Check => list(option(label), 1, max);

const control = (type: string): Fields => ({ ...always(type), action_id: id });
const withPlaceholder = { placeholder: plainText(150), focus_on_load: flag, confirm };

const menuFields: Fields = {
  options: options(100),
  option_groups: list(object({ label: plainText(75), options: options(100) }), 1, 100),
};
const menuRules = rule((menu) =>
  (menu['options'] === undefined) === (menu['option_groups'] === undefined)
    ? 'needs options or option_groups, and not both'
    : unofferedIn(menu),
);

const choices = (max: number): Fields => ({ options: options(max, anyText(75)) });

export const controls = {
  button: object(
    { ...control('button'), text: plainText(75) },
    { value: token(2000), url: web, style, confirm, accessibility_label: text(75) },
  ),
  static_select: all(
    object(control('static_select'), {
      ...menuFields,
      ...withPlaceholder,
      initial_option: plainOption,
    }),
    menuRules,
  ),
  multi_static_select: all(
    object(control('multi_static_select'), {
      ...menuFields,
      ...withPlaceholder,
      initial_options: options(100),
      max_selected_items: count(1, 100),
    }),
    menuRules,
  ),
  users_select: object(control('users_select'), { ...withPlaceholder, initial_user: id }),
  overflow: object({ ...control('overflow'), options: options(5) }, { confirm }),
  checkboxes: all(
    object(
      { ...control('checkboxes'), ...choices(10) },
      { initial_options: options(10, anyText(75)), confirm, focus_on_load: flag },
    ),
    rule((box) => unofferedIn(box)),
  ),
  radio_buttons: all(
    object(
      { ...control('radio_buttons'), ...choices(10) },
      { initial_option: option(anyText(75)), confirm, focus_on_load: flag },
    ),
    rule((box) => unofferedIn(box)),
  ),
  datepicker: object(control('datepicker'), {
    ...withPlaceholder,
    initial_date: token(10, /^\d{4}-\d{2}-\d{2}$/),
  }),
  timepicker: object(control('timepicker'), {
    ...withPlaceholder,
    initial_time: token(5, /^\d{2}:\d{2}$/),
    timezone: id,
  }),
} satisfies Fields;

const dispatch = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2),
});
export const plainTextInput = object(control('plain_text_input'), {
  placeholder: plainText(150),
  focus_on_load: flag,
  initial_value: text(3000, 0),
  multiline: flag,
  min_length: count(0, 3000),
  max_length: count(1, 3000),
  dispatch_action_config: dispatch,
});

export const imageElement = object({
  ...always('image'),
  alt_text: text(2000),
  image_url: web,
});

const styled: Fields = {
  style: object({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag }),
};
const run = object({ ...always('text'), text: text(3000) }, styled);
const linkRun = object({ ...always('link'), url: web }, { ...styled, text: text(3000) });
const runs = typed('rich text', {
  text: run,
  link: linkRun,
  user: object({ ...always('user'), user_id: id }, styled),
  usergroup: object({ ...always('usergroup'), usergroup_id: id }, styled),
  channel: object({ ...always('channel'), channel_id: id }, styled),
  emoji: object({ ...always('emoji'), name: id }, { ...styled, unicode: id }),
  date: object(
    { ...always('date'), timestamp: count(0, Number.MAX_SAFE_INTEGER), format: text(255) },
    { ...styled, url: web, fallback: text(255) },
  ),
});
const richSection = object({ ...always('rich_text_section'), elements: list(runs, 1, 500) });
const border: Fields = { border: count(0, 1) };

/** The parts of a rich text block. */
export const richTextParts = typed('a part of rich text', {
  rich_text_section: richSection,
  rich_text_list: object(
    {
      ...always('rich_text_list'),
      elements: list(richSection, 1, 100),
      style: oneOf('bullet', 'ordered'),
    },
    { ...border, indent: count(0, 8) },
  ),
  rich_text_quote: object({ ...always('rich_text_quote'), elements: list(runs, 1, 500) }, border),
  rich_text_preformatted: object(
    {
      ...always('rich_text_preformatted'),
      elements: list(typed('preformatted text', { text: run, link: linkRun }), 1, 500),
    },
    border,
  ),
});

/** Slack refuses an initial option that is not one of the options, compared as a whole. */
const unofferedIn = (element: Readonly<Record<string, unknown>>): string | undefined => {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [];
  const offered = [element, ...groups.filter(isRecord)].flatMap((each) =>
    Array.isArray(each['options']) ? each['options'] : [],
  );
  const initial = [element['initial_option'] ?? [], element['initial_options'] ?? []].flat();
  const known = new Set(offered.map((each) => JSON.stringify(each)));
  return initial.every((each) => known.has(JSON.stringify(each)))
    ? undefined
    : 'starts with an option that it does not offer';
};
