import { beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson, GENESIS, isAuditEntry, link, sha256 } from '../../src/audit/chain.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import type { SealedObject } from '../../src/audit/seal.ts';
import { type AuditRecord, verifyAudit } from '../../src/audit/verify.ts';
import { draft, tenEntries } from './memory.ts';

let record: AuditRecord;
let rows: readonly AuditEntry[];
beforeEach(async () => {
  record = await tenEntries();
  rows = record.entries.filter(isAuditEntry);
});

/** `code seq–to` of each problem. */
const problems = (changed: Partial<AuditRecord>): readonly string[] => {
  const verdict = verifyAudit({ ...record, ...changed });
  return verdict.kind === 'intact'
    ? []
    : verdict.problems.map(({ code, seq, to }) => `${code} ${seq}${to > seq ? `–${to}` : ''}`);
};

const at = (seq: number): AuditEntry => {
  const entry = rows[seq - 1];
  if (!entry) throw new Error(`The test has no entry ${seq}`);
  return entry;
};

const replaced = (seq: number, by: unknown): readonly unknown[] =>
  rows.map((entry) => (entry.seq === seq ? by : entry));

const without = (...seqs: readonly number[]): readonly unknown[] =>
  rows.filter(({ seq }) => !seqs.includes(seq));

/** The chain with `because` of entry `seq` changed and everything from there on computed anew. */
const recomputed = (seq: number, until = 10): readonly AuditEntry[] => {
  const chain: AuditEntry[] = [];
  for (const { hash, previous, ...body } of rows) {
    const because = body.seq === seq ? 'another' : body.because;
    const keep = body.seq < seq || body.seq > until;
    chain.push(keep ? at(body.seq) : link(chain.at(-1), { ...body, because }));
  }
  return chain;
};

const key = (kind: 'segments' | 'heads', seq: number): string =>
  `audit/${kind}/${String(seq).padStart(12, '0')}.json`;

const edited = (
  objects: readonly SealedObject[],
  name: string,
  edit: (body: string) => string,
): readonly SealedObject[] =>
  objects.map((object) => (object.key === name ? { ...object, body: edit(object.body) } : object));

const dropped = (objects: readonly SealedObject[], ...names: readonly string[]) =>
  objects.filter((object) => !names.includes(object.key));

const forgedHead = (body: string, change: object): string => {
  const { seal, ...old } = JSON.parse(body);
  const head = { ...old, ...change };
  return canonicalJson({ ...head, seal: sha256(canonicalJson(head)) });
};

describe('an untouched record', () => {
  test('is intact, and says how much is sealed', () => {
    const hash = at(10).hash;
    expect(verifyAudit(record)).toEqual({ kind: 'intact', entries: 10, sealed: 8, head: hash });
  });

  test('is intact when it is empty', () => {
    expect(verifyAudit({ entries: [], segments: [], heads: [] })).toEqual({
      kind: 'intact',
      entries: 0,
      sealed: 0,
      head: GENESIS.hash,
    });
  });

  test('is intact in whatever order the vault lists its objects', () => {
    const { segments, heads } = record;
    expect(problems({ segments: [...segments].reverse(), heads: [...heads].reverse() })).toEqual(
      [],
    );
  });

  test('says when nothing was ever sealed', () => {
    expect(problems({ segments: [], heads: [] })).toEqual(['unsealed-gap 1–10']);
  });
});

