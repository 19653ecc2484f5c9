/** What is drawn in a message or view: its controls, their options, and what was entered in them. */
import { type Field, isRecord } from '../../slack/payload.ts';
import type { ViewState } from './memory.ts';
import { UiError } from './ui-error.ts';

export interface Control {
  readonly block: Field;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Field;
}

/** Gives each block the `block_id` that Slack makes up when the app gives none. */
export const withBlockIds = (blocks: unknown, next: () => number): readonly Field[] =>
  records(blocks).map((block) => ({ block_id: `b${next()}`, ...block }));

/** Every control of these blocks, those inside containers, cards and carousels too. */
export const controlsIn = (blocks: readonly Field[]): readonly Control[] =>
  blocks.flatMap((block) => {
    const inner = [block['elements'], block['actions'], block['accessory'], block['element']];
    const own = inner.flat().filter(isRecord);
    const nested = [
      records(block['child_blocks']),
      own.filter(({ type }) => type === 'card'),
    ].flat();
    const blockId = String(block['block_id']);
    return [
      ...own.flatMap((element) =>
        typeof element['action_id'] === 'string'
          ? [{ block, blockId, actionId: element['action_id'], element }]
          : [],
      ),
      ...controlsIn(nested.map((each) => ({ block_id: blockId, ...each }))),
    ];
  });

/**
 * The control that a person means; throws `UiError` when it is not drawn. `value` tells buttons
 * with the same action_id apart, and is the chosen option of a menu.
 */
export const findControl = (
  blocks: readonly Field[],
  wanted: { readonly action_id: string; readonly value?: string | undefined },
): Control => {
  const drawn = controlsIn(blocks);
  const named = drawn.filter(({ actionId }) => actionId === wanted.action_id);
  const found = named.find(({ element }) => accepts(element, wanted.value));
  if (found !== undefined) return found;
  const names = drawn.map(({ actionId }) => actionId).join(', ') || 'nothing';
  if (named.length === 0) {
    throw new UiError(`${wanted.action_id} is not drawn here`, `what can be pressed: ${names}`);
  }
  const offered = named.flatMap(({ element }) => offeredBy(element)).join(', ');
  throw new UiError(
    `${wanted.action_id} does not offer ${wanted.value ?? 'a default'}`,
    `its values: ${offered}`,
  );
};

/** A menu takes only what it offers, and nothing (`''`) to clear it; free inputs take anything. */
const accepts = (element: Field, value: string | undefined): boolean => {
  if (element['type'] === 'button') return value === undefined || element['value'] === value;
  const offered = offeredBy(element);
  if (offered.length === 0 || value === '') return true;
  return value?.split(',').every((each) => offered.includes(each)) ?? false;
};

const offeredBy = (element: Field): readonly string[] =>
  element['type'] === 'button'
    ? [String(element['value'])]
    : optionsOf(element).map((option) => String(option['value']));

const optionsOf = (element: Field): readonly Field[] => [
  ...records(element['options']),
  ...records(element['option_groups']).flatMap((group) => records(group['options'])),
];

const plainState: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  users_select: 'selected_user',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};

const single = ['static_select', 'radio_buttons', 'overflow'];
const multiple = ['multi_static_select', 'checkboxes'];

/** Slack's state of an element in which `value` was typed or chosen; several are comma-separated. */
export const stateOf = (element: Field, value: string | undefined): Field => {
  const type = String(element['type']);
  const key = plainState[type];
  if (key !== undefined) return { type, [key]: value === undefined || value === '' ? null : value };
  const options = optionsOf(element);
  if (single.includes(type)) {
    return { type, selected_option: options.find((each) => each['value'] === value) ?? null };
  }
  if (!multiple.includes(type)) return { type, ...(value === undefined ? {} : { value }) };
  const chosen = value === undefined || value === '' ? [] : value.split(',');
  return {
    type,
    selected_options: options.filter((each) => chosen.includes(String(each['value']))),
  };
};

/** The state that a freshly drawn view starts with. */
export const initialState = (blocks: readonly Field[]): ViewState =>
  controlsIn(blocks)
    .filter(({ element }) => element['type'] !== 'button')
    .reduce<ViewState>(
      (state, control) => entered(state, control, initialValue(control.element)),
      {},
    );

/** `state` with `value` entered in `control`. */
export const entered = (
  state: ViewState,
  { blockId, actionId, element }: Control,
  value: string | undefined,
): ViewState => ({
  ...state,
  [blockId]: { ...state[blockId], [actionId]: stateOf(element, value) },
});

const initialValue = (element: Field): string | undefined => {
  const option = element['initial_option'];
  if (isRecord(option)) return String(option['value']);
  const several = records(element['initial_options']).map((each) => String(each['value']));
  if (several.length > 0) return several.join(',');
  const plain = ['initial_value', 'initial_user', 'initial_date', 'initial_time'];
  const found = plain.map((name) => element[name]).find((each) => each !== undefined);
  return typeof found === 'string' ? found : undefined;
};

/** Whether nothing was typed or chosen. */
export const isEmpty = (state: Field): boolean =>
  Object.entries(state).every(
    ([name, value]) =>
      name === 'type' || value === null || (Array.isArray(value) && value.length === 0),
  );

const records = (value: unknown): readonly Field[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
