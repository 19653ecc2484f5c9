import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/audit/chain.ts';
import { type AuditRecord, verifyAudit } from '../../src/audit/verify.ts';
import { tenEntries } from './memory.ts';

const record = await tenEntries();

test('nothing that changes one character of the table or the vault stays unseen', () => {
  const places = fc.record({
    where: fc.constantFrom('entries' as const, 'segments' as const, 'heads' as const),
    which: fc.nat(9),
    offset: fc.nat(),
    char: fc.constantFrom(...'0123456789abcdefxyz"{}:, \\\u00e9'),
  });
  fc.assert(
    fc.property(places, ({ where, which, offset, char }) => {
      const list: readonly unknown[] = record[where];
      const index = which % list.length;
      const target = list[index];
      const text = where === 'entries' ? canonicalJson(target) : bodyOf(target);
      const spot = offset % text.length;
      const other = text.slice(0, spot) + char + text.slice(spot + 1);
      fc.pre(!sameValue(where, text, other));
      const changed = list.map((item, n) => (n === index ? rebuilt(where, item, other) : item));
      expect(verifyAudit({ ...record, [where]: changed }).kind).toBe('broken');
    }),
    { numRuns: 2000, seed: 4 },
  );
});

const bodyOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'body' in value ? String(value.body) : '';

/** A row is read as JSON, so another spelling of the same value is no change; an object is read as bytes. */
function sameValue(where: keyof AuditRecord, text: string, other: string): boolean {
  if (where !== 'entries') return text === other;
  const value = parsed(other);
  return value !== undefined && canonicalJson(value) === text;
}

function rebuilt(where: keyof AuditRecord, item: unknown, text: string): unknown {
  return where === 'entries' ? parsed(text) : Object.assign({}, item, { body: text });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
