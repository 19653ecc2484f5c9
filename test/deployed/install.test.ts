/**
 * `cordon install` by an answers file against moto and Slack's stand-in, from an empty folder to the first card of a real
 * event: the functions are built with the configuration that it wrote, zipped, uploaded, run as the stack's, and looked at by the
 * real doctor. Interrupted at each step, and resumed.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cordonApp } from '../../infra/stacks.ts';
import { type FunctionName, functionNames } from '../../src/aws/rights.ts';
import { afterDeployment } from '../../src/cli/doctor/after/index.ts';
import { awsSite, slackCall } from '../../src/cli/doctor/aws-site.ts';
import { inLines, isHealthy, runChecks } from '../../src/cli/doctor/run.ts';
import { askFile } from '../../src/cli/install/ask.ts';
import { awsCloud } from '../../src/cli/install/aws-cloud.ts';
import { steps } from '../../src/cli/install/index.ts';
import { readKnown, runSteps } from '../../src/cli/install/run.ts';
import type { Cloud } from '../../src/cli/install/step.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { createSlackWorkspace } from '../../src/local/slack/workspace.ts';
import { zipOf } from '../../supply/zip.ts';
import { closed, listening } from '../moto/loopback.ts';
import { screenOf } from '../stories/screen.ts';
import { byHand } from './by-hand.ts';
import { build } from './functions.ts';
import { clientOf, runBuilt, serve, sessionOf } from './installation.ts';
import { createStack } from './moto-stack.ts';
import { home, region } from './places.ts';
import { keepMoving, settle } from './pumps.ts';

const moto = inject('moto');
const folder = mkdtempSync(join(tmpdir(), 'cordon-install-'));
const stateFile = join(folder, 'install.json');
const configFile = join(folder, 'cordon.config.ts');
const slack = createSlackWorkspace({ now: () => Date.now() });
const server = serve(slack);
let apiUrl = '';
const built = mkdtempSync(join(tmpdir(), 'cordon-built-'));
let running: Awaited<ReturnType<typeof runBuilt>> | undefined;
const installed = () => {
  if (!running) throw new Error('nothing is deployed yet');
  return running;
};
let began = 0;
let owner: ReturnType<typeof clientOf>;
const deployed: string[] = [];
const said: string[] = [];

const answers = {
  region,
  token: slack.token,
  signingSecret: slack.signingSecret,
  channel: 'C0SECURITY',
  accountName: 'security-tooling',
  responders: 'S0SECRESP, U0ANA',
  approvers: 'S0SECAPPR',
  pager: 'oncall@example.com',
  alone: 'break-glass',
  bucket: 'example-code',
};

beforeAll(async () => {
  await fetch(`${moto}/moto-api/reset`, { method: 'POST' });
  owner = clientOf(moto, await sessionOf(moto, home, 'owner'));
  apiUrl = `http://127.0.0.1:${await listening(server)}/api/`;
  await new GuardDutyClient(owner).send(new CreateDetectorCommand({ Enable: true }));
  await new S3Client({ ...owner, forcePathStyle: true }).send(
    new CreateBucketCommand({
      Bucket: answers.bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
});
afterAll(async () => {
  await running?.close();
  await closed(server);
});

/** The real one, but what moto cannot take of the home stack is left out, and said by the lane. */
const cloud = (): Cloud => {
  const real = awsCloud(() => owner);
  return {
    ...real,
    async make(file) {
      process.env['CDK_VALIDATION'] = 'false';
      const templates = mkdtempSync(join(tmpdir(), 'cordon-synth-'));
      cordonApp({ config: await loadConfig(file), checked: false, outdir: templates }).synth();
      build(built, file);
      const zips = mkdtempSync(join(tmpdir(), 'cordon-zips-'));
      for (const name of functionNames)
        writeFileSync(join(zips, `${name}.zip`), zipOf(join(built, name)));
      return { zips, templates };
    },
    async deploy(stack) {
      deployed.push(stack.name);
      if (stack.name !== 'cordon') return real.deploy(stack);
      const template = JSON.parse(readFileSync(stack.file, 'utf8'));
      const { region: _, endpoint, credentials } = owner;
      await createStack(
        { endpoint, region, credentials: { sessionToken: '', ...credentials } },
        { name: stack.name, template, parameters: stack.parameters },
      );
      await byHand(owner, template);
      running = await runBuilt({
        ...{ moto, built, slackApiUrl: apiUrl },
        credentials: { sessionToken: '', ...owner.credentials },
      });
      return {
        SecurityBusArn: `arn:aws:events:${region}:${home}:event-bus/cordon-security`,
        SlackRequestUrl: 'https://api.example.com/slack/events',
        SlackSecretArn: 'cordon-slack',
      };
    },
  };
};

