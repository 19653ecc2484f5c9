/**
 * `npm run bench:contain`: from approval to verified containment with every AWS call at 50 ms. One
 * line for each action. It ends with an error when an action does not end contained, or has no
 * chain; a missed time does not, because times depend on the machine and on what else runs there.
 */
import { setTimeout } from 'node:timers/promises';
import { actions } from '../../src/actions/index.ts';
import { livesOf, onlyAdvice } from '../../test/actions/lives/index.ts';
import { remember } from '../house/history.ts';
import { chains } from './chains.ts';
import { type Measured, measure } from './run.ts';

/** What one AWS call takes. */
const callMs = 50;
const call = (): Promise<void> => setTimeout(callMs);
/** Of the longest dependent chain. */
const most = 1.3;
/** The fastest of so many: what else runs on the machine only adds. */
const tries = 3;

const fastest = async (id: string): Promise<Measured> => {
  const [life] = livesOf(id);
  if (!life) return { ms: Number.NaN, wrong: 'it has no life in test/actions/lives' };
  // Once without waiting, so that the clients are loaded.
  const warm = await measure(life, async () => undefined);
  if (warm.wrong) return warm;
  const runs: Measured[] = [];
  for (let run = 0; run < tries; run += 1) runs.push(await measure(life, call));
  return runs.find(({ wrong }) => wrong) ?? { ms: Math.min(...runs.map(({ ms }) => ms)) };
};

interface Line {
  readonly text: string;
  readonly wrong: boolean;
  /** Time by the time of the chain. */
  readonly ratio?: number;
}

const lineFor = async (id: string): Promise<Line> => {
  const chain = chains[id];
  if (!chain) return { text: `${id}: no chain in bench/contain/chains.ts`, wrong: true };
  const { ms, wrong } = await fastest(id);
  const target = Math.round(chain.length * callMs * most);
  const verdict = ms <= target ? 'met' : 'missed';
  const figures = `${Math.round(ms)} ms, target ${target} ms (${chain.length} calls in a chain, ${(ms / (chain.length * callMs)).toFixed(2)} ×)`;
  return {
    text: wrong ? `${id}: WRONG, ${wrong}` : `${id}: ${figures}: ${verdict}`,
    wrong: !!wrong,
    ratio: ms / (chain.length * callMs),
  };
};

let failed = false;
const ratios: Record<string, number | undefined> = {};
for (const { id } of actions) {
  if (onlyAdvice.includes(id)) continue;
  const { text, wrong, ratio } = await lineFor(id);
  ratios[id] = ratio;
  process.stdout.write(`${text}\n`);
  failed ||= wrong;
}
remember('contain', ratios);
process.exitCode = failed ? 1 : 0;
