/** Medians, ratios within a round, and one line for each target. */
import { percentile } from '../storm/percentile.ts';
import type { ColdRun } from './run.ts';

/** The runs of one contestant, in the order of the rounds. */
export interface Result {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly runs: readonly ColdRun[];
}

export interface Target {
  readonly what: string;
  readonly figure: number | undefined;
  readonly most: number;
  readonly unit: string;
  /** What a handler that does nothing has of the same: the machine's part, which no code gets below. */
  readonly floor?: number | undefined;
}

const median = (values: readonly number[]): number | undefined => percentile(values, 0.5);

const of = (results: readonly Result[], name: string): Result => {
  const found = results.find((one) => one.name === name);
  if (!found) throw new Error(`no contestant is called ${name}`);
  return found;
};

/** The median of CPU / CPU, each pair of one round. */
const ratio = (results: readonly Result[], name: string, to: string): number | undefined => {
  const [own, other] = [of(results, name), of(results, to)];
  return median(
    own.runs.flatMap(({ cpuMs }, round) => {
      const beside = other.runs[round];
      return beside ? [cpuMs / beside.cpuMs] : [];
    }),
  );
};

/** What nobody can be below who does the same work: the limit, by that of Slack's example. */
export const floorLine = (results: readonly Result[]): string =>
  `the limit takes ${text(ratio(results, 'limit', "Slack's example"), 2)} of the CPU of Slack's example, the bare handler ${text(ratio(results, 'bare handler', "Slack's example"), 2)}`;

const text = (value: number | undefined, digits: number): string =>
  value === undefined ? '–' : value.toFixed(digits);

const columns = ['kB', 'init ms', 'answer ms', 'total ms', 'CPU ms', 'peak MB', 'CPU/bare'];

export const coldTable = (results: readonly Result[]): readonly string[] => {
  const rows = results.map((one) => {
    const [fast, slow] = [
      percentile(
        one.runs.map(({ cpuMs }) => cpuMs),
        0,
      ),
      percentile(
        one.runs.map(({ cpuMs }) => cpuMs),
        1,
      ),
    ];
    return [
      one.name,
      one.bytes === undefined ? '–' : (one.bytes / 1000).toFixed(1),
      text(median(one.runs.map(({ initMs }) => initMs)), 0),
      text(median(one.runs.map(({ answerMs }) => answerMs)), 0),
      text(median(one.runs.map(({ totalMs }) => totalMs)), 0),
      `${text(median(one.runs.map(({ cpuMs }) => cpuMs)), 0)} (${text(fast, 0)}–${text(slow, 0)})`,
      text(median(one.runs.map((run) => run.peakMb)), 0),
      text(ratio(results, one.name, 'bare handler'), 2),
    ];
  });
  return aligned([['', ...columns], ...rows]);
};

export const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  '),
  );
};

/** docs/performance.md, from the design's targets. */
export const coldTargets = (results: readonly Result[]): readonly Target[] => {
  const web = of(results, 'Cordon web');
  return [
    {
      what: 'web bundle',
      figure: web.bytes === undefined ? undefined : web.bytes / 1000,
      most: 150,
      unit: 'kB',
    },
    {
      what: 'web, CPU of a cold click / the limit',
      figure: ratio(results, 'Cordon web', 'limit'),
      most: 1.35,
      unit: '',
    },
    {
      what: "web, CPU of a cold click / Slack's example",
      figure: ratio(results, 'Cordon web', "Slack's example"),
      most: 0.22,
      unit: '',
      floor: ratio(results, 'bare handler', "Slack's example"),
    },
    {
      what: 'web, peak memory',
      figure: percentile(
        web.runs.map(({ peakMb }) => peakMb),
        1,
      ),
      most: 64,
      unit: 'MB',
    },
  ];
};

export const met = ({ figure, most }: Target): boolean => figure !== undefined && figure <= most;

export const verdict = (target: Target): string => {
  const unit = target.unit && ` ${target.unit}`;
  const floor =
    target.floor === undefined
      ? ''
      : `; a handler that does nothing: ${text(target.floor, 2)}${unit}`;
  return `${met(target) ? 'met   ' : 'MISSED'}  ${target.what}: ${text(target.figure, 2)}${unit} (at most ${target.most}${unit}${floor})`;
};
