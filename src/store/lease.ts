/** A lease: one holder at a time, taken over when its time is up. One conditional write each. */
import type { Key } from './item.ts';
import type { Table } from './table.ts';

export interface Leases {
  /** True when `holder` has it now. Times are ISO 8601 UTC. */
  take(name: string, holder: string, now: string, until: string): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

const leaseKey = (name: string): Key => ({ pk: `LEASE#${name}`, sk: 'LEASE' });

export const leases = (table: Table): Leases => ({
  take: (name, holder, now, until) =>
    table.put(
      { ...leaseKey(name), holder, until },
      {
        expression: 'attribute_not_exists(pk) OR #holder = :me OR #until <= :now',
        names: { '#holder': 'holder', '#until': 'until' },
        values: { ':me': holder, ':now': now },
      },
    ),
  async release(name, holder) {
    await table.remove(leaseKey(name), {
      expression: '#holder = :me',
      names: { '#holder': 'holder' },
      values: { ':me': holder },
    });
  },
});
