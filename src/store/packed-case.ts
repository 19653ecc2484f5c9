/** A case as it lies in the table: told findings repeat each other, so they are deflated. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Case } from '../cases/case.ts';
import { readVersioned } from './table.ts';

/** A fifth of the units to write and to read. */
type Packed = Omit<Case, 'findings'> & { readonly findings: Uint8Array };

export const packed = (value: Case): Packed => ({
  ...value,
  findings: deflateRawSync(JSON.stringify(value.findings)),
});

/** The case of an item; throws `NewerSchema`. */
export const unpacked = (item: Parameters<typeof readVersioned>[0]): Case | undefined => {
  const stored = readVersioned<Packed>(item);
  return (
    stored && {
      ...stored,
      findings: JSON.parse(inflateRawSync(stored.findings).toString('utf8')) as Case['findings'],
    }
  );
};
