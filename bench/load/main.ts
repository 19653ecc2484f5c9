/**
 * `npm run bench:load [-- --minutes 5 --clicks 50 --findings 100]`: so many clicks and findings a second through the
 * local world, and what became of each. bench/README.md says what each figure is.
 */
import { parseArgs } from 'node:util';
import { remember } from '../house/history.ts';
import { judgeAll, type Target } from '../house/target.ts';
import { collected, heapMb } from './heap.ts';
import { type Load, openLoad } from './load.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    clicks: { type: 'string', default: '50' },
    findings: { type: 'string', default: '100' },
  },
});

const whole = (name: 'minutes' | 'clicks' | 'findings'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} takes a whole number from 1, for example --${name} 5`);
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Longer than that after the last finding, and it is not drained; seconds. */
const longestDrain = 600;

const secondsSince = (from: number): number => (performance.now() - from) / 1000;

/** One line a minute; answers the heap after each, in megabytes, and the slowest minute in real seconds. */
const underLoad = async (load: Load, minutes: number) => {
  const heaps: number[] = [];
  let slowest = 0;
  for (let minute = 1; minute <= minutes; minute += 1) {
    const from = performance.now();
    for (let second = 0; second < 60; second += 1) await load.second();
    slowest = Math.max(slowest, secondsSince(from));
    collected();
    heaps.push(heapMb());
    const { clicks, findings } = load.sent();
    say(
      `minute ${minute}: ${clicks} clicks, ${findings} findings; heap ${heapMb().toFixed(0)} MB; took ${secondsSince(from).toFixed(0)} s`,
    );
  }
  return { heaps, slowest };
};

/** Seconds of the world's clock until nothing waits any more. */
const drained = async (load: Load): Promise<number> => {
  let seconds = 0;
  while (!(await load.isQuiet()) && seconds < longestDrain) {
    await load.pass(1);
    seconds += 1;
  }
  return seconds;
};

const none = (what: string, figure: number): Target => ({
  what,
  figure,
  unit: '',
  bound: 'at most',
  target: 0,
  decides: true,
});

interface Pace {
  readonly drained: number;
  readonly growth: number;
  readonly slowest: number;
}

const paceTargets = ({ drained, growth, slowest }: Pace): readonly Target[] => [
  {
    what: 'drained after the last of them, on the clock of the world',
    figure: drained,
    unit: 's',
    bound: 'at most',
    target: 120,
    decides: true,
  },
  {
    what: 'heap that the last minute has over the first',
    figure: Math.max(0, growth),
    unit: 'MB',
    bound: 'at most',
    target: 32,
    decides: true,
  },
  {
    what: 'real time of the slowest minute',
    figure: slowest,
    unit: 's',
    bound: 'at most',
    target: 60,
    decides: false,
  },
];

const main = async (): Promise<boolean> => {
  const load = await openLoad({ clicks: whole('clicks'), findings: whole('findings') });
  try {
    const { heaps, slowest } = await underLoad(load, whole('minutes'));
    const seconds = await drained(load);
    const { clicks, findings, different } = load.sent();
    say(`sent: ${clicks} clicks, ${findings} events about ${different} findings`);
    const found = await load.balance();
    const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
    const targets: readonly Target[] = [
      none('clicks lost', found.lostClicks),
      none('clicks not answered', found.unanswered),
      none('findings lost', found.lostFindings),
      none('balances that do not add up', found.isBalanced ? 0 : 1),
      none('dead letters', found.dead),
      ...paceTargets({ drained: seconds, growth, slowest }),
    ];
    remember('load', {
      minutes: heaps.length,
      'clicks a second': whole('clicks'),
      'findings a second': whole('findings'),
      ...Object.fromEntries(targets.map(({ what, figure }) => [what, figure])),
    });
    return judgeAll(targets);
  } finally {
    await load.close();
  }
};

process.exitCode = (await main()) ? 0 : 1;
