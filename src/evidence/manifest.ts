/**
 * What lies in the evidence bucket for a gathering: one object a source, and a manifest that lists them
 * with their hashes. The manifest's own hash goes into the audit, so nobody changes one unnoticed. Pure.
 */
import { canonicalJson, sha256 } from '../audit/chain.ts';
import type { Found } from './source.ts';

/** Which gathering of which case, and by whose wish. */
export interface Gathered {
  readonly case: string;
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  /** Slack user id, or `cordon:worker` where nobody asked. */
  readonly askedBy: string;
}

/** One object, as the manifest lists it. */
export interface ListedObject {
  readonly key: string;
  /** Of the object's bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Id of the source. */
  readonly source: string;
  /** When it was read; ISO 8601 UTC. */
  readonly at: string;
  /** `account/region` of every call, sorted. */
  readonly places: readonly string[];
  /** AWS's names of the calls, sorted. */
  readonly calls: readonly string[];
}

interface Manifest extends Gathered {
  readonly format: 1;
  /** What the case names and nothing was asked about. */
  readonly leftOut: readonly string[];
  readonly objects: readonly ListedObject[];
}

/** An object to be stored. */
interface Stored {
  readonly key: string;
  readonly body: string;
  readonly sha256: string;
  readonly bytes: number;
}

const folderOf = ({ case: caseId, number }: Pick<Gathered, 'case' | 'number'>): string =>
  `cases/${caseId}/${number}`;

/** Half a surrogate pair would not survive UTF-8. */
export const wellFormed = <T extends string>(text: T): T =>
  text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') as T;

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'string' ? wellFormed(each) : each,
  );

const stored = (body: string, keyOf: (hash: string) => string): Stored => {
  const hash = sha256(body);
  return { key: keyOf(hash), body, sha256: hash, bytes: Buffer.byteLength(body) };
};

/**
 * The object of one source. Its key holds the beginning of its hash: a second try that reads something
 * else writes another object and never meets the first one.
 */
export const objectOf = (
  gathered: Gathered,
  read: Pick<ListedObject, 'source' | 'at' | 'places' | 'calls'>,
  found: Found,
): Stored =>
  stored(
    canonicalJson(plain({ format: 1, ...gathered, ...read, ...found })),
    (hash) => `${folderOf(gathered)}/${read.source}-${hash.slice(0, 16)}.json`,
  );

/** `leftOut`: what the case names and nothing was asked about. The same objects make the same manifest, whoever writes it; another one never meets it. */
export const manifestOf = (
  gathered: Gathered,
  objects: readonly ListedObject[],
  leftOut: readonly string[],
): Stored => {
  const manifest: Manifest = {
    format: 1,
    ...gathered,
    leftOut: leftOut.map(wellFormed),
    objects: objects.toSorted((a, b) => a.key.localeCompare(b.key)),
  };
  return stored(
    canonicalJson(manifest),
    (hash) => `${folderOf(gathered)}/manifest-${hash.slice(0, 16)}.json`,
  );
};
