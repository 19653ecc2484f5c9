/**
 * The functions as they are deployed: what is in them, and that web works on its own, in a process
 * that has nothing but its bundle. CORDON_NODE24 names a Node 24 to run it on as well.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lambda, startLambda } from '../../bench/house/lambda.ts';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { bundledIn, readMetafiles } from '../../supply/bundled.ts';
import { zipOf } from '../../supply/zip.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cordon-bundles-'));
const names = ['web', 'ingest', 'notify', 'worker', 'executor', 'tick', 'step-up'] as const;

const build = (to: string, ...only: readonly string[]): void => {
  execFileSync(process.execPath, ['build.mjs', ...only, '--out', join(folder, to)], { cwd: root });
};

const metafile = (name: string): Metafile =>
  JSON.parse(readFileSync(join(folder, 'first/meta', `${name}.json`), 'utf8'));

/** What a function loads before its first event: the entry and its static imports. */
const eager = ({ outputs }: Metafile): readonly string[] => {
  const entry = Object.keys(outputs).find((path) => /\/index\.[cm]js$/.test(path)) ?? '';
  const seen = new Set([entry]);
  for (const path of seen)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) seen.add(next);
  return [...seen];
};

const eagerBytes = (meta: Metafile): number =>
  eager(meta).reduce((sum, path) => sum + (meta.outputs[path]?.bytes ?? 0), 0);

const eagerInputs = (meta: Metafile): readonly string[] =>
  eager(meta).flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}));

const digestsOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(path, file)))
        .digest('hex'),
    ]),
  );

beforeAll(() => build('first'), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is in the bundles', () => {
  const nowhere =
    /node_modules\/(undici|express|iconv-lite|raw-body|dynalite|vitest|playwright-core|esbuild|tsx)\/|^src\/(local\/(?!world\/)|cli)\/|^test\//;
  const slack = /node_modules\/@slack\/(bolt|web-api)\//;
  const inputsOf = (name: string) => Object.keys(metafile(name).inputs);

  test.each(names)('%s has nothing that only tests or the local world use', (name) => {
    expect(inputsOf(name).filter((path) => nowhere.test(path))).toEqual([]);
  });

  test('the simulated AWS is in the two functions that rehearse drills, and only loaded by one', () => {
    const world = 'src/local/world/world.ts';
    expect(names.filter((name) => inputsOf(name).includes(world))).toEqual(['worker', 'executor']);
    for (const name of ['worker', 'executor'])
      expect(eagerInputs(metafile(name)).filter((path) => path.startsWith('src/local/'))).toEqual(
        [],
      );
  });

  test.each(['ingest', 'executor', 'tick', 'step-up'])('%s cannot talk to Slack', (name) => {
    expect(inputsOf(name).filter((path) => slack.test(path))).toEqual([]);
  });

  test.each(['web', 'notify'])('%s talks to Slack, so the pattern sees what it forbids', (name) => {
    expect(inputsOf(name).some((path) => slack.test(path))).toBe(true);
  });

  test('web can read no table and assume no role', () => {
    const wrong =
      /node_modules\/@aws-sdk\/(client-(dynamodb|sts|sfn|ec2|iam)|lib-dynamodb)\/|^src\/(aws|store|flows|actions)\//;
    expect(inputsOf('web').filter((path) => wrong.test(path))).toEqual([]);
  });

  test('web carries no SDK: what it keeps is one signed call', () => {
    expect(
      inputsOf('web').filter((path) => /node_modules\/@(aws-sdk|smithy)\//.test(path)),
    ).toEqual([]);
  });

  test('only worker and executor can reach member accounts', () => {
    const reaching = names.filter((name) => inputsOf(name).includes('src/aws/accounts.ts'));
    expect(reaching).toEqual(['worker', 'executor']);
  });

  test('what each loads at its start stays small', () => {
    const kilobytes = Object.fromEntries(
      names.map((name) => [name, Math.ceil(eagerBytes(metafile(name)) / 1000)]),
    );
    process.stdout.write(`bundles, kB loaded at start: ${JSON.stringify(kilobytes)}\n`);
    expect(Math.min(...Object.values(kilobytes))).toBeGreaterThan(10);
    expect(kilobytes['web']).toBeLessThanOrEqual(150);
    // Worker plans every action and playbook; the clients of AWS that it needs for one are loaded with it.
    expect(Math.max(...Object.values(kilobytes))).toBeLessThan(1000);
  });

  test('the same input gives the same bytes', () => {
    build('second', 'web', 'ingest');
    for (const name of ['web', 'ingest'])
      expect(digestsOf(join(folder, 'second', name))).toEqual(
        digestsOf(join(folder, 'first', name)),
      );
  }, 60_000);
});

