/** The memory of the benchmarks: one line a run in bench/results/history.jsonl, so that a regression shows. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const git = (...words: readonly string[]): string =>
  execFileSync('git', [...words], { cwd: root, encoding: 'utf8' }).trim();

/** The commit that was measured; `+` where files were changed since, `unknown` without git. */
const commit = (): string => {
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
};

const rounded = (figure: number | undefined): number | null =>
  figure === undefined || Number.isNaN(figure) ? null : Math.round(figure * 1000) / 1000;

/** Figures by name, with two or three digits after the point; null where there is none. */
export const remember = (
  bench: string,
  figures: Readonly<Record<string, number | undefined>>,
): void => {
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const line = {
    at: new Date().toISOString(),
    commit: commit(),
    bench,
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, figure]) => [name, rounded(figure)]),
    ),
  };
  appendFileSync(join(folder, 'history.jsonl'), `${JSON.stringify(line)}\n`);
};
