/**
 * `npm run bench:replay [-- --seconds 3]`: the events of test/fixtures/events, parsed and decided again and again as
 * `cordon replay` does it, on one core: events a second of CPU, and how much of that is only reading JSON.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultReplayConfig, replayLine } from '../../src/cli/replay.ts';
import { eventNames } from '../../test/fixtures/events/read-event.ts';
import { remember } from '../house/history.ts';
import { judgeAll } from '../house/target.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } });
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds takes a number');

const folder = new URL('../../test/fixtures/events/', import.meta.url);
const texts = eventNames.map((name) =>
  readFileSync(fileURLToPath(new URL(`${name}.json`, folder)), 'utf8'),
);

/** Rounds over all events for so many seconds; CPU of this process, so that neighbours count little. */
const perSecond = (work: (text: string) => unknown): number => {
  const began = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  };
  let done = 0;
  while (used() < seconds)
    for (const text of texts) {
      work(text);
      done += 1;
    }
  return done / used();
};

const replay = (text: string) => replayLine('event', JSON.parse(text), defaultReplayConfig);
const outcomes = texts.map((text) => replay(text).outcome);
// Once without counting: compiled, as in a function that is warm.
perSecond(replay);
const readOnly = perSecond(JSON.parse);
const replayed = perSecond(replay);

const count = (outcome: string): number => outcomes.filter((each) => each === outcome).length;
process.stdout.write(
  `${texts.length} events: ${count('case')} cases, ${count('ignored')} ignored, ${count('error')} errors; reading JSON alone ${Math.round(readOnly)} a second\n`,
);
remember('replay', { 'events a second': replayed, 'JSON alone, a second': readOnly });
const fine = judgeAll([
  {
    what: 'events that are errors',
    figure: count('error'),
    unit: '',
    bound: 'at most',
    target: 0,
    decides: true,
  },
  {
    what: 'events a second and core',
    figure: replayed,
    unit: '',
    bound: 'at least',
    target: 2000,
    decides: false,
  },
]);
if (!fine) process.exitCode = 1;
