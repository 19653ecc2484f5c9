/**
 * `npm run supply`: what Cordon is made of, checked from the lock file and what is installed. One line
 * for each check, then what is wrong and what to do. It ends with an error when anything is wrong. Only
 * the last check needs a network; where none answers, it says loudly that nothing is known.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundledIn, bundleProblems } from './bundled.ts';
import { readInstalled } from './installed.ts';
import { decisionsUsed, licenceProblems } from './licences.ts';
import { readLock, readManifest } from './lock.ts';
import { noticeOf } from './notice.ts';
import { pinProblems } from './pins.ts';
import { buildTwice } from './reproducible.ts';
import { readAudit } from './vulnerabilities.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const say = (name: string, verdict: string, lines: readonly string[] = []): void => {
  process.stdout.write(`${name.padEnd(16)} ${verdict}\n`);
  for (const line of lines) process.stdout.write(`  ${line}\n`);
};

const check = (name: string, fine: string, problems: readonly string[]): void => {
  say(name, problems.length === 0 ? `fine: ${fine}` : `${problems.length} WRONG`, problems);
  if (problems.length > 0) process.exitCode = 1;
};

const lock = readLock(root);
const size = Object.keys(lock).length;
check('pins', `${size} packages, one version and hash each`, pinProblems(readManifest(root), lock));

const { packages, problems } = readInstalled(root, lock);
check('installed', 'as locked', problems);
check('licences', `${packages.length} packages, permissive or decided`, licenceProblems(packages));
for (const decision of decisionsUsed(packages)) say('  decided', decision);

const built = buildTwice(root);
check('reproducible', 'each function has the same bytes, built in two folders', built.problems);

const bundled = bundledIn(built.metafiles);
check(
  'bundles',
  `code of ${bundled.size} packages, none needs a script`,
  bundleProblems(bundled, lock),
);
const notice = noticeOf(root, bundled, lock);
check('notice', `${Math.ceil(notice.length / 1000)} kB of terms, none missing`, []);

const audit = readAudit(
  spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  }).stdout ?? '',
);
if (audit.kind === 'asked') check('vulnerabilities', 'none known in production', audit.problems);
else say('vulnerabilities', `NOT CHECKED, nothing is known: ${audit.because}`);
