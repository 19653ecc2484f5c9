/** The kill switch and the budgets of automation, in the requests table. Every read is a strong one. */
import type { Places } from '../requests/automation-budget.ts';
import type { AutomationSwitch } from '../requests/automation-switch.ts';
import { rubbishAfter, schemaVersion } from './item.ts';
import { isNew, readVersioned, type Table, unchangedSince, versionedItem } from './table.ts';

/** The places of one account, and the version that a change is made from. */
interface Budget {
  readonly version: number;
  readonly places: Places;
}

export interface AutomationStore {
  /**
   * Undefined when nobody ever pressed it. Throws when it cannot be read, or is not what Cordon
   * writes: whoever asks must then run nothing.
   */
  read(): Promise<AutomationSwitch | undefined>;
  /** Answers whether it was still the state from which `next` was made. */
  save(next: AutomationSwitch): Promise<boolean>;
  budget(account: string): Promise<Budget>;
  /** Answers whether nobody else took a place meanwhile. `at`: ISO 8601 UTC. */
  saveBudget(account: string, next: Budget, at: string): Promise<boolean>;
}

const switchKey = { pk: 'AUTOMATION', sk: 'SWITCH' } as const;
const budgetKey = (account: string) => ({ pk: `AUTOMATION#${account}`, sk: 'BUDGET' });

const since = (version: number) => (version === 1 ? isNew : unchangedSince(version - 1));

export const automationStore = (table: Table): AutomationStore => ({
  read: async () => readVersioned<AutomationSwitch>(await table.get(switchKey)),
  save: (next) =>
    table.put(versionedItem(switchKey, next, { due: undefined }), since(next.version)),
  async budget(account) {
    const item = await table.get(budgetKey(account));
    return item
      ? { version: Number(item['version']), places: item['places'] as Places }
      : { version: 0, places: {} };
  },
  saveBudget: (account, { version, places }, at) =>
    table.put(
      { ...budgetKey(account), v: schemaVersion, version, places, ttl: rubbishAfter(at, 2) },
      since(version),
    ),
});
