/**
 * The command line: `cordon start | replay | explain | suppressions | new rule | policy | …`. Each command
 * is loaded when it is asked for: some bring a dozen SDK clients, which the others should not wait for.
 */
import { parseArgs } from 'node:util';
import { named } from '../app/names.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load.ts';
import type { ReplayConfig } from './replay.ts';

/** What `cordon --help` prints. */
export const usage = `Usage: cordon <command>

  start [--port N] [--empty] [--closed]
                                    the local world on 127.0.0.1 (port 4747); --closed keeps
                                    accounts that events name unknown
  replay <file|dir>... [--json]     what would become of these events
  explain <file>                    which rule decides about an event, and why
                                    both: --suppressions FILE, those that may hide it
  suppressions [--table NAME]       those in force in a deployment, for that file
  review CASE [--world URL]         the review of a case as Markdown, from a running local world or
                                    from a deployment (--table NAME, --requests-table NAME)
  new rule <file> [--dir rules]     a rule file about the event in that file
  policy                            the IAM policies of the member roles
  scp                               the service control policy that protects Cordon's own roles
  document                          the SSM document with the commands of evidence.commands
  audit verify --world URL          check the audit of a running local world
  audit verify --entries FILE --sealed DIR
  export CASE [--out FOLDER] [--world URL] [--bucket NAME]
                                    a case with its audit and evidence, out of the deployment (or
                                    a local world), as files that prove themselves
  export --verify FOLDER            names what is not as it was exported
  install [--answers FILE]          from a clone to the first card, step by step; goes on where it
                                    was interrupted; FILE: JSON with the answers
  doctor [--before] [--json] [--manifest FILE]
                                    what is wrong with an installation and what to do; --before
                                    looks only at what needs no deployment

  --config FILE                     default: cordon.config.ts of this folder`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const complain = (line: string): number => {
  process.stderr.write(`${line}\n`);
  return 2;
};

const options = {
  config: { type: 'string' },
  port: { type: 'string', default: process.env['PORT'] ?? '4747' },
  closed: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  world: { type: 'string' },
  entries: { type: 'string' },
  sealed: { type: 'string' },
  dir: { type: 'string', default: 'rules' },
  suppressions: { type: 'string' },
  table: { type: 'string', default: named('cases') },
  'requests-table': { type: 'string', default: named('requests') },
  out: { type: 'string' },
  bucket: { type: 'string' },
  verify: { type: 'string' },
  before: { type: 'boolean', default: false },
  answers: { type: 'string' },
  manifest: { type: 'string', default: 'manifest.yml' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parse>['values'];

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true });

const startCommand = async (values: Values): Promise<number> => {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return complain(`--port ${values.port} is no port; use 0 to 65535`);
  const { start } = await import('./start.ts');
  const { server, close } = await start({
    config: await loadConfig(values.config),
    port,
    folder: `.cordon/${port}`,
    withCase: !values.empty,
    closed: values.closed,
  });
  print(`Cordon's local world: ${server.url}`);
  print('Nothing here touches AWS or Slack. Stop it with Ctrl+C.');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await close();
  return 0;
};

const replayConfig = async (values: Values): Promise<ReplayConfig> => {
  const config = await loadConfig(values.config);
  if (!values.suppressions) return config;
  const { suppressionsIn } = await import('./suppressions.ts');
  const hidden = { by: suppressionsIn(values.suppressions), at: new Date().toISOString() };
  return { ...config, hidden };
};

const replayCommand = async (values: Values, files: readonly string[]): Promise<number> => {
  if (files.length === 0) return complain('cordon replay needs a file or folder');
  const { replay } = await import('./replay.ts');
  return replay(files, { config: await replayConfig(values), json: values.json, print });
};

const explainCommand = async (values: Values, file: string | undefined): Promise<number> => {
  if (!file) return complain('cordon explain needs a file with one event');
  const { oneEventIn } = await import('./event-files.ts');
  const { explain } = await import('./explain.ts');
  print(explain(oneEventIn(file), await replayConfig(values)));
  return 0;
};

const newCommand = async (values: Values, words: readonly string[]): Promise<number> => {
  const [what, file] = words;
  if (what !== 'rule' || !file) return complain('cordon new rule needs a file with one event');
  const { newRule } = await import('./new-rule.ts');
  const { config = 'cordon.config.ts', dir } = values;
  print(newRule(file, { dir, config, rules: (await loadConfig(config)).rules }));
  return 0;
};

const documentCommand = async ({ config }: Values): Promise<number> => {
  const { commands } = (await loadConfig(config)).evidence;
  if (commands.length === 0)
    return complain('cordon document needs evidence.commands in the configuration');
  const { documentContent } = await import('../actions/evidence-document.ts');
  print(JSON.stringify(documentContent(commands), undefined, 2));
  return 0;
};