describe('npm run package', () => {
  const built = join(folder, 'first');
  const read = (file: string) => readFileSync(join(built, file), 'utf8');
  const bundled = () => bundledIn(readMetafiles(built));

  beforeAll(() => {
    execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'infra/package.ts'], {
      cwd: root,
      env: { ...process.env, CORDON_BUILT: built, TZ: 'Asia/Tokyo' },
    });
  }, 60_000);

  test('the zips do not depend on the time zone or the dates of files', () => {
    for (const name of names) {
      for (const file of readdirSync(join(built, name)))
        utimesSync(join(built, name, file), 1e9, 1e9);
      expect(readFileSync(join(built, `${name}.zip`)).equals(zipOf(join(built, name)))).toBe(true);
    }
  });

  test('the notice names each package whose code is in a function', () => {
    const notice = read('third-party-notices.txt');
    const missing = [...bundled()].filter(
      ([path, functions]) =>
        !notice.includes(`${path.split('node_modules/').at(-1)} `) ||
        !notice.includes(`, in ${functions.join(', ')}\n`),
    );
    expect(missing).toEqual([]);
    expect(notice).toContain('Permission is hereby granted');
  });

  test('so does the bill of materials, with hashes and nothing of this machine', () => {
    const bill = JSON.parse(read('bill-of-materials.cdx.json'));
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { type: 'application', name: 'cordon' } },
    });
    expect(Object.keys(bill)).not.toContain('serialNumber');
    expect(JSON.stringify(bill)).not.toMatch(/timestamp|[a-z]+:\/\//);
    expect(bill.components).toHaveLength(bundled().size);
    const bolt = bill.components.find(({ name }: { name: string }) => name === '@slack/bolt');
    expect(bolt).toMatchObject({
      purl: expect.stringMatching(/^pkg:npm\/%40slack\/bolt@/),
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      licenses: [{ license: { id: 'MIT' } }],
    });
    expect(bolt.properties).toContainEqual({ name: 'cordon:function', value: 'web' });
  });
});

test('what is left out of Bolt throws, by name, when it is used after all', () => {
  const script = `
    import { build } from 'esbuild';
    import { withoutUnusedBolt } from './build.mjs';
    const { outputFiles } = await build({
      stdin: { contents: "export * from '@slack/bolt'", resolveDir: '.' },
      bundle: true, platform: 'node', format: 'cjs', write: false, plugins: [withoutUnusedBolt],
    });
    const module = { exports: {} };
    new Function('module', 'exports', 'require', outputFiles[0].text)(
      module, module.exports, (await import('node:module')).createRequire(import.meta.url));
    const { App, AwsLambdaReceiver, ExpressReceiver, HTTPReceiver, SocketModeReceiver, FileInstallationStore, buildReceiverRoutes } = module.exports;
    const uses = {
      AwsLambdaReceiver: () => new AwsLambdaReceiver({ signingSecret: 's' }),
      ExpressReceiver: () => new ExpressReceiver({ signingSecret: 's' }),
      HTTPReceiver: () => new HTTPReceiver({ signingSecret: 's' }),
      SocketModeReceiver: () => new SocketModeReceiver({ appToken: 'a' }),
      oauth: () => new FileInstallationStore({}),
      'custom-routes': () => buildReceiverRoutes([]),
      App: () => new App({ token: 't', signingSecret: 's' }),
    };
    for (const [name, use] of Object.entries(uses))
      try { use(); console.log(name + ': works'); } catch (error) { console.log(name + ': ' + error.message); }`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: root, encoding: 'utf8' },
  );
  const absent = (name: string) => `${name} is not in this bundle: see unusedOfBolt in build.mjs`;
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual([
    `AwsLambdaReceiver: ${absent('AwsLambdaReceiver')}`,
    `ExpressReceiver: ${absent('ExpressReceiver')}`,
    `HTTPReceiver: ${absent('HTTPReceiver')}`,
    `SocketModeReceiver: ${absent('SocketModeReceiver')}`,
    `oauth: ${absent('oauth')}`,
    `custom-routes: ${absent('custom-routes')}`,
    `App: ${absent('HTTPReceiver')}`,
  ]);
});

const signingSecret = 'an example signing secret';
const now = Date.now();

const click = (secret: string) =>
  toGatewayEvent({
    signingSecret: secret,
    now,
    body: new URLSearchParams({
      payload: JSON.stringify({
        type: 'block_actions',
        team: { id: 'T0CORDON', domain: 'example' },
        user: { id: 'U0MARIA', team_id: 'T0CORDON' },
        api_app_id: 'A0CORDON',
        token: 'legacy',
        container: { type: 'message', message_ts: '1.000100', channel_id: 'C0SECURITY' },
        channel: { id: 'C0SECURITY', name: 'security-alerts' },
        trigger_id: '1.2.abc',
        response_url: 'http://127.0.0.1:9/never',
        actions: [
          {
            type: 'button',
            action_id: 'plan:isolate-instance',
            block_id: 'b',
            action_ts: '1.1',
            value: 'CASE01.token0123456789ab.0a1b2c3d',
          },
        ],
      }),
    }).toString(),
  });

