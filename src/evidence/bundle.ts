/**
 * A case as files that prove themselves: what is known of it, its part of the audit, and its evidence.
 * `bundle.json` lists every file with its hash; an audit entry names the hash of each manifest, and a
 * manifest that of each object. Pure.
 */
import { isAuditEntry, isJsonObject, isUnchanged, sha256 } from '../audit/chain.ts';
import type { AuditEntry } from '../audit/entry.ts';

export interface BundleFile {
  /** `case.json`, `evidence/cases/C…/1/manifest-….json` … */
  readonly path: string;
  readonly text: string;
}

/** What is exported. */
export interface Exported {
  readonly caseId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Who, as in the audit: `aws:arn:…`. */
  readonly by: string;
  readonly theCase: object;
  readonly requests: readonly object[];
  /** Of the case and its requests, ascending. */
  readonly entries: readonly AuditEntry[];
  /** Of the evidence bucket. */
  readonly objects: readonly { readonly key: string; readonly body: string }[];
}

export const contents = 'bundle.json';

/** No dot but the last, so that no key leads out of the folder. */
const safeKey = /^(?:[A-Za-z0-9-]+\/)+[A-Za-z0-9-]+\.json$/;

const drawn = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Throws for a key that could lead out of the folder. */
export const bundleOf = (exported: Exported): readonly BundleFile[] => {
  const { caseId, at, by, theCase, requests, entries, objects } = exported;
  const bad = objects.find(({ key }) => !safeKey.test(key));
  if (bad) throw new RangeError(`no object of Cordon is called ${JSON.stringify(bad.key)}`);
  const files: readonly BundleFile[] = [
    { path: 'case.json', text: drawn(theCase) },
    { path: 'requests.json', text: drawn(requests) },
    { path: 'audit.json', text: drawn(entries) },
    ...objects.map(({ key, body }) => ({ path: `evidence/${key}`, text: body })),
  ];
  const listed = files.map(({ path, text }) => ({
    path,
    sha256: sha256(text),
    bytes: new TextEncoder().encode(text).length,
  }));
  return [
    ...files,
    {
      path: contents,
      text: drawn({ format: 1, case: caseId, exportedAt: at, exportedBy: by, files: listed }),
    },
  ];
};

/** A file as it lies in the folder. */
export interface FoundFile {
  readonly path: string;
  /** Of its bytes. */
  readonly sha256: string;
  readonly text: string;
}

export interface Difference {
  readonly path: string;
  readonly kind: 'changed' | 'missing' | 'added';
  readonly because: string;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Named {
  readonly path: string;
  readonly sha256: string;
  readonly by: string;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `{ key | path, sha256 }` lists, whatever else they hold. */
const namedIn = (value: unknown, by: string, prefix = ''): readonly Named[] =>
  listOf(value).flatMap((one) => {
    if (!isJsonObject(one)) return [];
    const { key = one['path'], sha256: hash } = one as { readonly [name: string]: unknown };
    return typeof key === 'string' && typeof hash === 'string'
      ? [{ path: `${prefix}${key}`, sha256: hash, by }]
      : [];
  });

/** What audit entries say is stored. */
const namedByAudit = (entries: readonly AuditEntry[]): readonly Named[] =>
  entries
    .filter(({ kind }) => kind === 'case.evidence-stored')
    .flatMap(({ seq, detail = {} }) => {
      const by = `audit entry ${seq}`;
      return [
        ...namedIn([{ key: detail['manifest'], sha256: detail['sha256'] }], by, 'evidence/'),
        ...namedIn(detail['objects'], by, 'evidence/'),
      ];
    });

const namedByManifests = (files: readonly FoundFile[]): readonly Named[] =>
  files
    .filter(({ path }) => /^evidence\/cases\/.*\/manifest-[0-9a-f]+\.json$/.test(path))
    .flatMap(({ path, text }) => {
      const value = parsed(text);
      return isJsonObject(value) ? namedIn(value['objects'], path, 'evidence/') : [];
    });

const compared = (
  named: readonly Named[],
  files: ReadonlyMap<string, FoundFile>,
): readonly Difference[] =>
  named.flatMap(({ path, sha256: hash, by }): readonly Difference[] => {
    const found = files.get(path);
    if (!found) return [{ path, kind: 'missing', because: `${by} lists it` }];
    return found.sha256 === hash
      ? []
      : [{ path, kind: 'changed', because: `its SHA-256 is not the one in ${by}` }];
  });

const auditIn = (file: FoundFile | undefined) => {
  const all = listOf(parsed(file?.text ?? ''));
  const entries = all.filter(isAuditEntry);
  const broken = entries.filter((entry) => !isUnchanged(entry));
  const differences = broken.map(
    ({ seq }): Difference => ({
      path: 'audit.json',
      kind: 'changed',
      because: `entry ${seq} does not have its own hash`,
    }),
  );
  return { entries, differences };
};

/** One line for each file and kind, with the first reason. */
const once = (differences: readonly Difference[]): readonly Difference[] =>
  [
    ...new Map(
      differences.toReversed().map((one) => [`${one.kind} ${one.path}`, one] as const),
    ).values(),
  ].toReversed();

/** Every difference between the folder and what it says of itself; none when it is whole. */
export const verifyBundle = (found: readonly FoundFile[]): readonly Difference[] => {
  const files = new Map(found.map((file) => [file.path, file]));
  const value = parsed(files.get(contents)?.text ?? '');
  if (!isJsonObject(value))
    return [{ path: contents, kind: 'missing', because: 'without it nothing can be compared' }];
  const listed = namedIn(value['files'], contents);
  const audit = auditIn(files.get('audit.json'));
  const byAudit = namedByAudit(audit.entries);
  const known = new Set([contents, ...listed.map(({ path }) => path)]);
  const proven = new Set([...byAudit, ...namedByManifests(found)].map(({ path }) => path));
  const added = found
    .filter(({ path }) => !known.has(path))
    .map(
      ({ path }): Difference => ({ path, kind: 'added', because: `${contents} does not list it` }),
    );
  const unproven = found
    .filter(
      ({ path }) => path.startsWith('evidence/cases/') && known.has(path) && !proven.has(path),
    )
    .map(({ path }): Difference => ({ path, kind: 'added', because: 'no audit entry names it' }));
  return once([
    ...compared(listed, files),
    ...audit.differences,
    ...compared(byAudit, files),
    ...compared(namedByManifests(found), files),
    ...added,
    ...unproven,
  ]);
};
