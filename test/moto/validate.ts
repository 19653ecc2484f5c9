/** Asks botocore's service models, which AWS wrote, what is wrong with requests. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Action } from '../../src/actions/action.ts';
import { findMoto } from './find-moto.ts';
import type { Answered } from './stand-in.ts';
import type { Sent } from './watch.ts';

/** moto_server's own python has botocore; behind a version manager's shim it is the usual one. */
const python = (): string => {
  const [shebang = ''] = readFileSync(findMoto() ?? '', 'utf8').split('\n', 1);
  return /^#!(\S*python\S*)$/.exec(shebang)?.[1] ?? 'python3';
};

const script = fileURLToPath(new URL('validate.py', import.meta.url));

/** One line for each problem; equal requests and answers are looked at once. Throws when the script fails. */
export const problemsOf = (requests: readonly (Sent | Answered)[]): readonly string[] => {
  const { status, stdout, stderr, error } = spawnSync(python(), [script], {
    input: [...new Set(requests.map((request) => `${JSON.stringify(request)}\n`))].join(''),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`validate.py: ${stderr}`, { cause: error });
  return stdout.split('\n').filter((line) => line !== '');
};

/** `ec2:CreateTags`, sorted, each once. */
export const operationsIn = (requests: readonly Sent[]): readonly string[] =>
  [...new Set(requests.map(({ service, operation }) => `${service}:${operation}`))].sort();

/** What an action declares, and the session that it needs. */
export const operationsOf = (action: Action): readonly string[] =>
  [...new Set(['sts:AssumeRole', ...Object.values(action.permissions).flat()])].sort();
