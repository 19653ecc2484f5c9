/** Whose home tab shows what: so that it is published again only when it differs. */
import { type Key, rubbishAfter } from './item.ts';
import type { Item, Table } from './table.ts';

/** Who looked at it within so long may still have it open. */
export const watchedMs = 3_600_000;

export interface Home {
  /** Slack user id. */
  readonly user: string;
  readonly team: string;
  /** When the person last looked at it; ISO 8601 UTC. */
  readonly openedAt: string;
  /** Hash of what Slack shows there; empty when that is not known. */
  readonly drawn: string;
}

export interface Homes {
  get(user: string): Promise<Home | undefined>;
  /** Those looked at since then. */
  openedSince(since: string): Promise<readonly Home[]>;
  opened(home: Home): Promise<void>;
  /** What Slack shows now, unless the person has looked at it again meanwhile. */
  drew(home: Home): Promise<void>;
}

const partition = 'HOME';
const keyOf = (user: string): Key => ({ pk: partition, sk: user });
const homeOf = (item: Item): Home => item['home'] as Home;

const itemOf = (home: Home) => ({
  ...keyOf(home.user),
  home,
  openedAt: home.openedAt,
  ttl: rubbishAfter(home.openedAt, 2),
});

export const homes = (table: Table): Homes => ({
  async get(user) {
    const item = await table.get(keyOf(user));
    return item && homeOf(item);
  },
  // As many items as people looked at it within two days.
  openedSince: async (since) =>
    (await table.query({ pk: partition })).map(homeOf).filter(({ openedAt }) => openedAt >= since),
  async opened(home) {
    await table.put(itemOf(home));
  },
  async drew(home) {
    await table.put(itemOf(home), {
      expression: 'openedAt = :opened',
      values: { ':opened': home.openedAt },
    });
  },
});
