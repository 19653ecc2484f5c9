/**
 * `npm run chaos`: lives under faults, and what must hold of each. `--prove` puts ten bugs in, one at a time,
 * and each has to be seen. bench/README.md says what is counted.
 */
import { parseArgs } from 'node:util';
import { judgeAll, type Target } from '../house/target.ts';
import { type Bug, bugs } from './bugs.ts';
import { faultKinds, type Strike } from './faults.ts';
import { invariants } from './invariants.ts';
import { type Life, live } from './life.ts';
import { shrink } from './shrink.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** How many lives, each with the next seed. With `--prove`: at most so many for each bug. */
    rounds: { type: 'string' },
    /** Lives go on until so many faults were injected. */
    faults: { type: 'string', default: '0' },
    prove: { type: 'boolean', default: false },
    /** With `--prove`: this bug alone. */
    bug: { type: 'string' },
    /** Tells each life as it went. */
    trace: { type: 'boolean', default: false },
  },
});

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`--${name} takes a whole number, for example --${name} 7`);
};

const seed = whole('seed', options.seed);
const rounds = whole('rounds', options.rounds ?? (options.prove ? '60' : '12'));
const wantedFaults = whole('faults', options.faults);

const atLeast = (what: string, figure: number, target: number): Target => ({
  what,
  figure,
  unit: '',
  bound: 'at least',
  target,
  decides: true,
});

const byKind = (strikes: readonly Strike[]): string =>
  faultKinds
    .map((kind) => `${kind} ${strikes.filter((strike) => strike.kind === kind).length}`)
    .join(', ');

const tell = (life: Life): void => {
  for (const line of life.trace) say(`    ${line}`);
};

/** With as few faults as it takes, so that somebody can follow it. */
const accuse = async (life: Life): Promise<void> => {
  say(`VIOLATED with seed ${life.seed}:`);
  for (const { invariant, because } of life.violations) say(`  ${invariant}: ${because}`);
  const shrunk = await shrink(life);
  say(`  with ${shrunk.strikes.length} of its ${life.strikes.length} faults it still goes wrong:`);
  tell(shrunk);
  say(`  again: npm run chaos -- --seed ${life.seed} --rounds 1`);
};

const run = async (): Promise<boolean> => {
  const strikes: Strike[] = [];
  let lives = 0;
  let checked = 0;
  let changes = 0;
  let violated = 0;
  while (lives < rounds || strikes.length < wantedFaults) {
    const life = await live({ seed: seed + lives });
    lives += 1;
    strikes.push(...life.strikes);
    checked += life.checked;
    changes += life.changes;
    violated += life.violations.length;
    if (options.trace) tell(life);
    if (life.violations.length > 0) await accuse(life);
    if (lives % 10 === 0) say(`${lives} lives, ${strikes.length} faults so far`);
  }
  say(`lives: ${lives}, seeds ${seed} to ${seed + lives - 1}; ${changes} changes made in AWS`);
  say(`faults by kind: ${byKind(strikes)}`);
  return judgeAll([
    atLeast('faults injected', strikes.length, Math.max(1, wantedFaults)),
    atLeast(`invariants checked, ${invariants.length} and the undo of each life`, checked, lives),
    { what: 'violations', figure: violated, unit: '', bound: 'at most', target: 0, decides: true },
  ]);
};

/** Lives with this bug until one goes wrong. */
const hunt = async (bug: Bug): Promise<boolean> => {
  for (let lives = 1; lives <= rounds; lives += 1) {
    const life = await live({ seed: seed + lives - 1, bug });
    const [first] = life.violations;
    if (!first) {
      if (options.trace) tell(life);
      continue;
    }
    const seen = `${first.invariant}: ${first.because.slice(0, 160)}`;
    say(`caught  ${bug.id} (${bug.title}), life ${lives}, seed ${life.seed}: ${seen}`);
    if (options.trace) tell(life);
    return true;
  }
  say(`MISSED  ${bug.id} (${bug.title}) in ${rounds} lives`);
  return false;
};

const prove = async (): Promise<boolean> => {
  const chosen = bugs.filter(({ id }) => options.bug === undefined || id === options.bug);
  if (chosen.length === 0)
    throw new Error(`--bug takes one of: ${bugs.map(({ id }) => id).join(', ')}`);
  let caught = 0;
  for (const bug of chosen) caught += (await hunt(bug)) ? 1 : 0;
  return judgeAll([atLeast('bugs caught', caught, chosen.length)]);
};

const isFine = options.prove ? await prove() : await run();
// Functions that were killed never end by themselves.
process.exit(isFine ? 0 : 1);
