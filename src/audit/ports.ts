/** What the chainer needs of the tables and of the object-locked bucket. */
import type { AuditDraft, AuditEntry } from './entry.ts';

/** The chain in the requests table. Every read is strongly consistent. */
export interface AuditLog {
  /** The entry with the highest `seq`. */
  readonly last: () => Promise<AuditEntry | undefined>;
  /** Writes the entry only if its `seq` is absent. */
  readonly put: (entry: AuditEntry) => Promise<'put' | 'exists'>;
  /** The entries with `from <= seq <= to` that there are, ascending. */
  readonly range: (from: number, to: number) => Promise<readonly AuditEntry[]>;
  /** Remembers for ever that the entry's draft is chained; the same again changes nothing. */
  readonly mark: (entry: AuditEntry) => Promise<void>;
  /** True when a draft of this id was marked. */
  readonly hasDraft: (id: string) => Promise<boolean>;
}

/** The drafts of one case or request. */
export interface Outbox {
  /** Opaque to the chainer: which item the drafts lie in. */
  readonly ref: string;
  readonly drafts: readonly AuditDraft[];
}

/** The outboxes that wait to be chained. */
export interface Outboxes {
  readonly read: () => Promise<readonly Outbox[]>;
  /** Takes these drafts out of the item, leaving any that came since; gone already is fine. */
  readonly clear: (ref: string, draftIds: readonly string[]) => Promise<void>;
}

/**
 * A place where an object is written once. In production S3 under object lock, with `If-None-Match: *`
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
export interface Vault {
  readonly put: (key: string, body: string) => Promise<'put' | 'exists'>;
  readonly get: (key: string) => Promise<string | undefined>;
  /** The keys below `prefix` that sort after `after`, ascending (S3: `StartAfter`, every page). */
  readonly list: (prefix: string, after: string) => Promise<readonly string[]>;
}
