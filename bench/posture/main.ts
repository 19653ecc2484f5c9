/**
 * `npm run bench:posture [-- --accounts 500]`: `/cordon posture` about an organisation of which nothing
 * is kept. Calls by service, and the seconds that they take at the pace of src/posture/pace.ts with
 * 50 ms a call. Counts and a leaping clock, so every run gives the same.
 */
import { parseArgs } from 'node:util';
import { remember } from '../house/history.ts';
import { judgeAll } from '../house/target.ts';
import { askEverybody } from './organisation.ts';
import { tally, tallyTable } from './tally.ts';

const { values } = parseArgs({ options: { accounts: { type: 'string', default: '500' } } });
const size = Number(values.accounts);
if (!Number.isInteger(size) || size < 5) throw new Error('--accounts takes a whole number from 5');

const { report, calls, seconds } = await askEverybody(size, 50);
const rows = tally(calls);
for (const line of tallyTable(rows)) process.stdout.write(`${line}\n`);

const answers = report.sections.map(({ title, answer }) => ({
  title,
  lacks: answer.kind === 'unknown' ? answer.because : answer.partly,
}));
for (const { title, lacks } of answers) if (lacks) process.stdout.write(`${title}: ${lacks}\n`);

const figures = {
  'calls an account': calls.length / size,
  'sessions an account': calls.filter(({ service }) => service === 'sts').length / size,
  'questions cut short by time': answers.filter(({ lacks }) => lacks?.includes('no time left'))
    .length,
  seconds,
};
remember('posture', { accounts: size, calls: calls.length, ...figures });
const most = (what: keyof typeof figures, target: number, unit = '') => ({
  ...({ bound: 'at most', decides: true } as const),
  ...{ what, figure: figures[what], target, unit },
});
const fine = judgeAll([
  most('calls an account', 18),
  most('sessions an account', 1.1),
  most('questions cut short by time', 0),
  most('seconds', 20, 's'),
]);
if (!fine) process.exitCode = 1;
