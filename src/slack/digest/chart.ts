/**
 * Slack's own bar chart, and the same numbers as a table for where it is not drawn. Only messages take
 * charts, two at most. docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
import type { KnownBlock, TableBlock } from '@slack/types';
import { unparsed } from '../text.ts';

export interface BarChart {
  readonly title: string;
  /** What is measured, under the axis. */
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly unit: string;
}

/** Not in `@slack/types` yet. */
interface ChartBlock {
  readonly type: 'data_visualization';
  readonly block_id: string;
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
  };
}

const label = (text: string): string => unparsed(text, 20);

export const chartBlock = ({ title, categories, series, unit }: BarChart): KnownBlock => {
  const labels = categories.map(label);
  const block: ChartBlock = {
    type: 'data_visualization',
    block_id: 'chart',
    title: unparsed(title, 50),
    chart: {
      type: 'bar',
      series: series.map(({ name, values }) => ({
        name: label(name),
        data: labels.map((each, n) => ({ label: each, value: values[n] ?? 0 })),
      })),
      axis_config: { categories: labels, y_label: unparsed(unit, 50) },
    },
  };
  return block as unknown as KnownBlock;
};

const cell = (text: string) => ({ type: 'raw_text' as const, text });

export const chartTable = ({ title, categories, series }: BarChart): KnownBlock => {
  const block: TableBlock = {
    type: 'table',
    block_id: 'chart',
    rows: [
      [cell(unparsed(title, 50)), ...series.map(({ name }) => cell(label(name)))],
      ...categories.map((category, n) => [
        cell(label(category)),
        ...series.map(({ values }) => cell(String(values[n] ?? 0))),
      ]),
    ],
  };
  return block;
};
