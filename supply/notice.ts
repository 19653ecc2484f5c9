/** The notice that goes along with the functions: whose code is in them, and on what terms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundled } from './bundled.ts';
import { type Lock, nameOf, readManifest } from './lock.ts';

const isText = (file: string): boolean => /^(licen[cs]e|copying|notice)/i.test(file);

/** What a package says of its terms; some only name the licence, so its text is Cordon's own. */
const textsOf = (root: string, folder: string, licence: string | undefined): string => {
  const files = readdirSync(join(root, folder)).filter(isText).sort();
  if (files.length > 0)
    return files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim()).join('\n\n');
  if (licence === readManifest(root).license)
    return readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  throw new Error(
    `${folder} is under ${licence} but has no text of it: add it to supply/notice.ts`,
  );
};

const line = '-'.repeat(80);

/** Packages with the same text stand above it together. Equal bundles give equal bytes. */
export const noticeOf = (root: string, bundled: Bundled, lock: Lock): string => {
  const byText = new Map<string, string[]>();
  for (const [folder, functions] of bundled) {
    const { version, license } = lock[folder] ?? {};
    const text = textsOf(root, folder, license).replaceAll('\r\n', '\n');
    const entry = `${nameOf(folder)} ${version} (${license}), in ${functions.join(', ')}`;
    byText.set(text, [...(byText.get(text) ?? []), entry]);
  }
  return [
    'The functions of Cordon contain code of these packages, each under the terms below it.\n',
    ...[...byText].map(([text, entries]) => `${line}\n${entries.join('\n')}\n${line}\n\n${text}\n`),
  ].join('\n');
};
