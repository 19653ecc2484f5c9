/**
 * An organisation of many accounts in the simulated AWS, asked by the real posture: the real clients,
 * questions and pace, on a clock that leaps. Each call takes its time; computing takes none.
 */
import { config as example } from '../../cordon.config.ts';
import { type Accounts, awsAccounts } from '../../src/aws/accounts.ts';
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

/** `busy` counts what runs in real time: the clock must not leap meanwhile. */
const slowWorld = (callMs: number) => {
  let busy = 0;
  const idle = async (): Promise<void> => {
    do await new Promise((resolve) => setImmediate(resolve));
    while (busy > 0);
  };
  const clock = leapingClock(idle);
  const now = (): number => start + clock.now();
  const world = createWorld({ now });
  const dispatch = world.dispatch.bind(world);
  Object.assign(world, {
    dispatch: async (...incoming: Parameters<World['dispatch']>) => {
      busy -= 1;
      await clock.sleep(callMs);
      busy += 1;
      return dispatch(...incoming);
    },
  });
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
    }
  };
  return { clock, now, world, during };
};

type During = ReturnType<typeof slowWorld>['during'];

/** Whoever waits for a session that another has asked for is not busy, but waits for the clock like that one. */
const counted = (accounts: Accounts, during: During): Accounts => {
  const asked = new Map<string, Promise<unknown>>();
  return {
    async as(wish) {
      const session = asked.get(wish.account) ?? during(() => accounts.as(wish));
      asked.set(wish.account, session);
      await session;
      const aws = await during(() => accounts.as(wish));
      return { ...aws, call: (operation, input) => during(() => aws.call(operation, input)) };
    },
  };
};

interface Asked {
  readonly report: PostureReport;
  readonly calls: World['calls'];
  /** Of virtual time. */
  readonly seconds: number;
}

/** One question about the whole organisation, with nothing known from before. */
export const askEverybody = async (size: number, callMs: number): Promise<Asked> => {
  const { clock, now, world, during } = slowWorld(callMs);
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
    aws: counted(accounts, during),
  };
  const before = world.calls.length;
  const began = now();
  clock.leap();
  const report = await posture(ports, wholeScope({ config }));
  return { report, calls: world.calls.slice(before), seconds: (now() - began) / 1000 };
};
