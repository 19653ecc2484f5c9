/**
 * `npm run bench:storm`: a storm of findings through Cordon's own functions, once as it comes and once
 * with faults, and through the policies of its peers. bench/README.md says what each figure is.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { remember } from '../house/history.ts';
import { randomFrom } from '../random.ts';
import type { Contestant } from './contestant.ts';
import { type CordonResult, type CordonRun, runCordon } from './cordon.ts';
import { disordered, inOrder } from './deliveries.ts';
import { buildFunctions } from './deployment.ts';
import { type Storm, stormOf } from './findings.ts';
import type { ToPeers } from './peers/process.ts';
import { details, met, table, targetsOf, verdict } from './report.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: options } = parseArgs({
  options: {
    /** 1,000 findings in 10 s over 10 groups, no peers and no faults. */
    quick: { type: 'boolean', default: false },
    /** With `--quick`: the faults too. */
    faults: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    /** `cordon` or `faults`: that run alone, without peers. */
    only: { type: 'string' },
    /** A folder that `node build.mjs --out` filled, instead of building now. */
    built: { type: 'string' },
    /** A folder for the functions' logs. */
    logs: { type: 'string' },
  },
});
const seed = Number(options.seed);
if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number, for example --seed 7');

const kinds = ['cordon', 'faults'] as const;
if (options.only !== undefined && !kinds.some((kind) => kind === options.only))
  throw new Error(`--only takes one of: ${kinds.join(', ')}`);
/** Which of Cordon's own runs are wanted. */
const wanted = kinds.filter((kind) =>
  options.only === undefined
    ? kind === 'cordon' || !options.quick || options.faults
    : kind === options.only,
);

const size = options.quick
  ? { findings: 1_000, groups: 10, seconds: 10, drainSeconds: 25, clicks: [4] }
  : { findings: 10_000, groups: 40, seconds: 60, drainSeconds: 90, clicks: [20, 40] };

interface Peers {
  /** Lets them finish on a clock that leaps. */
  finish(): Promise<readonly Contestant[]>;
}

const startPeers = (storm: Storm): Peers => {
  const file = fileURLToPath(new URL('peers/process.ts', import.meta.url));
  const child: ChildProcess = fork(file, { execArgv: ['--import', 'tsx'] });
  const tell = (message: ToPeers): void => {
    child.send(message);
  };
  const answer = once(child, 'message') as Promise<[readonly Contestant[]]>;
  tell({ kind: 'start', seed, findings: storm.findings.map(({ group, at }) => ({ group, at })) });
  return {
    async finish() {
      tell({ kind: 'leap' });
      const [contestants] = await answer;
      return contestants;
    },
  };
};

const logsOf = (name: string): string | undefined => {
  if (!options.logs) return undefined;
  const folder = join(options.logs, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

type Common = Pick<CordonRun, 'storm' | 'built' | 'seed' | 'seconds' | 'drainSeconds' | 'clicks'>;

const plainly = (common: Common): Promise<CordonResult> =>
  runCordon({
    ...common,
    name: 'Cordon',
    deliveries: inOrder(common.storm.findings),
    logs: logsOf('plain'),
    kills: false,
  });

const withFaults = (common: Common): Promise<CordonResult> =>
  runCordon({
    ...common,
    name: 'Cordon, with faults',
    deliveries: disordered(common.storm.findings, randomFrom(seed), {
      duplicateShare: 0.01,
      latest: size.seconds * 1000,
    }),
    logs: logsOf('faults'),
    kills: true,
    // What a killed process had in hand comes back after the visibility timeout.
    drainSeconds: size.drainSeconds + 35,
  });

const runs = async (storm: Storm, built: string): Promise<readonly CordonResult[]> => {
  const common = { storm, built, seed, ...size };
  const results: CordonResult[] = [];
  if (wanted.includes('cordon')) results.push(await plainly(common));
  if (wanted.includes('faults')) results.push(await withFaults(common));
  return results;
};

const main = async (): Promise<void> => {
  const began = Date.now();
  const temporary = mkdtempSync(join(tmpdir(), 'cordon-storm-'));
  const built = options.built ?? temporary;
  try {
    if (!options.built) buildFunctions(built);
    const storm = stormOf({ ...size, seed, now: Date.now() });
    const { findings, groups, seconds } = size;
    say(`${findings} findings in ${seconds} s over ${groups} groups, seed ${seed}`);
    const peers = options.quick || options.only ? undefined : startPeers(storm);
    const ours = await runs(storm, built);
    const theirs = peers ? await peers.finish() : [];
    const contestants = [...ours, ...theirs];
    const targets = ours.flatMap(targetsOf);
    for (const line of [...table(contestants), '', ...ours.flatMap(details), '']) say(line);
    for (const target of targets) say(verdict(target));
    const results = fileURLToPath(new URL('../results/', import.meta.url));
    mkdirSync(results, { recursive: true });
    const judged = targets.map((target) => ({ ...target, met: met(target) }));
    const json = { at: new Date(began).toISOString(), seed, size, contestants, targets: judged };
    // One run alone is for looking: the kept figures are those of all.
    const file = options.only ? `storm-${options.only}.json` : 'storm.json';
    writeFileSync(join(results, file), `${JSON.stringify(json, null, 2)}\n`);
    if (!options.quick && !options.only)
      remember('storm', Object.fromEntries(targets.map(({ what, figure }) => [what, figure])));
    say(`\n${Math.round((Date.now() - began) / 1000)} s; bench/results/${file} has all figures`);
    if (targets.some((target) => target.decides && !met(target))) process.exitCode = 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

await main();
