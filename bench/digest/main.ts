/**
 * `npm run bench:digest [-- --accounts 500]`: the daily digest of an organisation, made and posted in the
 * local world, on two days: AWS calls by service, the seconds that they take at AWS's limits, and calls of the
 * tables. Counts: every run gives the same.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { config as example } from '../../cordon.config.ts';
import { folderVault } from '../../src/audit/folder-vault.ts';
import { createLocalWorld, type LocalWorld } from '../../src/local/local-world.ts';
import type { World } from '../../src/local/world/world.ts';
import { remember } from '../house/history.ts';
import { judgeAll, type Target } from '../house/target.ts';
import { manyAccounts } from '../posture/organisation.ts';
import { tally, tallyTable } from '../posture/tally.ts';

const { values } = parseArgs({ options: { accounts: { type: 'string', default: '500' } } });
const size = Number(values.accounts);
if (!Number.isInteger(size) || size < 5) throw new Error('--accounts takes a whole number from 5');

const extra = manyAccounts(size - Object.keys(example.accounts).length);
const config = {
  ...example,
  digest: { ...example.digest, at: '09:00', timeZone: 'UTC' },
  accounts: {
    ...example.accounts,
    ...Object.fromEntries(
      Object.entries(extra).map(([id, { name }]) => [id, { name, response: true }]),
    ),
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cordon-digest-'));
let made = 0;
const newId = (): string => {
  made += 1;
  return `id${String(made).padStart(20, '0')}`;
};

/** What worker calls while what is due at that time (milliseconds since 1970) happens. */
const at = async (world: LocalWorld, moment: number): Promise<World['calls']> => {
  const before = world.aws.calls.length;
  world.clock.moveTo(moment);
  await world.tick();
  await world.idle();
  return world.aws.calls.slice(before).filter((call) => call.function === 'worker');
};

const digestsIn = ({ slack }: LocalWorld): number =>
  new Set(JSON.stringify(slack.state()).match(/The (day|week) to [0-9-]+/g)).size;

/** The world does not record calls of its tables, only lets them pass. */
const countTables = (world: World): (() => number) => {
  let calls = 0;
  const admit = world.admit.bind(world);
  Object.assign(world, {
    admit: (...incoming: Parameters<World['admit']>) => {
      if (incoming[0].accessKeyId === 'FUNCTION-worker') calls += 1;
      return admit(...incoming);
    },
  });
  return () => {
    const counted = calls;
    calls = 0;
    return counted;
  };
};

const nine = Date.parse('2026-11-24T09:00:00Z');
const dayMs = 86_400_000;

const world = await createLocalWorld({
  config,
  vault: folderVault(folder),
  start: nine - 60_000,
  realTime: false,
  newId,
  tickWhenIdle: false,
});
try {
  for (const [id, { name }] of Object.entries(extra)) world.aws.account(id, name);
  const tableCalls = countTables(world.aws);
  const calls = await at(world, nine);
  const firstDay = tableCalls();
  await at(world, nine + dayMs);
  const rows = tally(calls);
  for (const line of tallyTable(rows)) process.stdout.write(`${line}\n`);
  const figures = {
    'digests posted in two days': digestsIn(world),
    'calls of AWS an account': calls.length / size,
    'calls of the tables': firstDay,
    'calls of the tables, the day after': tableCalls(),
    'seconds at the limits': Math.max(...rows.map(({ seconds }) => seconds)),
  };
  remember('digest', { accounts: size, ...figures });
  const judge = (
    what: keyof typeof figures,
    bound: Target['bound'],
    target: number,
    unit = '',
  ) => ({
    ...{ what, bound, target, unit, figure: figures[what], decides: true },
  });
  const fine = judgeAll([
    judge('digests posted in two days', 'at least', 2),
    judge('calls of AWS an account', 'at most', 18),
    judge('calls of the tables', 'at most', 200),
    judge('calls of the tables, the day after', 'at most', 200),
    judge('seconds at the limits', 'at most', 20, 's'),
  ]);
  if (!fine) process.exitCode = 1;
} finally {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}
