/** The figures as lines of text, and each target with its figure and verdict. */
import type { Contestant } from './contestant.ts';
import type { CordonResult } from './cordon.ts';

export interface Target {
  readonly what: string;
  readonly figure: number | undefined;
  readonly unit: string;
  /** The figure may be at most this. */
  readonly most: number;
  /** A loss or a wrong count fails the run; a time depends on the machine. */
  readonly decides: boolean;
}

export const met = ({ figure, most }: Target): boolean => figure !== undefined && figure <= most;

const clickSeconds = ({ clicks }: CordonResult): number | undefined =>
  clicks.length > 0 && clicks.every((click) => click !== undefined)
    ? Math.max(...clicks) / 1000
    : undefined;

const fullStorm = 10_000;

/** What the design asks of one storm. */
export const targetsOf = (run: CordonResult): readonly Target[] => {
  const per1000 = run.findings / 1000;
  const target = (
    what: string,
    figure: number | undefined,
    most: number,
    more: Partial<Target> = {},
  ): Target => ({ what: `${run.name}: ${what}`, figure, unit: '', most, decides: false, ...more });
  return [
    target('findings lost', run.lost, 0, { decides: true }),
    target('wrong counts', run.wrong, 0, { decides: true }),
    target('dead letters', run.deadLetters, 0, { decides: true }),
    target('requests no stand-in knows', run.unknown.length, 0, { decides: true }),
    target('429s of all calls', (100 * run.limited) / Math.max(1, run.calls), 1, { unit: '%' }),
    target('last finding visible', run.lost > 0 ? undefined : run.visible.max, 5, { unit: 's' }),
    ...(run.redelivered > 0
      ? [
          target(
            `the same without the ${run.redelivered} that waited to be delivered again`,
            run.lost > 0 ? undefined : run.visibleWithoutRedelivered.max,
            5,
            { unit: 's' },
          ),
        ]
      : []),
    // A small storm has fewer findings for the same groups: the bound is one of the full storm.
    ...(run.findings >= fullStorm
      ? [target('posts and updates a finding', (run.posts + run.updates) / run.findings, 0.015)]
      : []),
    target('write units per 1,000', run.writeUnits / per1000, 1200),
    target('GB-s per 1,000', (run.gbSeconds ?? 0) / per1000, 5),
    ...(run.clicks.length > 0
      ? [target('slowest click shown', clickSeconds(run), 2, { unit: 's' })]
      : []),
  ];
};

const figure = (value: number | undefined, digits = 1): string =>
  value === undefined ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: digits });

const columns = [
  'lost',
  'wrong',
  '429s',
  'visible p50',
  'p99',
  'max s',
  'posts',
  'updates',
  'each',
  'units/1k',
  'GB-s/1k',
] as const;

const cells = (one: Contestant): readonly string[] => {
  const per1000 = one.findings / 1000;
  return [
    figure(one.lost),
    figure(one.wrong),
    figure(one.limited),
    figure(one.visible.p50),
    figure(one.visible.p99),
    figure(one.visible.max),
    figure(one.posts),
    figure(one.updates),
    figure((one.posts + one.updates) / one.findings, 4),
    figure(one.writeUnits / per1000, 0),
    figure(one.gbSeconds === undefined ? undefined : one.gbSeconds / per1000, 2),
  ];
};

/** One line for each, under a line of headings. */
export const table = (contestants: readonly Contestant[]): readonly string[] => {
  const rows = contestants.map((one) => [
    one.leaptAfter === undefined ? one.name : `${one.name} *`,
    ...cells(one),
  ]);
  const all = [['', ...columns], ...rows];
  const widths = all[0]?.map((_, n) => Math.max(...all.map((row) => (row[n] ?? '').length))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ');
  const leapt = contestants.find(({ leaptAfter }) => leaptAfter !== undefined)?.leaptAfter;
  return [
    ...all.map(line),
    ...(leapt === undefined
      ? []
      : [`* real time for ${figure(leapt, 0)} s; the rest by the same code on a clock that leaps`]),
  ];
};

export const verdict = (target: Target): string => {
  const value = `${figure(target.figure, 4)}${target.unit && ` ${target.unit}`}`;
  const bound = `at most ${figure(target.most, 4)}${target.unit && ` ${target.unit}`}`;
  return `${met(target) ? 'met   ' : 'MISSED'}  ${target.what}: ${value} (${bound})`;
};

/** What helps to find out where units and time go. */
export const details = (run: CordonResult): readonly string[] => {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${figure(count, 1)}`)
      .join(', ');
  const used = Object.entries(run.functions).map(
    ([name, { invocations, coldStarts, killed, gbSeconds }]) =>
      `${name} ${invocations} calls, ${coldStarts} cold, ${killed} killed, ${figure(gbSeconds, 1)} GB-s`,
  );
  return [
    `${run.name}:`,
    `  write units: ${list(run.units.written)}`,
    `  read units: ${figure(run.units.read)}; requests: ${list(run.units.requests)}`,
    `  functions: ${used.join('; ')}`,
    `  deliveries that failed: ${list(run.failedDeliveries)}`,
    `  Slack: ${list(run.slackCalls)}; 429s: ${list(run.slackLimited) || 'none'}`,
    `  roll-ups at the end: ${run.rollUps.map(({ findings, waiting }) => `${findings} findings, ${waiting} waiting`).join('; ') || 'none'}`,
    `  own card after s: p50 ${figure(run.ownCard.p50)}, max ${figure(run.ownCard.max)}; all right ${figure(run.drained)} s after the last finding`,
    `  the slowest 1 % were sent ${figure(run.slowestSent.p50)} s (median) to ${figure(run.slowestSent.max)} s (last) after the first`,
    `  clicks shown after ms: ${run.clicks.map((click) => figure(click, 0)).join(', ') || 'none'}; duplicates sent ${run.duplicates}`,
    ...(run.unknown.length > 0
      ? [`  not known to a stand-in: ${[...new Set(run.unknown)].join(', ')}`]
      : []),
  ];
};
