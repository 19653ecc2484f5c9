/** What Slack shows of a case (or of a storm): its messages, and which findings its card counts. */
import { packIds, unpackIds } from './arrivals.ts';
import type { Key } from './item.ts';
import { type Item, isNew, type Table, unchangedSince } from './table.ts';

/** One message that Slack has: where, and the hash of what was drawn. */
export interface ShownMessage {
  readonly ts: string;
  readonly drawn: string;
  /** Where it is, when that is not the case's own channel. */
  readonly channel?: string;
}

/** A post that is about to be made; a crash leaves it behind. */
export interface Posting {
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Where it goes, when that is not the owner's channel. */
  readonly to?: string;
  readonly inThread?: boolean;
}

/** When the messages of a case called whom, by user id; ISO 8601 UTC. */
export interface Calls {
  readonly [id: string]: readonly string[];
}

/** What of a case is in Slack, by message key; `posting` is a claim that a crash leaves behind. */
export interface Shown {
  readonly messages: { readonly [key: string]: ShownMessage };
  readonly posting?: Posting;
  /** How many findings the card says that it counts; 0 without a card. */
  readonly counted: number;
  /** Whom it called of late; so nobody is called too often. */
  readonly called?: Calls;
  readonly version: number;
}

/** A message in Slack. */
interface Place {
  readonly channel: string;
  readonly ts: string;
}

export interface ShownStore {
  shown(id: string): Promise<Shown>;
  /** Those that Slack shows anything of. */
  shownOf(ids: readonly string[]): Promise<ReadonlyMap<string, Shown>>;
  saveShown(id: string, shown: Shown): Promise<boolean>;
  /** Short ids of the findings that the card of a case counts. */
  counted(id: string): Promise<ReadonlySet<string>>;
  /** The thread of this card belongs to the case; repeatable. */
  ownThread(place: Place, id: string): Promise<void>;
  /** The case whose card heads this thread. */
  caseOfThread(place: Place): Promise<string | undefined>;
  /** Adds to them; only the pacer does. `at`: ISO 8601 UTC. */
  addCounted(id: string, ids: readonly string[], at: string): Promise<void>;
}

const shownKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'SHOWN' });
const threadKey = ({ channel, ts }: Place): Key => ({ pk: `THREAD#${channel}#${ts}`, sk: 'CASE' });
const nothing: Shown = { messages: {}, counted: 0, version: 0 };

const fromItem = (item: Item): Shown => ({
  messages: item['messages'] as Shown['messages'],
  ...(item['posting'] ? { posting: item['posting'] as Posting } : {}),
  counted: Number(item['counted'] ?? 0),
  ...(item['called'] ? { called: item['called'] as Calls } : {}),
  version: Number(item['version']),
});

export const shownStore = (table: Table): ShownStore => ({
  async shown(id) {
    const item = await table.get(shownKey(id));
    return item ? fromItem(item) : nothing;
  },
  async shownOf(ids) {
    const items = await table.getMany(ids.map(shownKey));
    return new Map(items.map((item) => [String(item['pk']).slice(5), fromItem(item)]));
  },
  saveShown: (id, shown) =>
    table.put(
      { ...shownKey(id), ...shown, version: shown.version + 1 },
      shown.version === 0 ? isNew : unchangedSince(shown.version),
    ),
  async counted(id) {
    const items = await table.query({ pk: `CASE#${id}`, between: ['COUNTED#', 'COUNTED#~'] });
    return new Set(items.flatMap((item) => unpackIds(item['ids'])));
  },
  async ownThread(place, id) {
    await table.put({ ...threadKey(place), case: id });
  },
  async caseOfThread(place) {
    const found = (await table.get(threadKey(place)))?.['case'];
    return typeof found === 'string' ? found : undefined;
  },
  async addCounted(id, ids, at) {
    // Each finding is added once, so its own id tells two sets of one moment apart.
    const sk = `COUNTED#${at}#${ids[0] ?? ''}`;
    await table.put({ pk: `CASE#${id}`, sk, ids: packIds(ids) });
  },
});
