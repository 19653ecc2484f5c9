/**
 * An organisation of many accounts in the simulated AWS, asked by the real posture: the real clients,
 * questions and pace, on a clock that leaps. Each call takes its time; computing takes none.
 */
import { config as example } from '../../cordon.config.ts';
import { awsAccounts } from '../../src/aws/accounts.ts';
import { posture, wholeScope } from '../../src/flows/posture.ts';
import { attach } from '../../src/local/world/attach.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { pace } from '../../src/posture/pace.ts';
import type { PostureReport } from '../../src/posture/report.ts';
import type { PostureAnswers } from '../../src/store/posture-answers.ts';
import { leapingClock } from '../storm/peers/clock.ts';

const start = Date.parse('2026-11-23T09:00:00Z');

/** `100000000007`, `account-007`. */
export const manyAccounts = (size: number): Readonly<Record<string, { readonly name: string }>> =>
  Object.fromEntries(
    Array.from({ length: size }, (_, n) => [
      String(100_000_000_000 + n),
      { name: `account-${String(n).padStart(3, '0')}` },
    ]),
  );

/** Nothing is kept from before, so everything is asked. */
const nothingKept: PostureAnswers = {
  last: async () => [],
  keep: async () => undefined,
  keepDay: async () => undefined,
  dayBefore: async () => undefined,
};

/** A call takes a few turns of the event loop on its way; what is longer waits for the clock. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const slowWorld = (callMs: number) => {
  const clock = leapingClock(settled);
  const now = (): number => start + clock.now();
  const world = createWorld({ now });
  const dispatch = world.dispatch.bind(world);
  Object.assign(world, {
    dispatch: async (...incoming: Parameters<World['dispatch']>) => {
      await clock.sleep(callMs);
      return dispatch(...incoming);
    },
  });
  return { clock, now, world };
};

interface Asked {
  readonly report: PostureReport;
  readonly calls: World['calls'];
  /** Of virtual time. */
  readonly seconds: number;
}

/**
 * One question about the whole organisation, with nothing known from before. The first run of a process loads
 * the clients meanwhile, so only a later one tells the seconds.
 */
export const askEverybody = async (size: number, callMs: number): Promise<Asked> => {
  const { clock, now, world } = slowWorld(callMs);
  const extra = manyAccounts(size - Object.keys(example.accounts).length);
  for (const [id, { name }] of Object.entries(extra)) world.account(id, name);
  seedExample(world);
  const accounts = awsAccounts({
    functionName: 'worker',
    homeRegion: example.homeRegion,
    externalId: world.externalId,
    now,
    credentials: { accessKeyId: 'FUNCTION-worker', secretAccessKey: 'x' },
    onClient: (client, service) => attach(client, service, world),
  });
  const config = {
    ...example,
    accounts: {
      ...example.accounts,
      ...Object.fromEntries(
        Object.entries(extra).map(([id, { name }]) => [id, { name, response: true }]),
      ),
    },
  };
  const ports = {
    config,
    chance: { now, id: () => 'unused' },
    posture: nothingKept,
    pace: pace({ now, sleep: clock.sleep }),
    aws: accounts,
  };
  const before = world.calls.length;
  const began = now();
  clock.leap();
  const report = await posture(ports, wholeScope({ config }));
  return { report, calls: world.calls.slice(before), seconds: (now() - began) / 1000 };
};
