/**
 * `npm run package`: dist/<function>.zip for each built function, ready for the code bucket. Equal
 * functions give equal bytes, so a checksum says whether anything changed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { functionNames } from '../src/aws/rights.ts';

/** The earliest that a zip can say. */
const mtime = new Date(1980, 0, 1);

const filesIn = (folder: string): Zippable =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  );

const folder = process.env['CORDON_BUILT'] ?? 'dist';
for (const name of functionNames) {
  const file = join(folder, `${name}.zip`);
  writeFileSync(file, zipSync(filesIn(join(folder, name)), { level: 9, mtime }));
  process.stdout.write(`${file}\n`);
}
