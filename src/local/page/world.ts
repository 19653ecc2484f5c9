/** Fetches everything the page shows. */
import { api } from './api.ts';
import type { AwsCall, World } from './wire.ts';

/** How many AWS calls the page keeps. */
const keptCalls = 300;

/** The world as `user` sees it; `known` are the AWS calls of the last time, only newer ones are asked for. */
export async function fetchWorld(user: string, known: readonly AwsCall[]): Promise<World> {
  const last = known.at(-1)?.n ?? 0;
  const [slack, aws, calls, audit, balance, faults, scenarios] = await Promise.all([
    api.slack(user),
    api.aws(),
    api.calls(last),
    api.audit(),
    api.balance(),
    api.faults(),
    api.scenarios(),
  ]);
  const fresh = calls.calls.filter(({ n }) => n > last);
  return {
    slack,
    aws,
    calls: [...known, ...fresh].slice(-keptCalls),
    audit: audit.entries,
    balance,
    faults: faults.faults,
    scenarios: scenarios.scenarios,
  };
}

/** Fetches at most once at a time; asked meanwhile, it fetches once more. */
export function refresher(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return run();
    again ??= running.then(() => {
      again = undefined;
      return run();
    });
    return again;
  };
}
