/** The sealed objects against each other: heads form a chain, each names one segment by its hash. Pure. */
import { GENESIS, sha256 } from './chain.ts';
import { type AuditProblem, type ProblemCode, problem } from './problem.ts';
import {
  type Head,
  headKey,
  parseHead,
  parseSegment,
  type SealedObject,
  type Segment,
  segmentKey,
  seqOfKey,
} from './seal.ts';

/** What the vault proves about the entries. */
export interface SealedTruth {
  /** Hash by `seq`, of every entry for which a sealed object can be believed. */
  readonly hashes: ReadonlyMap<number, string>;
  /** The last `seq` that is sealed. */
  readonly sealed: number;
  readonly problems: readonly AuditProblem[];
}

/** A head at its place; `head` is undefined when it is not as it was written. */
interface Reading {
  readonly seq: number;
  readonly head: Head | undefined;
}

type Bodies = ReadonlyMap<string, string>;

/** Checks the objects, in whatever order they come. */
export function checkSealed(
  segments: readonly SealedObject[],
  heads: readonly SealedObject[],
): SealedTruth {
  const bodies: Bodies = new Map(segments.map(({ key, body }) => [key, body]));
  const readings = heads.map(readHead).sort((a, b) => a.seq - b.seq);
  const sound = readings.flatMap(({ head }) => head ?? []);
  const hashes = new Map(sound.map(({ seq, hash }) => [seq, hash]));
  const problems = readings
    .filter(({ head }) => !head)
    .map(({ seq }) => problem('head-changed', seq, `${headKey(seq)} is not as it was written`));

  let before: Reading = { seq: 0, head: undefined };
  for (const reading of readings) {
    problems.push(...checkSuccession(before, reading, bodies));
    before = reading;
  }
  for (const head of sound) {
    const segment = checkSegment(head, bodies.get(head.segment));
    if ('code' in segment) problems.push(segment);
    else for (const { seq, hash } of segment.entries) hashes.set(seq, hash);
  }
  problems.push(...withoutHead(bodies, readings));
  return { hashes, sealed: sound.at(-1)?.seq ?? 0, problems };
}

function readHead({ key, body }: SealedObject): Reading {
  const head = parseHead(body);
  return head && headKey(head.seq) === key && head.segment === segmentKey(head.from)
    ? { seq: head.seq, head }
    : { seq: seqOfKey(key) ?? 0, head: undefined };
}

/** Does the head continue the one before? After a head that cannot be read nobody can tell. */
function checkSuccession(
  before: Reading,
  { head }: Reading,
  bodies: Bodies,
): readonly AuditProblem[] {
  if (!head || (before.seq > 0 && !before.head)) return [];
  const from = before.seq + 1;
  if (head.from < from)
    return [problem('head-changed', head.seq, 'it seals again what was sealed')];
  if (head.from > from) {
    const because = 'neither a segment nor a head is there for it, but later ones are';
    const open = segmentsEnd(from, bodies);
    return head.from > open ? [problem('unsealed-gap', [open, head.from - 1], because)] : [];
  }
  if (head.previousHead === (before.head?.seal ?? GENESIS.hash)) return [];
  return before.head
    ? [problem('head-changed', before.seq, `it is not the head that ${headKey(head.seq)} follows`)]
    : [problem('head-changed', head.seq, 'it is the first, but follows another')];
}

/** Where the segments from `from` on end; that their heads are missing is found by withoutHead. */
function segmentsEnd(from: number, bodies: Bodies): number {
  const at = (seq: number) => parseSegment(bodies.get(segmentKey(seq)) ?? '');
  let open = from;
  for (let next = at(open); next?.from === open; next = at(open)) open = next.to + 1;
  return open;
}

function checkSegment(head: Head, body: string | undefined): Segment | AuditProblem {
  const about = (code: ProblemCode, because: string): AuditProblem =>
    problem(code, [head.from, head.seq], `${head.segment} ${because}`);
  if (body === undefined) return about('segment-missing', 'is not there');
  if (sha256(body) !== head.sha256)
    return about('segment-changed', 'is not what its head was made for');
  const segment = parseSegment(body);
  const fits = segment?.from === head.from && segment.to === head.seq && segment.head === head.hash;
  return segment && fits ? segment : about('segment-changed', 'is not a whole run of entries');
}

/** Segments that no head names, other than those of heads that cannot be read. */
function withoutHead(bodies: Bodies, readings: readonly Reading[]): readonly AuditProblem[] {
  const named = new Set(readings.map(({ head }) => head?.segment));
  const unreadable = new Set(readings.filter(({ head }) => !head).map(({ seq }) => seq));
  return [...bodies].flatMap(([key, body]) => {
    const segment = parseSegment(body);
    if (named.has(key) || (segment && unreadable.has(segment.to))) return [];
    const seq = seqOfKey(key) ?? 0;
    return segment?.from === seq
      ? problem('head-missing', segment.to, `no head names ${key}`)
      : problem('segment-changed', seq, `${JSON.stringify(key)} is not a segment of that name`);
  });
}
