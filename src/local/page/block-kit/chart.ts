/** Slack's bar chart and table, drawn with nothing but boxes. docs.slack.dev/reference/block-kit/blocks */
import type { TableBlock } from '@slack/types';
import { el } from '../dom.ts';
import { drawRichText } from './rich-text.ts';
import type { Surface } from './surface.ts';

interface BarChart {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

/** Charts are not among the types of `@slack/types` yet. */
export const isBarChart = (block: { readonly type: string }): boolean =>
  block.type === 'data_visualization' &&
  'chart' in block &&
  typeof block.chart === 'object' &&
  block.chart !== null &&
  'type' in block.chart &&
  block.chart.type === 'bar';

const bar = (name: string, place: number, value: number, most: number): HTMLElement => {
  const drawn = el(
    'div',
    { class: `bar series-${place}`, title: `${name}: ${value}` },
    value > 0 ? el('span', { class: 'value' }, String(value)) : false,
  );
  // The page's content security policy refuses a style attribute, and allows this.
  drawn.style.height = `${Math.round((100 * value) / most)}%`;
  return drawn;
};

export function drawBarChart(block: unknown): HTMLElement {
  const { title, chart } = block as BarChart;
  const most = Math.max(1, ...chart.series.flatMap(({ data }) => data.map(({ value }) => value)));
  const groups = chart.axis_config.categories.map((category, n) =>
    el(
      'div',
      { class: 'group' },
      el(
        'div',
        { class: 'bars' },
        ...chart.series.map(({ name, data }, place) => bar(name, place, data[n]?.value ?? 0, most)),
      ),
      el('div', { class: 'category' }, category),
    ),
  );
  const legend = chart.series.map(({ name }, place) =>
    el('span', { class: `legend series-${place}` }, name),
  );
  return el(
    'figure',
    { class: 'block chart' },
    el('figcaption', {}, title, ...legend),
    el('div', { class: 'plot', role: 'img', 'aria-label': title }, ...groups),
  );
}

type Cell = TableBlock['rows'][number][number];

const drawCell = (cell: Cell, surface: Surface): HTMLElement =>
  cell.type === 'rich_text' ? drawRichText(cell, surface) : el('span', {}, cell.text);

export const drawTable = (block: TableBlock, surface: Surface): HTMLElement =>
  el(
    'table',
    { class: 'block table' },
    ...block.rows.map((row, n) =>
      el('tr', {}, ...row.map((cell) => el(n === 0 ? 'th' : 'td', {}, drawCell(cell, surface)))),
    ),
  );
