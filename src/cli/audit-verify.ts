/** `cordon audit verify`: reads the audit record, says whether it is what it was, and what to do if not. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '../audit/chain.ts';
import { folderVault } from '../audit/folder-vault.ts';
import type { AuditProblem, ProblemCode } from '../audit/problem.ts';
import { HEADS, SEGMENTS, type SealedObject } from '../audit/seal.ts';
import { type AuditRecord, type AuditVerdict, verifyAudit } from '../audit/verify.ts';
import { askWorld } from './ask-world.ts';

/** Where the record is read from. */
export type AuditSource =
  /** Address of a running local world, `http://127.0.0.1:PORT`; its `GET /audit` is read. */
  | { readonly world: string }
  /** An export of the table (`.json`: an array; `.jsonl`: an entry a line), and a folder that holds `audit/`. */
  | { readonly entries: string; readonly sealed: string };

/** What the command prints, and its exit code: 0 intact, 1 broken, 2 the record cannot be read. */
export interface AuditReport {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}

/** Verifies the record; never throws. */
export async function auditVerify({ source }: { source: AuditSource }): Promise<AuditReport> {
  try {
    const record = 'world' in source ? await fromWorld(source.world) : await fromFiles(source);
    const verdict = verifyAudit(record);
    return verdict.kind === 'intact'
      ? { text: intactText(verdict), code: 0 }
      : { text: brokenText(verdict.problems, record.entries.length), code: 1 };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { text: `The audit record cannot be read: ${because}\n`, code: 2 };
  }
}

async function fromWorld(world: string): Promise<AuditRecord> {
  const address = new URL('/audit', world);
  const response = await askWorld(address);
  if (!response.ok) throw new Error(`${address} answers with status ${response.status}.`);
  const answer: unknown = await response.json();
  if (!isJsonObject(answer) || !Array.isArray(answer['entries']))
    throw new Error(`${address} does not answer with { entries, segments, heads }.`);
  return {
    entries: answer['entries'],
    segments: sealedObjects(answer['segments'], 'segments'),
    heads: sealedObjects(answer['heads'], 'heads'),
  };
}

function sealedObjects(value: unknown, name: string): readonly SealedObject[] {
  if (Array.isArray(value) && value.every(isSealedObject)) return value;
  throw new Error(`"${name}" is not a list of { key, body }.`);
}

function isSealedObject(value: unknown): value is SealedObject {
  return (
    isJsonObject(value) && typeof value['key'] === 'string' && typeof value['body'] === 'string'
  );
}

async function fromFiles(source: { entries: string; sealed: string }): Promise<AuditRecord> {
  // A wrong path must not look like a vault from which everything was removed.
  if (!existsSync(join(source.sealed, 'audit')))
    throw new Error(`${source.sealed} holds no folder "audit" with segments and heads.`);
  const text = readFileSync(source.entries, 'utf8');
  return {
    entries: source.entries.endsWith('.jsonl') ? jsonLines(text) : jsonArray(text),
    segments: await objectsBelow(source.sealed, SEGMENTS),
    heads: await objectsBelow(source.sealed, HEADS),
  };
}

function jsonArray(text: string): readonly unknown[] {
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) return value;
  throw new Error(
    'the file of entries is not a JSON array; name it .jsonl if it has an entry a line.',
  );
}

function jsonLines(text: string): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));
}

async function objectsBelow(folder: string, prefix: string): Promise<readonly SealedObject[]> {
  const vault = folderVault(folder);
  const keys = await vault.list(prefix, '');
  return Promise.all(keys.map(async (key) => ({ key, body: (await vault.get(key)) ?? '' })));
}

function intactText(verdict: Extract<AuditVerdict, { kind: 'intact' }>): string {
  const unsealed = verdict.entries - verdict.sealed;
  return [
    `The audit record is intact: ${verdict.entries} entries, sealed up to ${verdict.sealed}.`,
    ...(unsealed > 0
      ? [`${unsealed} not sealed yet: only the hash chain protects them. The next tick seals them.`]
      : []),
    `Hash of the newest entry: ${verdict.head}`,
    '',
  ].join('\n');
}

function brokenText(problems: readonly AuditProblem[], entries: number): string {
  const advice = new Set(problems.map(({ code }) => ADVICE[code]));
  return [
    `The audit record is BROKEN: ${problems.length} problem(s), ${entries} entries read.`,
    '',
    ...problems.map(({ code, seq, to, because }) => {
      const where = to > seq ? `entries ${seq} to ${to}` : `entry ${seq}`;
      return `  ${code.padEnd(16)} ${where}: ${because}`;
    }),
    '',
    'What to do next:',
    ...[...advice].map((line) => `  - ${line}`),
    '',
  ].join('\n');
}

const TABLE =
  'Somebody other than the chainer wrote to the requests table. Repair nothing yet: export the table, find ' +
  'the writer in CloudTrail, and read the entries as they were from the sealed segments (audit/segments/).';
const BUCKET =
  'An object of the evidence bucket is not the one that was written. Under object lock the first version ' +
  'is still there: list the versions of that key, and find who wrote the newer one or the delete marker.';
const SEALING =
  'Sealing was interrupted, or an object was removed. Verify again after the next tick (one minute); if it ' +
  "stays, read tick's log for why it refuses to seal, and list the versions of the key in the bucket.";

const ADVICE: { readonly [code in ProblemCode]: string } = {
  changed: TABLE,
  missing: TABLE,
  truncated: TABLE,
  rewritten: TABLE,
  reordered: TABLE,
  'segment-changed': BUCKET,
  'segment-missing': BUCKET,
  'head-changed': BUCKET,
  'head-missing': SEALING,
  'unsealed-gap': SEALING,
};
