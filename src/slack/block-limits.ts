/**
 * Slack's limits on blocks, and which surface draws which block. A block, element or field that is
 * not here is a problem: Cordon draws only what was looked up.
 * Facts: https://docs.slack.dev/reference/block-kit/blocks
 */
import {
  anyText,
  controls,
  id,
  imageElement,
  mrkdwnText,
  plainText,
  plainTextInput,
  richTextParts,
} from './element-limits.ts';
import {
  all,
  type Check,
  complain,
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

export type Surface = 'message' | 'modal' | 'home';

const block = (type: string, required: Fields, maybe: Fields = {}): Check =>
  object({ type: oneOf(type), ...required }, { block_id: id, ...maybe });

const anyControl = typed('a control', controls);
const accessory = typed('an accessory', { ...controls, image: imageElement });
const input = typed('an input', {
  plain_text_input: plainTextInput,
  static_select: controls.static_select,
  multi_static_select: controls.multi_static_select,
  users_select: controls.users_select,
  checkboxes: controls.checkboxes,
  radio_buttons: controls.radio_buttons,
  datepicker: controls.datepicker,
  timepicker: controls.timepicker,
});

const richText = block('rich_text', { elements: list(richTextParts, 1, 100) });
const rawText = object({ type: oneOf('raw_text'), text: text(3000) });
const number: Check = (value, pointer, findings) => {
  if (typeof value !== 'number') complain(findings, pointer, 'is not a number');
};
const rawNumber = object({ type: oneOf('raw_number'), value: number, text: text(100) });
const cell = typed('a cell', { raw_text: rawText, raw_number: rawNumber, rich_text: richText });

const needsOneOf = (...names: readonly string[]): Check =>
  rule((value) =>
    names.some((name) => value[name] !== undefined) ? undefined : `needs ${names.join(' or ')}`,
  );

const basic = {
  header: block('header', { text: plainText(150) }),
  divider: block('divider', {}),
  section: all(
    block(
      'section',
      {},
      { text: anyText(3000), fields: list(anyText(2000), 1, 10), accessory, expand: flag },
    ),
    needsOneOf('text', 'fields'),
  ),
  context: block('context', {
    elements: list(
      typed('a context element', {
        image: imageElement,
        plain_text: plainText(3000),
        mrkdwn: mrkdwnText(3000),
      }),
      1,
      10,
    ),
  }),
  actions: block('actions', { elements: list(anyControl, 1, 25) }),
  image: block(
    'image',
    { image_url: token(3000, /^https:\/\//), alt_text: text(2000) },
    { title: plainText(2000) },
  ),
  rich_text: richText,
} satisfies Fields;

const card = all(
  block(
    'card',
    {},
    {
      hero_image: imageElement,
      icon: imageElement,
      title: mrkdwnText(150),
      subtitle: mrkdwnText(150),
      body: mrkdwnText(200),
      actions: list(controls.button, 1, 25),
    },
  ),
  needsOneOf('hero_image', 'title', 'actions', 'body'),
);
const carousel = block('carousel', { elements: list(typed('a card', { card }), 1, 10) });

const table = block(
  'table',
  { rows: list(list(cell, 1, 20), 1, 100) },
  {
    column_settings: list(
      object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }),
      1,
      20,
    ),
  },
);

/** The first row is the header, in which rich text is not allowed. */
const dataRows = all(list(list(cell, 1, 20), 2, 101), (value, pointer, findings) => {
  const header: unknown = Array.isArray(value) ? value[0] : undefined;
  if (Array.isArray(header) && header.some((each) => each?.type === 'rich_text')) {
    complain(findings, `${pointer}/0`, 'has rich text in the header row');
  }
});
const dataTable = block(
  'data_table',
  { rows: dataRows, caption: text(3000) },
  { page_size: count(1, 100), row_header_column_index: count(0, 19) },
);

/** docs.slack.dev/reference/block-kit/blocks/data-visualization-block: bars only, what Cordon draws. */
const dataPoint = object({ label: text(20), value: number });
const barChart = object({
  type: oneOf('bar'),
  series: list(object({ name: text(20), data: list(dataPoint, 1, 20) }), 1, 6),
  axis_config: object(
    { categories: list(text(20), 1, 20) },
    { x_label: text(50), y_label: text(50) },
  ),
});
/** The labels of every series are the categories, and series have names of their own. */
const chartRules = rule((value) => {
  const { chart } = value as { chart?: { series?: unknown; axis_config?: unknown } };
  const series = Array.isArray(chart?.series) ? chart.series : [];
  const categories = JSON.stringify(
    (chart?.axis_config as { categories?: unknown } | undefined)?.categories,
  );
  const names = series.map((one) => one?.name);
  if (new Set(names).size < names.length) return 'has two series of one name';
  const matches = series.every(
    (one) =>
      Array.isArray(one?.data) &&
      JSON.stringify(one.data.map((point: { label?: unknown }) => point?.label)) === categories,
  );
  return matches ? undefined : 'has labels that are not its categories';
});
const dataVisualization = all(
  block('data_visualization', { title: text(50), chart: barChart }),
  chartRules,
);

const container = all(
  block(
    'container',
    { child_blocks: list(typed('a block in a container', { ...basic, table }), 1, 10) },
    {
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  needsOneOf('title', 'rich_text_title'),
);

const alert = block(
  'alert',
  { text: anyText(200) },
  { level: oneOf('default', 'info', 'warning', 'error', 'success') },
);
const inputBlock = block(
  'input',
  { label: plainText(2000), element: input },
  { hint: plainText(2000), optional: flag, dispatch_action: flag },
);
const markdown = block('markdown', { text: text(12_000) });

/** The blocks of each surface; what has not been verified for a surface is left out. */
export const blocksOf: Readonly<Record<Surface, Check>> = {
  message: typed('a block in a message', {
    ...basic,
    card,
    carousel,
    container,
    table,
    data_table: dataTable,
    data_visualization: dataVisualization,
    markdown,
  }),
  modal: typed('a block in a modal', { ...basic, card, alert, input: inputBlock }),
  home: typed('a block in a home tab', { ...basic, card, carousel, input: inputBlock }),
};
