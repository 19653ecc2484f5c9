/** Who runs, on what, and what a right answer is. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { entryIn } from '../house/lambda.ts';
import { acknowledgeClick, findingEvent, modalClick, wakeEvent } from './events.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = fileURLToPath(new URL('contestants/', import.meta.url));

export interface Contestant {
  readonly name: string;
  readonly file: string;
  /** `now`: milliseconds since 1970; `round`: a number that no other run has. */
  readonly event: (now: number, round: number) => unknown;
  /** The calls it has to have made, in any order. */
  readonly calls: readonly string[];
  /** `click`: its answer is a response with status 200. */
  readonly kind: 'click' | 'finding';
  /** Bytes of its entry with what that imports; undefined when it is not bundled. */
  readonly bytes?: number;
}

/** Minified, and one CommonJS file, as Cordon's web is. */
const bundled = async (name: string, folder: string): Promise<string> => {
  const outfile = join(folder, `${parse(name).name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [join(sources, name)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  return outfile;
};

const sized = (file: string): { readonly file: string; readonly bytes: number } => ({
  file,
  bytes: statSync(file).size,
});

/** Builds all of them into `folder`. */
export const contestantsIn = async (
  folder: string,
  node: string,
): Promise<readonly Contestant[]> => {
  const ours = ['web', 'ingest', 'notify'];
  execFileSync(process.execPath, ['build.mjs', ...ours, '--out', folder], { cwd: root });
  const own = (name: string) => sized(entryIn(join(folder, name)));
  const cached = join(folder, 'cached');
  execFileSync(process.execPath, ['build.mjs', 'web', '--out', cached, '--code-cache', node], {
    cwd: root,
  });
  const click = { kind: 'click', event: acknowledgeClick } as const;
  const kept = { calls: ['sqs'] };
  return [
    { name: 'bare handler', ...click, calls: [], file: join(sources, 'bare.cjs') },
    { name: 'limit', ...click, ...kept, ...sized(await bundled('limit.mjs', folder)) },
    { name: 'Cordon web', ...click, ...kept, ...own('web') },
    {
      name: 'Cordon web, with a code cache',
      ...click,
      ...kept,
      ...sized(join(cached, 'web/index.cjs')),
      bytes: statSync(join(cached, 'web/function.cjs')).size,
    },
    {
      name: 'Cordon web, with a modal',
      kind: 'click',
      event: modalClick,
      calls: ['sqs', 'slack views.open'],
      ...own('web'),
    },
    {
      name: "Slack's example",
      ...click,
      calls: ['slack auth.test'],
      file: join(sources, 'example-bare.cjs'),
    },
    {
      name: "Slack's example, bundled",
      ...click,
      calls: ['slack auth.test'],
      ...sized(await bundled('example-bare.cjs', folder)),
    },
    {
      name: "Slack's example that keeps the click, bundled",
      ...click,
      calls: ['slack auth.test', 'sqs'],
      ...sized(await bundled('example.mjs', folder)),
    },
    {
      name: 'Cordon ingest',
      kind: 'finding',
      event: (now, round) => findingEvent(round, now),
      calls: ['sqs'],
      ...own('ingest'),
    },
    {
      name: 'Cordon notify',
      kind: 'finding',
      event: wakeEvent,
      calls: ['slack chat.postMessage'],
      ...own('notify'),
    },
    {
      name: 'finding to webhook',
      kind: 'finding',
      event: (now, round) => findingEvent(round, now),
      calls: ['webhook'],
      ...sized(await bundled('webhook.mjs', folder)),
    },
  ];
};
