/** `cordon export`: a case as a folder that proves itself, and the check of such a folder. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../audit/chain.ts';
import { type BundleFile, contents, type FoundFile, verifyBundle } from '../evidence/bundle.ts';
import { askWorld } from './ask-world.ts';

/** Where the case is read from. */
export type ExportSource =
  /** Address of a running local world. */
  | { readonly world: string }
  /** A deployment, with the caller's own credentials. */
  | {
      readonly region: string;
      readonly bucket: string | undefined;
      readonly tables: readonly [string, string];
    };

/** What the command prints, and its exit code: 0 done, 1 something is wrong, 2 cannot be done. */
export interface ExportReport {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}

interface Read {
  readonly files: readonly BundleFile[];
  readonly notes: readonly string[];
}

const isFile = (value: unknown): value is BundleFile =>
  isJsonObject(value) && typeof value['path'] === 'string' && typeof value['text'] === 'string';

const fromWorld = async (world: string, caseId: string): Promise<Read> => {
  const address = new URL('/export', world);
  const response = await askWorld(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ case: caseId }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!isJsonObject(answer) || !response.ok)
    throw new Error(
      isJsonObject(answer) && typeof answer['error'] === 'string'
        ? answer['error']
        : `${address} answers with status ${response.status}`,
    );
  const { files, notes } = answer;
  if (!Array.isArray(files) || !files.every(isFile) || !Array.isArray(notes))
    throw new Error(`${address} does not answer with { files, notes }`);
  return { files, notes: notes.map(String) };
};

const fromDeployment = async (
  source: Extract<ExportSource, { region: string }>,
  caseId: string,
): Promise<Read> => {
  const [{ GetCallerIdentityCommand, STSClient }, { exportDeployed }, { named }] =
    await Promise.all([
      import('@aws-sdk/client-sts'),
      import('../app/export-case.ts'),
      import('../app/names.ts'),
    ]);
  const { region, bucket, tables } = source;
  const { Account = '', Arn = '' } = await new STSClient({ region }).send(
    new GetCallerIdentityCommand({}),
  );
  const [casesTable, requestsTable] = tables;
  const evidenceBucket = bucket ?? `${named('evidence')}-${Account}-${region}`;
  const chance = { now: () => Date.now(), id: () => randomUUID().replaceAll('-', '') };
  const found = await exportDeployed(
    { region, casesTable, requestsTable, evidenceBucket },
    chance,
    { caseId, arn: Arn },
  );
  if (!found) throw new Error(`there is no case ${caseId} in ${casesTable}`);
  return found;
};

/** Of what another process answered: no path of it may lead out of the folder. */
const safePath = /^(?:[A-Za-z0-9-]+\/)*[A-Za-z0-9-]+\.json$/;

const write = (folder: string, files: readonly BundleFile[]): void => {
  const bad = files.find(({ path }) => !safePath.test(path));
  if (bad) throw new Error(`a file of the bundle is called ${JSON.stringify(bad.path)}`);
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx', mode: 0o444 });
  }
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes the bundle into `folder`, which may not be there yet. Never throws. */
export const exportInto = async (
  source: ExportSource,
  { caseId, folder }: { readonly caseId: string; readonly folder: string },
): Promise<ExportReport> => {
  try {
    if (existsSync(folder)) throw new Error(`${folder} is there already; nothing is overwritten`);
    const { files, notes } =
      'world' in source
        ? await fromWorld(source.world, caseId)
        : await fromDeployment(source, caseId);
    write(folder, files);
    const list = files.find(({ path }) => path === contents)?.text ?? '';
    const lines = [
      `Case ${caseId} is in ${folder}: ${files.length} files.`,
      `SHA-256 of ${contents}, which is in the audit too: ${hashOf(Buffer.from(list))}`,
      ...notes,
      `Check it with: cordon export --verify ${folder}`,
    ];
    return { text: lines.join('\n'), code: notes.length > 0 ? 1 : 0 };
  } catch (error) {
    return { text: `cordon export: ${error instanceof Error ? error.message : error}`, code: 2 };
  }
};

const filesIn = (folder: string): readonly FoundFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      return {
        path: file.slice(join(folder, '/').length).replaceAll('\\', '/'),
        sha256: hashOf(bytes),
        text: bytes.toString('utf8'),
      };
    });

/** Names every difference between the folder and what it says of itself. Never throws. */
export const verifyFolder = (folder: string): ExportReport => {
  try {
    const files = filesIn(folder);
    const differences = verifyBundle(files);
    const list = files.find(({ path }) => path === contents);
    if (differences.length === 0)
      return {
        text: [
          `The bundle is whole: ${files.length} files.`,
          `SHA-256 of ${contents}: ${list?.sha256}`,
          'Whoever changes a file can change the list too: compare that with the audit entry case.evidence-exported.',
        ].join('\n'),
        code: 0,
      };
    return {
      text: [
        `The bundle is NOT what was exported: ${differences.length} difference(s).`,
        ...differences.map(({ kind, path, because }) => `  ${kind.padEnd(8)} ${path}: ${because}`),
      ].join('\n'),
      code: 1,
    };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { text: `${folder} cannot be read: ${because}`, code: 2 };
  }
};
