/**
 * Digests that Slack should show: wished for by the worker, shown by the pacer. Only those that are not
 * shown yet lie in the list, so it stays as short as it is.
 */
import { isNew, type Table } from './table.ts';

/** `M` is a message that Slack should show. */
export interface WishedDigest<M> {
  /** Names it as the owner of its message: `D` and the day. */
  readonly id: string;
  readonly channel: string;
  readonly message: M;
  /** For a Slack that does not draw the first one. */
  readonly instead: M;
}

export interface Digests<M> {
  /** Whether the digest of this slot was ever wished for. */
  wasMade(slot: string): Promise<boolean>;
  /** Repeatable: the first wish for a slot stays. */
  wish(slot: string, digest: WishedDigest<M>): Promise<void>;
  /** Those that are not shown yet. */
  waiting(): Promise<readonly WishedDigest<M>[]>;
  shown(id: string): Promise<void>;
}

const waiting = 'DIGEST-WAITING';
const madeKey = (slot: string) => ({ pk: `DIGEST#${slot}`, sk: 'DIGEST' });

export const digests = <M>(table: Table): Digests<M> => ({
  wasMade: async (slot) => (await table.get(madeKey(slot))) !== undefined,
  async wish(slot, digest) {
    await table.put({ pk: waiting, sk: digest.id, digest }, isNew);
    await table.put(madeKey(slot), isNew);
  },
  waiting: async () =>
    (await table.query({ pk: waiting })).map((item) => item['digest'] as WishedDigest<M>),
  shown: (id) => table.remove({ pk: waiting, sk: id }).then(() => undefined),
});
