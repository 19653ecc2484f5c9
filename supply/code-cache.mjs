/**
 * A code cache for a function that is one CommonJS file: what V8 made of it when it was built, so that a
 * process that starts need not make it again. It can only ever be slower without it: a cache that another
 * Node made is refused by V8, and one of other code by the digest in front of it, because V8 itself compares
 * no more than the length. https://nodejs.org/api/vm.html#scriptcreatecacheddata
 */
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands at the place of the function, which is beside it. */
const loader = `'use strict';
const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { Script, constants } = require('node:vm');
const filename = join(__dirname, 'function.cjs');
const code = readFileSync(filename);
const digest = createHash('sha256').update(code).digest();
const kept = () => {
  try {
    const file = readFileSync(join(__dirname, 'function.cache'));
    return file.subarray(0, 32).equals(digest) ? file.subarray(32) : undefined;
  } catch {
    return undefined;
  }
};
const script = new Script('(function(exports,require,module,__filename,__dirname){' + code + '\\n})', {
  filename,
  cachedData: kept(),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const made = { exports: {} };
script.runInThisContext()(made.exports, require, made, filename, __dirname);
module.exports = made.exports;
`;

/** Runs in the Node that the cache is for, with nothing that the function could reach. */
const maker = (folder) => `
  const { writeFileSync } = require('node:fs');
  const vm = require('node:vm');
  let made;
  vm.Script = class extends vm.Script {
    constructor(...given) {
      super(...given);
      made = this;
    }
  };
  process.on('unhandledRejection', () => {});
  require(${JSON.stringify(join(folder, 'index.cjs'))});
  const code = require('node:fs').readFileSync(${JSON.stringify(join(folder, 'function.cjs'))});
  const digest = require('node:crypto').createHash('sha256').update(code).digest();
  writeFileSync(
    ${JSON.stringify(join(folder, 'function.cache'))},
    Buffer.concat([digest, made.createCachedData()]),
  );
  process.exit(0);`;

/** Enough for it to load; whatever it asks for is refused by a port that nobody listens at. */
const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  CORDON_JOBS_QUEUE_URL: 'http://127.0.0.1:9/jobs',
  CORDON_SLACK_SECRET_ID: 'cordon-slack',
};

/** `folder` has web as index.cjs; `node` is the program that will run it, or one just like it. */
export const addCodeCache = (folder, node) => {
  rmSync(join(folder, 'function.cache'), { force: true });
  renameSync(join(folder, 'index.cjs'), join(folder, 'function.cjs'));
  writeFileSync(join(folder, 'index.cjs'), loader);
  execFileSync(node, ['-e', maker(folder)], { env: environment, stdio: 'inherit' });
};
