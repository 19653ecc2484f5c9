/** Elements that hold a value: text, select, radio buttons, checkboxes. They work in messages and in modals. */
import type {
  Checkboxes,
  Datepicker,
  Option,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import { el } from '../dom.ts';
import { identify } from './controls.ts';
import type { Surface } from './surface.ts';
import { bareText, drawText } from './text.ts';

export type ValueElement =
  | Checkboxes
  | Datepicker
  | PlainTextInput
  | RadioButtons
  | StaticSelect
  | UsersSelect;

/** Where an element stands: `tells` is true when Slack reports its changes at once (outside an input block, or with dispatch_action). */
export interface Standing {
  readonly blockId: string;
  readonly tells: boolean;
  readonly surface: Surface;
  /** The id of what describes the element (label, hint, error). */
  readonly labelId?: string;
}

function changed(
  element: ValueElement,
  standing: Standing,
  change: { readonly value: string; readonly control: HTMLElement },
): void {
  const { blockId, tells, surface } = standing;
  const actionId = element.action_id ?? '';
  surface.remember(blockId, actionId, change.value);
  if (!tells) return;
  const confirm = element.type === 'plain_text_input' ? undefined : element.confirm;
  surface.press({ actionId, ...change, confirm });
}

function drawTextInput(input: PlainTextInput, standing: Standing): HTMLElement {
  const { blockId, surface, labelId } = standing;
  const shown = surface.recall(blockId, input.action_id ?? '', input.initial_value ?? '');
  const field: HTMLInputElement | HTMLTextAreaElement = el(input.multiline ? 'textarea' : 'input', {
    class: 'field',
    placeholder: input.placeholder && bareText(input.placeholder),
    maxlength: input.max_length,
    'aria-labelledby': labelId,
    autofocus: input.focus_on_load === true,
    autocomplete: 'off',
    ...(input.multiline ? { rows: 3 } : { type: 'text' }),
    ...identify(input, blockId),
    on: {
      input: () => surface.remember(blockId, input.action_id ?? '', field.value),
      change: () => changed(input, standing, { value: field.value, control: field }),
    },
  });
  field.value = shown;
  return field;
}

function drawSelect(select: StaticSelect, standing: Standing): HTMLElement {
  const { blockId, surface, labelId } = standing;
  const initial = select.initial_option?.value ?? '';
  const shown = surface.recall(blockId, select.action_id ?? '', initial);
  const option = ({ text, value = '' }: Option): HTMLElement =>
    el('option', { value, selected: value === shown }, bareText(text));
  const placeholder = select.placeholder ? bareText(select.placeholder) : 'Select an option';
  const node: HTMLSelectElement = el(
    'select',
    {
      class: 'select',
      'aria-labelledby': labelId,
      'aria-label': labelId ? undefined : placeholder,
      ...identify(select, blockId),
      on: { change: () => changed(select, standing, { value: node.value, control: node }) },
    },
    el('option', { value: '', disabled: true, hidden: true, selected: shown === '' }, placeholder),
    ...(select.options ?? []).map(option),
    ...(select.option_groups ?? []).map(({ label, options }) =>
      el('optgroup', { label: bareText(label) }, ...options.map(option)),
    ),
  );
  return node;
}

function drawDate(picker: Datepicker, standing: Standing): HTMLElement {
  const { blockId, surface, labelId } = standing;
  const field: HTMLInputElement = el('input', {
    class: 'field',
    type: 'date',
    'aria-labelledby': labelId,
    ...identify(picker, blockId),
    on: { change: () => changed(picker, standing, { value: field.value, control: field }) },
  });
  field.value = surface.recall(blockId, picker.action_id ?? '', picker.initial_date ?? '');
  return field;
}

/** Slack offers everybody; so does the page, as a list. */
function drawUsers(select: UsersSelect, standing: Standing): HTMLElement {
  const options = standing.surface
    .people()
    .map(([value, name]): Option => ({ value, text: { type: 'plain_text', text: name } }));
  const initial = options.find(({ value }) => value === select.initial_user);
  const { initial_user: _, ...rest } = select;
  return drawSelect(
    {
      ...rest,
      type: 'static_select',
      options,
      ...(initial ? { initial_option: initial } : {}),
    } as StaticSelect,
    standing,
  );
}

let groups = 0;

function drawChoices(element: Checkboxes | RadioButtons, standing: Standing): HTMLElement {
  const { blockId, surface, labelId } = standing;
  const single = element.type === 'radio_buttons';
  const before = single ? [element.initial_option] : (element.initial_options ?? []);
  const initial = before.map((option) => option?.value ?? '').join(',');
  const shown = surface.recall(blockId, element.action_id ?? '', initial).split(',');
  groups += 1;
  const name = `choices-${groups}`;
  const change = (): void => {
    const ticked = [...node.querySelectorAll('input')].filter((box) => box.checked);
    const value = ticked.map((box) => box.value).join(',');
    changed(element, standing, { value, control: node });
  };
  const node: HTMLElement = el(
    'div',
    {
      class: 'choices',
      role: single ? 'radiogroup' : 'group',
      'aria-labelledby': labelId,
      ...identify(element, blockId),
    },
    ...element.options.map(({ text, value = '', description }) =>
      el(
        'label',
        { class: 'choice' },
        el('input', {
          type: single ? 'radio' : 'checkbox',
          name,
          value,
          checked: shown.includes(value),
          data: { value },
          on: { change },
        }),
        el(
          'span',
          {},
          ...drawText(text, surface),
          description && el('small', {}, ...drawText(description, surface)),
        ),
      ),
    ),
  );
  return node;
}

/** The element with its value, as typed before or as the view says. */
export function drawValueElement(element: ValueElement, standing: Standing): HTMLElement {
  switch (element.type) {
    case 'plain_text_input':
      return drawTextInput(element, standing);
    case 'static_select':
      return drawSelect(element, standing);
    case 'datepicker':
      return drawDate(element, standing);
    case 'users_select':
      return drawUsers(element, standing);
    case 'radio_buttons':
    case 'checkboxes':
      return drawChoices(element, standing);
    default:
      return element satisfies never;
  }
}
