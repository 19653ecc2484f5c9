/**
 * A case as it lies in the table: told findings repeat each other and what was decided about them, so
 * all of it is deflated into one value. What indexes and conditions need lies beside it.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Case } from '../cases/case.ts';
import { caseWords } from './case-words.ts';
import { type Item, readVersioned } from './table.ts';

type Body = Omit<Case, 'id' | 'version' | 'outbox'>;

/** A sixth of the text to write and to read. The outbox stays as it is: the chainer empties it. */
type PackedCase = Pick<Case, 'id' | 'version' | 'outbox'> & { readonly body: Uint8Array };

/** Layout 1. */
type PackedFindings = Omit<Case, 'findings'> & { readonly findings: Uint8Array };

const textOf = (bytes: Uint8Array, dictionary?: Uint8Array): string =>
  inflateRawSync(bytes, dictionary ? { dictionary } : {}).toString('utf8');

export const packed = ({ id, version, outbox, ...body }: Case): PackedCase => ({
  id,
  version,
  outbox,
  body: deflateRawSync(JSON.stringify(body satisfies Body), { dictionary: caseWords }),
});

/** The case of an item, of either layout. */
export const unpacked = (item: Item | undefined): Case | undefined => {
  const stored = readVersioned<PackedCase | PackedFindings>(item);
  if (!stored) return undefined;
  if ('findings' in stored)
    return { ...stored, findings: JSON.parse(textOf(stored.findings)) as Case['findings'] };
  const { body, ...beside } = stored;
  return { ...(JSON.parse(textOf(body, caseWords)) as Body), ...beside };
};
