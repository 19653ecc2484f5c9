/**
 * `npm run package`: dist/<function>.zip for each built function, ready for the code bucket, the templates
 * that take them from there, and whose code is in them: the notice with all licences, and the bill of materials. Equal
 * functions give equal bytes, so a checksum says whether anything changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../src/aws/rights.ts';
import { loadConfig } from '../src/config/load.ts';
import { billOf, npmBill } from '../supply/bill-of-materials.ts';
import { bundledIn, readMetafiles } from '../supply/bundled.ts';
import { readLock, readManifest } from '../supply/lock.ts';
import { noticeOf } from '../supply/notice.ts';
import { zipOf } from '../supply/zip.ts';
import { checksums, releaseTemplates } from './release.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = process.env['CORDON_BUILT'] ?? 'dist';

const written = new Map<string, string | Uint8Array>();

const write = (name: string, contents: string | Uint8Array): void => {
  written.set(name, contents);
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

process.env['CDK_VALIDATION'] = 'false';
for (const [name, text] of releaseTemplates(await loadConfig(process.env['CORDON_CONFIG'])))
  write(name, text);
write('sha256sums.txt', checksums(written));
