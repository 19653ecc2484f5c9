/**
 * Seals: segments hold copies of the entries, heads say which segment is the next and are chained among
 * themselves. Pure. A segment is named for its first entry alone, so that of two chainers (or one that
 * was killed and started again) exactly one decides where the segment from there ends.
 */
import {
  breaksAt,
  canonicalJson,
  GENESIS,
  isAuditEntry,
  isJsonObject,
  isSeq,
  sha256,
} from './chain.ts';
import type { AuditEntry } from './entry.ts';

/** Where segments lie: `audit/segments/000000000001.json`, by the first `seq` in it. */
export const SEGMENTS = 'audit/segments/';

/** Where heads lie: `audit/heads/000000000050.json`, by the last `seq` that is sealed with it. */
export const HEADS = 'audit/heads/';

/** An object of the vault; `body` is its text. */
export interface SealedObject {
  readonly key: string;
  readonly body: string;
}

/** An unbroken run of entries. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly AuditEntry[];
  /** Hash of the last entry. */
  readonly head: string;
}

/** Says that the chain up to `seq` is sealed, and where the last part of it lies. */
export interface Head {
  /** First and last `seq` of the segment. */
  readonly from: number;
  readonly seq: number;
  /** Hash of the entry `seq`. */
  readonly hash: string;
  /** When it was sealed, ISO 8601 UTC. */
  readonly at: string;
  /** Key of the segment and SHA-256 of its bytes. */
  readonly segment: string;
  readonly sha256: string;
  /** `seal` of the head before, 64 zeros for the first. */
  readonly previousHead: string;
  /** SHA-256 over the canonical JSON of everything above. */
  readonly seal: string;
}

/** Twelve digits, so that keys sort as numbers do. */
const nameOf = (seq: number): string => `${String(seq).padStart(12, '0')}.json`;

/** Key of the segment that starts at `from`. */
export const segmentKey = (from: number): string => SEGMENTS + nameOf(from);

/** Key of the head that seals up to `seq`. */
export const headKey = (seq: number): string => HEADS + nameOf(seq);

/** The number in a key; undefined for a name that Cordon did not give. */
export function seqOfKey(key: string): number | undefined {
  const digits = /\/(\d{12})\.json$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The entries, which are an unbroken run, as a segment; undefined for none. */
export function segmentOf(entries: readonly AuditEntry[]): Segment | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return undefined;
  return { from: first.seq, to: last.seq, entries, head: last.hash };
}

/** The head that seals a segment after `previous`. */
export function headOf(previous: Head | undefined, segment: Segment, at: string): Head {
  const body = {
    from: segment.from,
    seq: segment.to,
    hash: segment.head,
    at,
    segment: segmentKey(segment.from),
    sha256: sha256(canonicalJson(segment)),
    previousHead: previous?.seal ?? GENESIS.hash,
  };
  return { ...body, seal: sha256(canonicalJson(body)) };
}

/** The segment written in `body`, or undefined when it is not an unbroken run in canonical form. */
export function parseSegment(body: string): Segment | undefined {
  const value = parseCanonical(body);
  const entries = value?.['entries'];
  if (!Array.isArray(entries) || !entries.every(isAuditEntry)) return undefined;
  const segment = segmentOf(entries);
  const [first] = entries;
  if (!segment || !first || canonicalJson(segment) !== body) return undefined;
  const before = { seq: first.seq - 1, hash: first.previous };
  return breaksAt(before, entries) === undefined ? segment : undefined;
}

/** The head written in `body`, or undefined when it is not one or does not match its own seal. */
export function parseHead(body: string): Head | undefined {
  const value = parseCanonical(body);
  if (!isHead(value)) return undefined;
  const { seal, ...sealed } = value;
  return sha256(canonicalJson(sealed)) === seal ? value : undefined;
}

function isHead(value: unknown): value is Head {
  return (
    isJsonObject(value) &&
    isSeq(value['from']) &&
    isSeq(value['seq']) &&
    value['from'] <= value['seq'] &&
    ['hash', 'at', 'segment', 'sha256', 'previousHead', 'seal'].every(
      (field) => typeof value[field] === 'string',
    )
  );
}

/** The object in a text that is canonical JSON to the byte. */
function parseCanonical(body: string): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) && canonicalJson(value) === body ? value : undefined;
  } catch {
    return undefined; // Not JSON, or not JSON that Cordon writes.
  }
}
