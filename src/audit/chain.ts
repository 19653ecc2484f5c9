/**
 * The chain: how a draft becomes an entry that holds the hash of the one before it.
 * Pure; the same bytes and the same hash for the same facts, whoever computes them.
 */
import { createHash } from 'node:crypto';
import type { AuditDraft, AuditEntry } from './entry.ts';

/** The end of a chain: all that the next entry needs to know. */
export type Tip = Pick<AuditEntry, 'seq' | 'hash'>;

/** What the first entry follows. */
export const GENESIS: Tip = { seq: 0, hash: '0'.repeat(64) };

/** A JSON object of unknown content. */
interface JsonObject {
  readonly [key: string]: unknown;
}

/** True for `{}` and what `JSON.parse` makes of an object; false for arrays, dates, sets and the like. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Half of a surrogate pair: JSON can write it, UTF-8 cannot keep it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Canonical JSON as in RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785): sorted keys, no white space.
 * Throws a TypeError that names the place for anything that would not come back from JSON and UTF-8 as it
 * went in: undefined, NaN, infinities, big integers, functions, dates and other instances, lone surrogates.
 */
export function canonicalJson(value: unknown, path = '$'): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    // Array.from visits holes as undefined, which map would leave out.
    return `[${Array.from(value, (item, index) => canonicalJson(item, `${path}[${index}]`)).join(',')}]`;
  }
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${canonicalJson(key, path)}:${canonicalJson(value[key], `${path}.${key}`)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`${path} is not JSON that survives a round trip`);
}

/** SHA-256 of a text's UTF-8 bytes, 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The draft as the next entry after `previous`; throws as {@link canonicalJson} does. */
export function link(previous: Tip | undefined, draft: AuditDraft): AuditEntry {
  const tip = previous ?? GENESIS;
  const entry = { ...draft, seq: tip.seq + 1, previous: tip.hash, hash: '' };
  return { ...entry, hash: hashOf(entry) };
}

/** True when the entry's content, place and `previous` are what its hash was made of. */
export function isUnchanged(entry: AuditEntry): boolean {
  try {
    return hashOf(entry) === entry.hash;
  } catch {
    return false; // What has no canonical form was never hashed.
  }
}

function hashOf({ hash: _, ...body }: AuditEntry): string {
  return sha256(canonicalJson(body));
}

/** The first `seq` at which the entries are not an unbroken chain from `previous` on. */
export function breaksAt(previous: Tip, entries: readonly AuditEntry[]): number | undefined {
  let tip = previous;
  for (const entry of entries) {
    const follows = entry.seq === tip.seq + 1 && entry.previous === tip.hash;
    if (!follows || !isUnchanged(entry)) return tip.seq + 1;
    tip = entry;
  }
  return undefined;
}

/** True when the value has the fields of an entry. Further fields stay: the hash covers them too. */
export function isAuditEntry(value: unknown): value is AuditEntry {
  return (
    isJsonObject(value) &&
    isSeq(value['seq']) &&
    ['id', 'at', 'kind', 'actor', 'because', 'previous', 'hash'].every(
      (field) => typeof value[field] === 'string',
    ) &&
    ['case', 'request'].every((field) => ['string', 'undefined'].includes(typeof value[field])) &&
    (value['detail'] === undefined || isJsonObject(value['detail']))
  );
}

/** True for 1, 2, 3 … */
export function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