/** As the command does it, but Lambda and its event sources are the test's. */
const examine = async (config: CordonConfig): Promise<readonly string[]> => {
  const { functions, pumps } = installed();
  const moving = keepMoving(pumps);
  const site = {
    ...awsSite(config, {
      aws: owner,
      slackApiUrl: apiUrl,
      instead: { CORDON_SLACK_SECRET_ID: 'cordon-slack' },
    }),
    invoke: (name: FunctionName, event: object) => functions[name].lambda.invoke(event),
  };
  const all = await runChecks(afterDeployment, site, (checked) => said.push(inLines(checked)));
  await moving.stop();
  return all.filter((one) => !isHealthy([one])).map(inLines);
};

const run = (given: Readonly<Record<string, string>>): Promise<void> => {
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(given));
  return runSteps(steps, stateFile, {
    ask: askFile(file),
    say: (text) => said.push(text),
    slack: (token) => slackCall(async () => token, apiUrl),
    cloud: cloud(),
    configFile,
    manifestFile: 'manifest.yml',
    folder,
    newId: () => 'an-external-id-of-22-letters',
    examine,
  });
};

const manifest = () => JSON.parse(readFileSync(join(folder, 'slack-app.json'), 'utf8'));

test('a token that Slack refuses stops it there, with what to do, and the steps before stay done', async () => {
  await expect(run({ ...answers, token: 'xoxb-wrong' })).rejects.toMatchObject({
    message: 'Slack refuses the token: invalid_auth',
    remedy: expect.stringContaining('copy its bot token'),
  });
  expect(readKnown(stateFile)).toMatchObject({
    done: ['aws'],
    facts: { region, account: home },
  });
  expect(manifest().settings).not.toHaveProperty('event_subscriptions');
  expect(manifest().oauth_config.scopes.bot).toContain('chat:write');
});

test('an answer that is missing is named, and the configuration is written from the others', async () => {
  const { bucket: _, ...rest } = answers;
  await expect(run(rest)).rejects.toThrow('has no answer "bucket"');
  expect(readKnown(stateFile).done).toEqual(['aws', 'slack-app', 'config']);
  expect(await loadConfig(configFile)).toMatchObject({
    workspace: 'T0CORDON',
    channel: 'C0SECURITY',
    responders: { users: ['U0ANA'], groups: ['S0SECRESP'] },
    approvers: { groups: ['S0SECAPPR'] },
    accounts: { [home]: { name: 'security-tooling', response: false } },
    approval: { breakGlass: true },
    deployment: { pagerEmails: ['oncall@example.com'] },
  });
  expect(deployed).toEqual([]);
});

test('resumed, it deploys, fills the secret, gives Slack the address, and nothing is done twice', async () => {
  began = Date.now();
  await run(answers);
  expect(readKnown(stateFile).done).toEqual(steps.map(({ id }) => id));
  expect(deployed).toEqual(['cordon', 'cordon-forward', 'cordon-member']);
  const { SecretString = '{}' } = await new SecretsManagerClient(owner).send(
    new GetSecretValueCommand({ SecretId: 'cordon-slack' }),
  );
  expect(JSON.parse(SecretString)).toEqual({
    token: slack.token,
    signingSecrets: [slack.signingSecret],
    botId: slack.ids.botId,
    botUserId: slack.ids.botUserId,
  });
  expect(manifest().settings.event_subscriptions.request_url).toBe(
    'https://api.example.com/slack/events',
  );
  await run(answers);
  expect(deployed).toEqual(['cordon', 'cordon-forward', 'cordon-member']);
});

test('the real doctor saw a synthetic finding become a card, and it is gone; then the first real event has a card', async () => {
  expect(said.join('\n')).toContain('its card is removed');
  const screen = screenOf({ slack });
  expect(screen.posts()).toEqual([]);
  const event = JSON.stringify(guardDutyEvent(compromisedServer, Date.now()));
  const { source, detail, 'detail-type': DetailType } = JSON.parse(event);
  await new EventBridgeClient(owner).send(
    new PutEventsCommand({
      Entries: [{ Source: source, DetailType, Detail: JSON.stringify(detail) }],
    }),
  );
  await settle(installed().pumps);
  expect(screen.cards()).toHaveLength(1);
  expect(screen.cardSays()).toContain('Server is talking to an attacker');
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(
    `install: from the resumed command to the first card: ${seconds} s in the emulator\n`,
  );
});

test('what is in the bucket are the functions as they were built', async () => {
  const s3 = new S3Client({ ...owner, forcePathStyle: true });
  const prefix = readKnown(stateFile).facts['prefix'];
  for (const name of functionNames) {
    const { ContentLength } = await s3.send(
      new HeadObjectCommand({ Bucket: answers.bucket, Key: `${prefix}${name}.zip` }),
    );
    expect(ContentLength, name).toBe(zipOf(join(built, name)).length);
  }
});

test('no secret is kept on disk or said', () => {
  const kept = ['install.json', 'slack-app.json', 'cordon.config.ts', 'doctor.txt']
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  for (const secret of [slack.token, slack.signingSecret]) {
    expect(kept).not.toContain(secret);
    expect(said.join('\n')).not.toContain(secret);
  }
});
