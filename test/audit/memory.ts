/** The chainer's ports in memory, with a hook before and after each call. */
import { link } from '../../src/audit/chain.ts';
import { chainOutboxes } from '../../src/audit/chainer.ts';
import type { AuditDraft, AuditEntry } from '../../src/audit/entry.ts';
import type { AuditLog, Outboxes, Vault } from '../../src/audit/ports.ts';
import type { AuditRecord } from '../../src/audit/verify.ts';

export interface Memory {
  readonly entries: Map<number, AuditEntry>;
  readonly marks: Set<string>;
  readonly boxes: Map<string, readonly AuditDraft[]>;
  readonly objects: Map<string, string>;
}

/** Called around each port call; throwing before means that the call never happened, after that it did. */
export interface Hook {
  readonly before?: (call: string) => Promise<void>;
  readonly after?: (call: string) => Promise<void>;
}

export function memory(boxes: { readonly [ref: string]: readonly AuditDraft[] } = {}): Memory {
  return {
    entries: new Map(),
    marks: new Set(),
    boxes: new Map(Object.entries(boxes)),
    objects: new Map(),
  };
}

export function ports(
  store: Memory,
  hook: Hook = {},
): { readonly log: AuditLog; readonly outboxes: Outboxes; readonly vault: Vault } {
  const call = async <T>(name: string, act: () => T): Promise<T> => {
    await hook.before?.(name);
    const result = act();
    await hook.after?.(name);
    return result;
  };
  const sorted = () => [...store.entries.values()].sort((a, b) => a.seq - b.seq);
  return {
    log: {
      last: () => call('log.last', () => sorted().at(-1)),
      put: (entry) => call('log.put', () => putOnce(store.entries, entry.seq, entry)),
      range: (from, to) =>
        call('log.range', () => sorted().filter(({ seq }) => from <= seq && seq <= to)),
      mark: (entry) => call('log.mark', () => void store.marks.add(entry.id)),
      hasDraft: (id) => call('log.hasDraft', () => store.marks.has(id)),
    },
    outboxes: {
      read: () =>
        call('outboxes.read', () => [...store.boxes].map(([ref, drafts]) => ({ ref, drafts }))),
      clear: (ref, ids) =>
        call('outboxes.clear', () => {
          const left = (store.boxes.get(ref) ?? []).filter(({ id }) => !ids.includes(id));
          if (left.length > 0) store.boxes.set(ref, left);
          else store.boxes.delete(ref);
        }),
    },
    vault: {
      put: (key, body) => call('vault.put', () => putOnce(store.objects, key, body)),
      get: (key) => call('vault.get', () => store.objects.get(key)),
      list: (prefix, after) =>
        call('vault.list', () =>
          [...store.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort(),
        ),
    },
  };
}

function putOnce<K, V>(map: Map<K, V>, key: K, value: V): 'put' | 'exists' {
  if (map.has(key)) return 'exists';
  map.set(key, value);
  return 'put';
}

/** What a verifier would read. */
export function recordOf(store: Memory): AuditRecord {
  const below = (prefix: string) =>
    [...store.objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, body]) => ({ key, body }));
  return {
    entries: [...store.entries.values()].sort((a, b) => a.seq - b.seq),
    segments: below('audit/segments/'),
    heads: below('audit/heads/'),
  };
}

/** The nth draft, each a second after the one before. */
export function draft(n: number, more: Partial<AuditDraft> = {}): AuditDraft {
  return {
    id: `case-1/${n}`,
    at: new Date(Date.UTC(2026, 10, 22, 9, 0, n)).toISOString(),
    kind: 'request.approved',
    actor: 'slack:T0CORDON/U0MARIA',
    case: 'case-1',
    request: 'request-1',
    because: `Because of ${n}`,
    detail: { tier: 2, approvals: ['U0MARIA', 'U0JONAS'] },
    ...more,
  };
}

export const drafts = (from: number, to: number): readonly AuditDraft[] =>
  Array.from({ length: to - from + 1 }, (_, index) => draft(from + index));

/** Entries 1–8 sealed in segments of three, as a verifier reads them; 9 and 10 wait to be sealed. */
export async function tenEntries(): Promise<AuditRecord> {
  const store = memory({ a: drafts(1, 8) });
  await chainOutboxes({ ...ports(store), now: '2026-11-22T10:00:00.000Z', sealEvery: 3 });
  const ninth = link(store.entries.get(8), draft(9));
  store.entries.set(9, ninth);
  store.entries.set(10, link(ninth, draft(10)));
  return recordOf(store);
}
