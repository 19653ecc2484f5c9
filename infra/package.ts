/**
 * `npm run package`: dist/<function>.zip for each built function, ready for the code bucket, and
 * beside them whose code is in them: the notice with all licences, and the bill of materials. Equal
 * functions give equal bytes, so a checksum says whether anything changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../src/aws/rights.ts';
import { billOf, npmBill } from '../supply/bill-of-materials.ts';
import { bundledIn, readMetafiles } from '../supply/bundled.ts';
import { readLock, readManifest } from '../supply/lock.ts';
import { noticeOf } from '../supply/notice.ts';
import { zipOf } from '../supply/zip.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = process.env['CORDON_BUILT'] ?? 'dist';

const write = (name: string, contents: string | Uint8Array): void => {
  const file = join(folder, name);
  writeFileSync(file, contents);
  process.stdout.write(`${file}\n`);
};

for (const name of functionNames) write(`${name}.zip`, zipOf(join(folder, name)));

const lock = readLock(root);
const bundled = bundledIn(readMetafiles(folder));
const bill = billOf(npmBill(root), readManifest(root), bundled, lock);
write('third-party-notices.txt', noticeOf(root, bundled, lock));
write('bill-of-materials.cdx.json', `${JSON.stringify(bill, null, 2)}\n`);