const node24 = process.env['CORDON_NODE24'];
const runtimes = [
  { name: 'this node', node: process.execPath },
  ...(node24 ? [{ name: 'Node 24', node: node24 }] : []),
];

describe.each(runtimes)('web, built, on $name', ({ node }) => {
  let standIns: StandIns;
  let web: Lambda;
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CORDON_JOBS_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/999988887777/cordon-jobs.fifo',
    CORDON_SLACK_SECRET_ID: 'cordon-slack',
  };

  beforeAll(async () => {
    standIns = await startStandIns(
      JSON.stringify({
        token: 'xoxb-example',
        signingSecrets: [signingSecret],
        botId: 'B0CORDON',
        botUserId: 'U0CORDON',
      }),
    );
    web = await startLambda({
      node,
      file: join(folder, 'first/web/index.cjs'),
      environment: { ...environment, ...standIns.environment },
    });
  });
  afterAll(async () => {
    await web.close();
    await standIns.close();
  });

  test('an unsigned click is refused before anything but the secret is touched', async () => {
    expect(await web.invoke(click('a wrong secret'))).toMatchObject({ statusCode: 401 });
    expect(standIns.calls.map(({ name }) => name)).toEqual(['secretsmanager.GetSecretValue']);
  });

  test('a signed click is on the queue with its signature, and its modal is open', async () => {
    standIns.calls.length = 0;
    const event = click(signingSecret);
    expect(await web.invoke(event)).toEqual({ statusCode: 200, body: '' });
    const inputs = Object.fromEntries(standIns.calls.map(({ name, input }) => [name, input]));
    expect(Object.keys(inputs).sort()).toEqual(['AmazonSQS.SendMessage', 'slack views.open']);
    const sent = inputs['AmazonSQS.SendMessage'];
    const job = JSON.parse(String(sent?.['MessageBody']));
    expect(sent).toMatchObject({
      QueueUrl: environment.CORDON_JOBS_QUEUE_URL,
      MessageGroupId: 'U0MARIA',
      MessageDeduplicationId: job.digest,
    });
    expect(job).toMatchObject({
      body: Buffer.from(event.body ?? '', 'base64').toString('utf8'),
      signature: event.headers['x-slack-signature'],
      timestamp: event.headers['x-slack-request-timestamp'],
    });
    const opened = inputs['slack views.open'];
    expect(opened).toMatchObject({ trigger_id: '1.2.abc' });
    expect(JSON.parse(String(opened?.['view']))).toMatchObject({ external_id: job.digest });
  });

  test('without its settings it says at once what is missing', async () => {
    const bare = await startLambda({
      node,
      file: join(folder, 'first/web/index.cjs'),
      environment: { AWS_REGION: 'eu-west-1' },
    });
    await expect(bare.invoke({})).rejects.toThrow(
      'Set CORDON_JOBS_QUEUE_URL, CORDON_SLACK_SECRET_ID',
    );
    await bare.close();
  });
});

describe('web with a code cache', () => {
  const at = join(folder, 'cached/web');
  /** Loads it as Lambda does; answers whether V8 took the cache, where one was handed to it. */
  const loaded = () =>
    spawnSync(
      process.execPath,
      [
        '-e',
        `const vm = require('node:vm');
         const { Script } = vm;
         vm.Script = class extends Script {
           constructor(code, options) {
             super(code, options);
             console.log(options.cachedData ? !this.cachedDataRejected : 'none');
           }
         };
         console.log(typeof require('./index.cjs').handler);
         process.exit(0);`,
      ],
      {
        cwd: at,
        encoding: 'utf8',
        env: {
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
          CORDON_JOBS_QUEUE_URL: 'http://127.0.0.1:9/jobs',
          CORDON_SLACK_SECRET_ID: 'cordon-slack',
        },
      },
    ).stdout;
  const cache = join(at, 'function.cache');

  beforeAll(() => build('cached', 'web', '--code-cache', process.execPath), 60_000);

  test('starts from it', () => {
    expect(loaded()).toBe('true\nfunction\n');
  });

  test('starts without it where another Node made it', () => {
    const kept = readFileSync(cache);
    const other = Buffer.from(kept);
    // Behind the digest and V8's magic number: the hash of its version.
    other.writeUInt32LE(0x5eed, 32 + 4);
    writeFileSync(cache, other);
    expect(loaded()).toBe('false\nfunction\n');
    writeFileSync(cache, kept);
  });

  test('never takes that of other code, though it has the same length', () => {
    const file = join(at, 'function.cjs');
    const code = readFileSync(file, 'utf8');
    writeFileSync(file, code.replace('401', '403'));
    expect(loaded()).toBe('none\nfunction\n');
    writeFileSync(file, code);
  });

  test('starts without it where it is gone', () => {
    rmSync(cache);
    expect(loaded()).toBe('none\nfunction\n');
  });
});
