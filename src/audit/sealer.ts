/** Copies the unsealed end of the chain into the vault, segment by segment, each with its head. */
import { breaksAt, canonicalJson, GENESIS, type Tip } from './chain.ts';
import type { AuditLog, Vault } from './ports.ts';
import {
  HEADS,
  type Head,
  headKey,
  headOf,
  parseHead,
  parseSegment,
  type Segment,
  segmentKey,
  segmentOf,
  seqOfKey,
} from './seal.ts';

/** Why nothing may be sealed on top: the table or the vault is not what Cordon left there. */
export interface SealRefusal {
  readonly kind: 'refused';
  readonly seq: number;
  readonly because: string;
}

interface Sealing {
  readonly log: AuditLog;
  readonly vault: Vault;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** The most entries in one segment. */
  readonly sealEvery: number;
}

type Found = { readonly kind: 'found'; readonly head: Head | undefined } | SealRefusal;

type Sealed = { readonly kind: 'sealed'; readonly head: Head } | SealRefusal;

/** A page of an S3 listing; each head seals at least one entry, so a window of so many is one call. */
const WINDOW = 1000;

/** The newest head. Looks back from the end of the chain, so that the cost does not grow with history. */
export async function newestHead(vault: Vault, lastSeq: number): Promise<Found> {
  let key: string | undefined;
  for (let back = WINDOW; key === undefined; back *= 10) {
    key = (await vault.list(HEADS, headKey(Math.max(0, lastSeq - back)))).at(-1);
    if (key === undefined && back >= lastSeq) return { kind: 'found', head: undefined };
  }
  const body = await vault.get(key);
  const head = body === undefined ? undefined : parseHead(body);
  return head && headKey(head.seq) === key
    ? { kind: 'found', head }
    : refused(seqOfKey(key) ?? lastSeq, `the newest head, ${key}, is not as it was written`);
}

/** Seals everything after `head`; answers the newest head, or why it had to stop. */
export async function sealAll(
  sealing: Sealing,
  head: Head | undefined,
): Promise<{ readonly sealed: number; readonly refusal?: SealRefusal }> {
  const last = (await sealing.log.last()) ?? GENESIS;
  let newest = head;
  while ((newest ?? GENESIS).seq < last.seq) {
    const step = await sealNext(sealing, newest, last.seq);
    if (step.kind === 'refused') return { sealed: (newest ?? GENESIS).seq, refusal: step };
    newest = step.head;
  }
  return { sealed: (newest ?? GENESIS).seq };
}

async function sealNext(sealing: Sealing, previous: Head | undefined, to: number): Promise<Sealed> {
  const segment = await putSegment(sealing, previous ?? GENESIS, to);
  if ('kind' in segment) return segment;
  const head = headOf(previous, segment, sealing.now);
  const body = await putOnce(sealing.vault, headKey(head.seq), canonicalJson(head));
  const there = parseHead(body);
  // A head that was there before may differ in the time alone, and then it is the one that counts.
  return there && canonicalJson(headOf(previous, segment, there.at)) === body
    ? { kind: 'sealed', head: there }
    : refused(head.seq, `${headKey(head.seq)} does not belong to ${head.segment}`);
}

/** Puts the segment after `tip`, or takes the one that lies there if the table agrees with it. */
async function putSegment(
  { log, vault, sealEvery }: Sealing,
  tip: Tip,
  lastSeq: number,
): Promise<Segment | SealRefusal> {
  const key = segmentKey(tip.seq + 1);
  const mine = await readSegment(log, tip, Math.min(tip.seq + sealEvery, lastSeq));
  if ('kind' in mine) return mine;
  const body = await putOnce(vault, key, canonicalJson(mine));
  if (body === canonicalJson(mine)) return mine;
  // Another chainer, or one that was killed before it wrote the head, ended the segment elsewhere.
  const theirs = parseSegment(body);
  const same = theirs && (await readSegment(log, tip, theirs.to));
  return same && canonicalJson(same) === body
    ? theirs
    : refused(tip.seq + 1, `${key} is not what the table says`);
}

/** The entries after `tip` up to `to`, which must follow it. */
async function readSegment(log: AuditLog, tip: Tip, to: number): Promise<Segment | SealRefusal> {
  const entries = await log.range(tip.seq + 1, to);
  const broken = breaksAt(tip, entries);
  const segment = broken === undefined ? segmentOf(entries) : undefined;
  return segment ?? refused(broken ?? tip.seq + 1, 'the table does not follow what is sealed');
}

/** Writes the object if it is absent; answers what lies there now. */
async function putOnce(vault: Vault, key: string, body: string): Promise<string> {
  if ((await vault.put(key, body)) === 'put') return body;
  return (await vault.get(key)) ?? '';
}

const refused = (seq: number, because: string): SealRefusal => ({ kind: 'refused', seq, because });
