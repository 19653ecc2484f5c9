/**
 * Everything about a case for somebody outside Cordon: read with the exporter's own rights, and the
 * export itself goes into the audit, with the hash of the list of its files.
 */
import { sha256 } from '../../audit/chain.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import type { Vault } from '../../audit/ports.ts';
import type { Case } from '../../cases/case.ts';
import { type BundleFile, bundleOf, contents } from '../../evidence/bundle.ts';
import { requestsOf } from '../pacing/show-case.ts';
import { isoNow, type Ports } from '../ports.ts';

export interface ExportPorts extends Pick<Ports, 'chance'> {
  readonly cases: Pick<Ports['cases'], 'get'>;
  readonly requests: Pick<Ports['requests'], 'get' | 'note'>;
  readonly auditIndex: Pick<Ports['auditIndex'], 'of'>;
  readonly bucket: Pick<Vault, 'get' | 'list'>;
}

export interface CaseBundle {
  readonly files: readonly BundleFile[];
  /** What is not in it, or not in the audit, in whole sentences. */
  readonly notes: readonly string[];
}

const entriesOf = async (
  { auditIndex }: ExportPorts,
  theCase: Case,
): Promise<readonly AuditEntry[]> => {
  const owners = [theCase.id, ...theCase.requests];
  const found = await Promise.all(owners.map((id) => auditIndex.of(id)));
  const bySeq = new Map(found.flat().map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
};

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

/** Keys of what the audit says is stored for the case, its manifests included. */
const storedKeys = (entries: readonly AuditEntry[]): readonly string[] =>
  entries
    .filter(({ kind }) => kind === 'case.evidence-stored')
    .flatMap(({ detail = {} }) => {
      const { manifest, objects } = detail;
      const listed = Array.isArray(objects) ? objects : [];
      return [
        ...textOf(manifest),
        ...listed.flatMap((one: { readonly key?: unknown }) => textOf(one.key)),
      ];
    });

const capturedKeys = async ({ bucket }: ExportPorts, theCase: Case): Promise<readonly string[]> => {
  const found = await Promise.all(theCase.requests.map((id) => bucket.list(`captures/${id}/`, '')));
  return found.flat();
};

const unchained = (theCase: Case, keys: readonly string[]): readonly string[] =>
  (theCase.gatherings ?? [])
    .filter(({ found }) => found && !keys.includes(found.manifest.key))
    .map(
      ({ number }) =>
        `Evidence number ${number} is not in the audit yet, so it was left out: export again in a minute.`,
    );

/** Undefined when there is no such case. */
export const exportCase = async (
  ports: ExportPorts,
  caseId: string,
  by: string,
): Promise<CaseBundle | undefined> => {
  const theCase = await ports.cases.get(caseId);
  if (!theCase) return undefined;
  const [entries, requests] = await Promise.all([
    entriesOf(ports, theCase),
    requestsOf(ports, theCase.requests),
  ]);
  const stored = storedKeys(entries);
  const keys = [...new Set([...stored, ...(await capturedKeys(ports, theCase))])];
  const read = await Promise.all(
    keys.map(async (key) => ({ key, body: await ports.bucket.get(key) })),
  );
  const objects = read.flatMap(({ key, body }) => (body === undefined ? [] : [{ key, body }]));
  const lost = read.filter(({ body }) => body === undefined);
  const at = isoNow(ports.chance);
  const files = bundleOf({ caseId, at, by, theCase, requests, entries, objects });
  const hash = sha256(files.find(({ path }) => path === contents)?.text ?? '');
  const notes = [
    ...unchained(theCase, stored),
    ...lost.map(({ key }) => `The audit names ${key}, and the evidence bucket does not have it.`),
  ];
  const recorded = await ports.requests
    .note({
      id: `export/${ports.chance.id()}`,
      at,
      kind: 'case.evidence-exported',
      actor: by,
      case: caseId,
      because: `exported: ${files.length} files`,
      detail: { files: files.length, sha256: hash },
    })
    .then(() => [])
    .catch((error: unknown) => [
      `The export could not be written into the audit (${error instanceof Error ? error.name : 'unknown error'}): write down who has it.`,
    ]);
  return { files, notes: [...notes, ...recorded] };
};