const TABLE: readonly (readonly [string, () => readonly unknown[], readonly string[]])[] = [
  ['an added field', () => replaced(5, { ...at(5), note: 'added' }), ['changed 5']],
  ['something that is no entry', () => replaced(5, 'gone'), ['changed 5']],
  [
    'two changed neighbours as one run',
    () => rows.map((entry) => (entry.seq > 4 && entry.seq < 7 ? { ...entry, actor: 'x' } : entry)),
    ['changed 5–6'],
  ],
  ['a change whose own hash was made right', () => recomputed(5, 5), ['changed 5']],
  ['such a change in a first entry', () => recomputed(1, 1), ['changed 1']],
  ['such a change behind the seals', () => recomputed(9, 9), ['changed 9']],
  [
    'an entry linked to another chain',
    () => replaced(6, link({ seq: 5, hash: 'f'.repeat(64) }, draft(6))),
    ['changed 6'],
  ],
  [
    'a first entry that follows something',
    () => replaced(1, link({ seq: 0, hash: 'f'.repeat(64) }, draft(1))),
    ['changed 1'],
  ],
  ['a deleted first entry', () => without(1), ['missing 1']],
  ['a deleted entry in the middle', () => without(5), ['missing 5']],
  ['several deleted entries', () => without(2, 4, 5, 6), ['missing 2', 'missing 4–6']],
  ['a deleted entry that was not sealed', () => without(9), ['missing 9']],
  ['a table cut off after sealing', () => rows.slice(0, 6), ['truncated 7–8']],
  ['an empty table', () => [], ['truncated 1–8']],
  ['a deletion and a cut', () => without(3, 8, 9, 10), ['missing 3', 'truncated 8']],
  [
    'two entries that changed places',
    () => [...rows.slice(0, 3), at(5), at(4), ...rows.slice(5)],
    ['reordered 4'],
  ],
  [
    'an entry that is there twice',
    () => [...rows.slice(0, 5), at(5), ...rows.slice(5)],
    ['reordered 5'],
  ],
  [
    'contents that changed places',
    () =>
      rows.map((entry) =>
        entry.seq === 4 ? { ...at(5), seq: 4 } : entry.seq === 5 ? { ...at(4), seq: 5 } : entry,
      ),
    ['changed 4–5'],
  ],
  ['the whole chain computed anew', () => recomputed(1), ['rewritten 1–8']],
  ['the chain computed anew from the middle', () => recomputed(6), ['rewritten 6–8']],
  [
    'an entry taken out and the rest computed anew',
    () => {
      const chain: AuditEntry[] = [];
      for (const { hash, previous, seq, ...body } of rows.filter((entry) => entry.seq !== 3))
        chain.push(link(chain.at(-1), body));
      return chain.slice(0, 7);
    },
    ['rewritten 3–7', 'truncated 8'],
  ],
  [
    'a false number far away, without counting up to it',
    () => [...rows, link({ seq: 1e15, hash: 'f'.repeat(64) }, draft(11))],
    ['missing 11–1000000000000000'],
  ],
];

describe('in the table, it finds', () => {
  const fields = Object.keys(link(undefined, draft(1)));

  test.each(fields)('a changed %s, at its entry, wherever it is', (field) => {
    for (const seq of [1, 5, 8, 9, 10]) {
      for (const value of ['another', 99, null, { tier: 1 }]) {
        expect(problems({ entries: replaced(seq, { ...at(seq), [field]: value }) })).toEqual([
          `changed ${seq}`,
        ]);
      }
    }
  });

  test.each(fields)('a removed %s', (field) => {
    const left = Object.entries(at(5)).filter(([name]) => name !== field);
    expect(problems({ entries: replaced(5, Object.fromEntries(left)) })).toEqual(['changed 5']);
  });

  test.each(TABLE)('%s', (_, tampered, found) => {
    expect(problems({ entries: tampered() })).toEqual(found);
  });
});

const heads = (edit: (body: string) => string, seq = 6) => ({
  heads: edited(record.heads, key('heads', seq), edit),
});
const segments = (edit: (body: string) => string, from = 4) => ({
  segments: edited(record.segments, key('segments', from), edit),
});

