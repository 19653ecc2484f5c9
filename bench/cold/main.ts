/**
 * `npm run bench:cold`: the first event of a fresh process, for Cordon's functions beside others.
 * bench/README.md says what each figure is.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { remember } from '../house/history.ts';
import { deployedNode } from '../house/node24.ts';
import { percentile } from '../storm/percentile.ts';
import { type Around, startAround } from './around.ts';
import { type Cages, findCages } from './cage.ts';
import { type Contestant, contestantsIn } from './contestants.ts';
import {
  aligned,
  coldTable,
  coldTargets,
  floorLine,
  met,
  type Result,
  type Target,
  verdict,
} from './report.ts';
import { type ColdRun, coldRun } from './run.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    /** Rounds at each CPU share. */
    shares: { type: 'string', default: '10' },
  },
});
const wholeNumber = (name: 'rounds' | 'shares'): number => {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
  return value;
};

interface Stage {
  readonly node: string;
  readonly around: Around;
  readonly cages: Cages;
}

let runs = 0;

const checked =
  (contestant: Contestant, around: Around) =>
  (answer: unknown): void => {
    const made = new Set(around.calls());
    const wrong = contestant.calls.filter((call) => !made.has(call));
    if (wrong.length > 0) throw new Error(`${contestant.name} did not call ${wrong}`);
    const status = (answer as { readonly statusCode?: number } | null)?.statusCode;
    if (contestant.kind === 'click' && status !== 200)
      throw new Error(`${contestant.name} answered ${status}`);
  };

const once = (stage: Stage, contestant: Contestant, memoryMb?: number): Promise<ColdRun> => {
  runs += 1;
  stage.around.calls();
  return coldRun({
    node: stage.node,
    file: contestant.file,
    environment: stage.around.environment,
    event: contestant.event(Date.now(), runs),
    check: checked(contestant, stage.around),
    cages: stage.cages,
    memoryMb,
  });
};

/** Everybody in turn, every second round in the opposite order: the machine's moods are shared. */
const rounds = async (
  stage: Stage,
  contestants: readonly Contestant[],
  { count, memoryMb }: { readonly count: number; readonly memoryMb?: number },
): Promise<readonly Result[]> => {
  const kept = new Map<string, ColdRun[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < count; round += 1)
    for (const one of inTurn(contestants, round))
      kept.get(one.name)?.push(await once(stage, one, memoryMb));
  return contestants.map(({ name, bytes }) => ({ name, bytes, runs: kept.get(name) ?? [] }));
};

/** notify shows what ingest stored, so it comes after it in either order. */
const inTurn = (all: readonly Contestant[], round: number): readonly Contestant[] => {
  if (round % 2 === 0) return all;
  const isPair = ({ name }: Contestant) => name === 'Cordon ingest' || name === 'Cordon notify';
  return [...all.filter((one) => !isPair(one)).toReversed(), ...all.filter(isPair)];
};

const shareSizes = [128, 256, 512, 1024] as const;
/** Worst of all rounds; seconds to milliseconds. */
const shareTargets: Readonly<Record<number, number>> = { 128: 1900, 256: 900 };

/** Spawn to answer at the CPU share of a function with so much memory, throttled from the start. */
const atShares = async (
  stage: Stage,
  contestants: readonly Contestant[],
  count: number,
): Promise<{ readonly lines: readonly string[]; readonly targets: readonly Target[] }> => {
  const wanted = ['bare handler', 'limit', 'Cordon web', "Slack's example, bundled"];
  const chosen = contestants.filter(({ name }) => wanted.includes(name));
  const rows: string[][] = [['total ms, worst', ...shareSizes.map((size) => `${size} MB`)]];
  const worst = new Map<string, number[]>(chosen.map(({ name }) => [name, []]));
  for (const size of shareSizes)
    for (const { name, runs: made } of await rounds(stage, chosen, { count, memoryMb: size }))
      worst.get(name)?.push(
        percentile(
          made.map((run) => (stage.cages.shares ? run.totalMs : (run.cpuMs * 1769) / size)),
          1,
        ) ?? Number.NaN,
      );
  for (const [name, values] of worst) rows.push([name, ...values.map((value) => value.toFixed(0))]);
  const own = worst.get('Cordon web') ?? [];
  const floor = worst.get('bare handler') ?? [];
  return {
    lines: aligned(rows),
    targets: shareSizes.flatMap((size, place): readonly Target[] => {
      const most = shareTargets[size];
      return most === undefined
        ? []
        : [
            {
              what: `web, cold click at ${size} MB, worst of ${count}`,
              figure: own[place],
              most,
              unit: 'ms',
              floor: floor[place],
            },
          ];
    }),
  };
};

/** The last figures, and a line of history. */
const keep = (at: string, node: string, targets: readonly Target[]): void => {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const judged = targets.map((target) => ({ ...target, met: met(target) }));
  writeFileSync(
    join(folder, 'cold.json'),
    `${JSON.stringify({ at, node, targets: judged }, null, 2)}\n`,
  );
  remember('cold', Object.fromEntries(targets.map(({ what, figure }) => [what, figure])));
};

const main = async (): Promise<void> => {
  const at = new Date().toISOString();
  const folder = mkdtempSync(join(tmpdir(), 'cordon-cold-'));
  const around = await startAround();
  try {
    const node = deployedNode();
    const cages = findCages();
    const stage: Stage = { node: node.file, around, cages };
    const contestants = await contestantsIn(folder, node.file);
    say(`Node ${node.version}; CPU by ${cages.how}`);
    // Once each without counting: the files are in the page cache then.
    await rounds(stage, contestants, { count: 1 });
    const results = await rounds(stage, contestants, { count: wholeNumber('rounds') });
    for (const line of coldTable(results)) say(line);
    const shares = await atShares(stage, contestants, wholeNumber('shares'));
    for (const line of ['', ...shares.lines, '']) say(line);
    const limitBytes = statSync(contestants.find(({ name }) => name === 'limit')?.file ?? '').size;
    say(`the limit is ${limitBytes} bytes`);
    say(floorLine(results));
    const targets = [...coldTargets(results), ...shares.targets];
    for (const target of targets) say(verdict(target));
    keep(at, node.version, targets);
    if (targets.some((target) => target.unit === 'kB' && !met(target))) process.exitCode = 1;
  } finally {
    await around.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

await main();