const auditCommand = async (values: Values, verb: string | undefined): Promise<number> => {
  const source = values.world
    ? { world: values.world }
    : values.entries && values.sealed
      ? { entries: values.entries, sealed: values.sealed }
      : undefined;
  if (verb !== 'verify' || !source)
    return complain('cordon audit verify needs --world URL, or --entries FILE and --sealed DIR');
  const { auditVerify } = await import('./audit-verify.ts');
  const { text, code } = await auditVerify({ source });
  print(text);
  return code;
};

const exportCommand = async (values: Values, caseId: string | undefined): Promise<number> => {
  const { exportInto, verifyFolder } = await import('./export.ts');
  const done = async () => {
    if (values.verify) return verifyFolder(values.verify);
    if (!caseId) return undefined;
    const source = values.world
      ? { world: values.world }
      : {
          region: (await loadConfig(values.config)).homeRegion,
          bucket: values.bucket,
          tables: [values.table, values['requests-table']] as const,
        };
    const id = caseId.toUpperCase();
    return exportInto(source, { caseId: id, folder: values.out ?? `cordon-${id}` });
  };
  const report = await done();
  if (!report) return complain('cordon export needs the id of a case, or --verify FOLDER');
  print(report.text);
  return report.code;
};

const suppressionsCommand = async (values: Values): Promise<number> => {
  const { deployedSuppressions } = await import('./suppressions.ts');
  print(await deployedSuppressions(values.table, new Date().toISOString()));
  return 0;
};

const reviewCommand = async (values: Values, id: string | undefined): Promise<number> => {
  if (!id) return complain('cordon review needs the id of a case');
  const caseId = id.toUpperCase();
  const { deployedReview, localReview } = await import('./review.ts');
  print(
    values.world
      ? await localReview(values.world, caseId)
      : await deployedReview(
          { cases: values.table, requests: values['requests-table'] },
          { config: await loadConfig(values.config), caseId, now: Date.now() },
        ),
  );
  return 0;
};

const policyCommand = async ({ config }: Values): Promise<number> => {
  const { policyJson } = await import('./policy.ts');
  print(policyJson((await loadConfig(config)).roleNames));
  return 0;
};

const scpCommand = async ({ config }: Values): Promise<number> => {
  const { protectionJson } = await import('../app/scp.ts');
  print(protectionJson(await loadConfig(config)));
  return 0;
};

const doctorCommand = async (values: Values): Promise<number> => {
  const { doctor } = await import('./doctor.ts');
  return doctor({
    configFile: values.config ?? 'cordon.config.ts',
    manifestFile: values.manifest,
    before: values.before,
    json: values.json,
    print,
  });
};

const installCommand = async (values: Values): Promise<number> => {
  const { install } = await import('./install.ts');
  return install({
    configFile: values.config ?? 'cordon.config.ts',
    manifestFile: values.manifest,
    answersFile: values.answers,
    print,
  });
};

const run = async (values: Values, positionals: readonly string[]): Promise<number> => {
  const [command, ...rest] = positionals;
  switch (command) {
    case 'start':
      return startCommand(values);
    case 'replay':
      return replayCommand(values, rest);
    case 'explain':
      return explainCommand(values, rest[0]);
    case 'suppressions':
      return suppressionsCommand(values);
    case 'review':
      return reviewCommand(values, rest[0]);
    case 'new':
      return newCommand(values, rest);
    case 'policy':
      return policyCommand(values);
    case 'scp':
      return scpCommand(values);
    case 'document':
      return documentCommand(values);
    case 'audit':
      return auditCommand(values, rest[0]);
    case 'export':
      return exportCommand(values, rest[0]);
    case 'install':
      return installCommand(values);
    case 'doctor':
      return doctorCommand(values);
    default:
      if (values.help || command === 'help') {
        print(usage);
        return 0;
      }
      return complain(command ? `Cordon has no command ${command}.\n\n${usage}` : usage);
  }
};

/** A reader that has seen enough, as `head` has, is no error, and the exit code still says what was found. */
const bearClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

/** Answers the exit code: 0 done, 1 found something wrong, 2 cannot be done as asked. */
export const main = async (args: readonly string[]): Promise<number> => {
  // Off first: a process that calls this often must not gather listeners.
  for (const stream of [process.stdout, process.stderr])
    stream.off('error', bearClosedPipe).on('error', bearClosedPipe);
  try {
    const { values, positionals } = parse(args);
    return await run(values, positionals);
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message);
    return complain(`cordon: ${error instanceof Error ? error.message : String(error)}`);
  }
};
