#!/usr/bin/env node
/**
 * Bundles the functions for Lambda: dist/<function>/index.mjs, of web index.cjs (handler `index.handler`), with
 * what each is made of in dist/meta/<function>.json. The same input gives the same bytes.
 *
 *   node build.mjs [function …] [--config FILE] [--out FOLDER] [--code-cache NODE]
 *
 * NODE is the program that will run web, or one just like it: then web starts from a code cache.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { addCodeCache } from './supply/code-cache.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const functions = ['web', 'ingest', 'notify', 'worker', 'executor', 'tick', 'step-up'];

/**
 * Bolt loads every receiver it knows, although only the one it is given, Cordon's own, can ever run: 1.5 MB and
 * most of a cold start. What is used of them after all throws, by name.
 */
const unusedOfBolt =
  /^(\.\.?\/(receivers\/)?(AwsLambdaReceiver|HTTPReceiver|SocketModeReceiver|ExpressReceiver|SocketModeFunctions|HTTPResponseAck|HTTPModuleFunctions|custom-routes)|@slack\/(oauth|socket-mode)|express|raw-body|path-to-regexp)$/;

/** Any property is a function that throws, called or constructed; `instanceof` it works. */
const stub = (name) => `
  const unused = function () {
    throw new Error('${name} is not in this bundle: see unusedOfBolt in build.mjs');
  };
  module.exports = new Proxy({}, { get: (_, key) => (key === '__esModule' ? true : unused) });`;

export const withoutUnusedBolt = {
  name: 'without-unused-bolt',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: unusedOfBolt }, ({ path, importer }) =>
      /[\\/]@slack[\\/]bolt[\\/]/.test(importer)
        ? { path: basename(path), namespace: 'unused-bolt' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused-bolt' }, ({ path }) => ({ contents: stub(path) }));
  },
};

/**
 * An `import` of node:http makes a namespace of all that it exports. Its WebSocket is a getter behind
 * which all of undici is loaded: 70 ms of CPU and 14 MB at every cold start. `require` leaves it asleep.
 */
const httpWithoutUndici = {
  name: 'http-without-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'http', namespace: 'node-http' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'node-http' }, () => ({
      contents: "module.exports = require('node:http');",
    }));
  },
};

/** The owner's configuration in the place of the example. */
const withConfig = (file) => ({
  name: 'with-config',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/\.\.\/cordon\.config\.ts$/ }, () => ({ path: file }));
  },
});

const requiring = {
  js: "import{createRequire as cordonRequire}from'node:module';const require=cordonRequire(import.meta.url);",
};

/**
 * ES modules, because only they can leave the SDK's rarely used parts in files of their own. web has none of it
 * and is one CommonJS file, which a process that starts is sooner done with.
 */
const formatOf = (name) =>
  name === 'web'
    ? {
        format: 'cjs',
        outExtension: { '.js': '.cjs' },
        define: { 'import.meta.url': '__filename' },
      }
    : { format: 'esm', outExtension: { '.js': '.mjs' }, splitting: true, banner: requiring };

const bundle = async (name, { config, out }) => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: `src/lambdas/${name}.ts` },
    outdir: join(out, name),
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    ...formatOf(name),
    plugins: [withConfig(config), withoutUnusedBolt, httpWithoutUndici],
  });
  writeFileSync(join(out, 'meta', `${name}.json`), JSON.stringify(metafile));
};

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: 'cordon.config.ts' },
      out: { type: 'string', default: 'dist' },
      'code-cache': { type: 'string' },
    },
  });
  const to = { config: resolve(values.config), out: resolve(values.out) };
  const wanted = positionals.length > 0 ? positionals : functions;
  for (const name of wanted) rmSync(join(to.out, name), { recursive: true, force: true });
  mkdirSync(join(to.out, 'meta'), { recursive: true });
  await Promise.all(wanted.map((name) => bundle(name, to)));
  const node = values['code-cache'];
  if (node && wanted.includes('web')) addCodeCache(join(to.out, 'web'), node);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