const VAULT: readonly (readonly [string, () => Partial<AuditRecord>, readonly string[]])[] = [
  [
    'a changed segment',
    () => segments((body) => body.replace('Because of 5', 'another')),
    ['segment-changed 4–6'],
  ],
  ['a segment with a byte more', () => segments((body) => `${body}\n`), ['segment-changed 4–6']],
  ['a segment that is not JSON', () => segments(() => ''), ['segment-changed 4–6']],
  [
    'the segment of other entries',
    () => segments(() => record.segments[0]?.body ?? ''),
    ['segment-changed 4–6'],
  ],
  [
    'a missing segment',
    () => ({ segments: dropped(record.segments, key('segments', 4)) }),
    ['segment-missing 4–6'],
  ],
  [
    'a missing first head',
    () => ({ heads: dropped(record.heads, key('heads', 3)) }),
    ['head-missing 3'],
  ],
  [
    'a missing head in the middle',
    () => ({ heads: dropped(record.heads, key('heads', 6)) }),
    ['head-missing 6'],
  ],
  [
    'a missing newest head',
    () => ({ heads: dropped(record.heads, key('heads', 8)) }),
    ['head-missing 8'],
  ],
  [
    'no heads at all',
    () => ({ heads: [] }),
    ['head-missing 3', 'head-missing 6', 'head-missing 8'],
  ],
  [
    'a missing head and its segment',
    () => ({
      heads: dropped(record.heads, key('heads', 6)),
      segments: dropped(record.segments, key('segments', 4)),
    }),
    ['unsealed-gap 4–6'],
  ],
  [
    'a missing head whose segment is a copy of the one before',
    () => ({
      heads: dropped(record.heads, key('heads', 6)),
      segments: edited(record.segments, key('segments', 4), () => record.segments[0]?.body ?? ''),
    }),
    ['unsealed-gap 4–6', 'segment-changed 4'],
  ],
  [
    'two missing heads and the segment of one',
    () => ({
      heads: dropped(record.heads, key('heads', 3), key('heads', 6)),
      segments: dropped(record.segments, key('segments', 4)),
    }),
    ['head-missing 3', 'unsealed-gap 4–6'],
  ],
  ['a changed head', () => heads((body) => body.replace('10:00', '11:00')), ['head-changed 6']],
  [
    'a changed newest head',
    () => heads((body) => body.replace('10:00', '11:00'), 8),
    ['head-changed 8'],
  ],
  ['a head that is not JSON', () => heads(() => 'x'), ['head-changed 6']],
  [
    'a head under the name of another',
    () => heads(() => record.heads[0]?.body ?? ''),
    ['head-changed 6'],
  ],
  [
    'a head made anew',
    () => heads((body) => forgedHead(body, { at: '2026-11-22T11:00:00.000Z' })),
    ['head-changed 6'],
  ],
  [
    'a first head that follows another',
    () => heads((body) => forgedHead(body, { previousHead: 'f'.repeat(64) }), 3),
    ['head-changed 3', 'head-changed 3'],
  ],
  [
    'a head that seals again what was sealed',
    () => heads((body) => forgedHead(body, { from: 1, segment: key('segments', 1) })),
    ['segment-changed 1–6', 'head-changed 6', 'head-changed 6', 'head-missing 6'],
  ],
  [
    'a segment that nobody sealed',
    () => ({ segments: [...record.segments, { key: key('segments', 9), body: '{}' }] }),
    ['segment-changed 9'],
  ],
  [
    'an object of another name',
    () => ({ segments: [...record.segments, { key: 'audit/segments/x.json', body: '{}' }] }),
    ['segment-changed 0'],
  ],
];

describe('in the vault, it finds', () => {
  test.each(VAULT)('%s', (_, tampered, found) => {
    expect(problems(tampered())).toEqual(found);
  });

  /** The newest segment and its head put in place by someone who can compute seals. */
  const forgedNewest = (segment: object, change: object = {}): Partial<AuditRecord> => {
    const body = canonicalJson(segment);
    const head = { sha256: sha256(body), ...change };
    return {
      ...segments(() => body, 7),
      ...heads((old) => forgedHead(old, head), 8),
    };
  };

  test('a newest segment forged with its head, but not its hashes', () => {
    const entries = [at(7), { ...at(8), because: 'another' }];
    const forged = forgedNewest({ from: 7, to: 8, entries, head: at(8).hash });
    expect(problems(forged)).toEqual(['segment-changed 7–8']);
  });

  test('a newest segment forged with its head, but shorter than the head says', () => {
    const forged = forgedNewest({ from: 7, to: 7, entries: [at(7)], head: at(7).hash });
    expect(problems(forged)).toEqual(['segment-changed 7–8']);
  });

  test('a newest head forged to name other bytes', () => {
    const other = { sha256: 'f'.repeat(64) };
    expect(problems(heads((body) => forgedHead(body, other), 8))).toEqual(['segment-changed 7–8']);
  });

  test('a table rewritten together with the newest segment and its head, by its link to the rest', () => {
    const entries = recomputed(5);
    const [seventh, eighth] = entries.slice(6, 8);
    const forged = forgedNewest(
      { from: 7, to: 8, entries: [seventh, eighth], head: eighth?.hash },
      { hash: eighth?.hash },
    );
    expect(problems({ entries, ...forged })).toEqual(['rewritten 5–6']);
  });

  test('a table rewritten together with a segment, by the head that names the other bytes', () => {
    const entries = recomputed(5);
    const body = canonicalJson({
      from: 4,
      to: 6,
      entries: entries.slice(3, 6),
      head: entries[5]?.hash,
    });
    expect(problems({ entries, ...segments(() => body) })).toEqual([
      'segment-changed 4–6',
      'rewritten 6–8',
    ]);
  });
});

test('a newest seal that is gone whole cannot be told from one that was never made, but lowers the count', () => {
  const heads = dropped(record.heads, key('heads', 8));
  const segments = dropped(record.segments, key('segments', 7));
  expect(verifyAudit({ ...record, heads, segments })).toMatchObject({ kind: 'intact', sealed: 6 });
});
