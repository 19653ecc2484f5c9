/** Events as EventBridge takes them: only what a deployed pattern lets through gets to `ingest`. */
import type { CordonConfig } from '../../config/config.ts';
import { sources } from '../../findings/finding.ts';
import { parse } from '../../findings/parse.ts';
import { wrap } from '../../findings/wrap.ts';
import { compilePattern, matches } from '../../rules/event-pattern.ts';
import { eventPatterns } from '../../rules/event-patterns.ts';
import { materialise } from '../world/materialise.ts';
import type { World } from '../world/world.ts';
import type { Queues } from './queues.ts';
import { localQueues } from './resources.ts';

export interface EventsAnswer {
  readonly accepted: number;
  readonly dropped: readonly { readonly index: number; readonly because: string }[];
}

/**
 * A rehearsal: every source is read, samples may be acted on, and the organisation grows by the
 * account of each event that is sent in, unless Organizations tells which accounts there are.
 */
export const growing = (config: CordonConfig, closed: boolean) => {
  const accounts = { ...config.accounts };
  const told = config.deployment.organization !== undefined;
  return {
    config: { ...config, accounts, actOnSamples: true, sources },
    know(account: string) {
      if (!closed && !told)
        accounts[account] ??= { name: `account-${account.slice(-4)}`, response: true };
    },
  };
};

/** `know` is told the account of each finding, before it is on the queue. */
export const intake = (
  local: { readonly aws: World; readonly queues: Queues; readonly config: CordonConfig },
  know: (account: string) => void,
) => {
  const patterns = eventPatterns(local.config).map(({ pattern }) => compilePattern(pattern));
  return (events: readonly unknown[]): EventsAnswer => {
    const dropped: { index: number; because: string }[] = [];
    for (const [index, raw] of events.entries()) {
      const event = wrap(raw);
      if (!patterns.some((pattern) => matches(pattern, event))) {
        dropped.push({ index, because: 'no deployed event pattern matches' });
        continue;
      }
      const parsed = parse(event);
      if (parsed.kind === 'finding') {
        know(parsed.account);
        materialise(local.aws, parsed, event);
      }
      local.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(event) });
    }
    return { accepted: events.length - dropped.length, dropped };
  };
};
