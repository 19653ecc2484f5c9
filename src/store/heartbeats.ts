/** When the last finding of each account came, to within an hour. */
import type { Table } from './table.ts';

export interface Heartbeats {
  /** Notes that findings of these accounts came; one write an hour for each. `at`: ISO 8601 UTC. */
  beat(accounts: readonly string[], at: string): Promise<void>;
  /** By account. */
  last(): Promise<ReadonlyMap<string, string>>;
}

const partition = 'HEARTBEAT';

export const heartbeats = (table: Table): Heartbeats => {
  const written = new Map<string, string>();
  return {
    async beat(accounts, at) {
      const hour = at.slice(0, 13);
      const due = [...new Set(accounts)].filter((account) => written.get(account) !== hour);
      await Promise.all(due.map((account) => table.put({ pk: partition, sk: account, at })));
      for (const account of due) written.set(account, hour);
    },
    async last() {
      const items = await table.query({ pk: partition });
      return new Map(items.map((item) => [String(item['sk']), String(item['at'])]));
    },
  };
};
