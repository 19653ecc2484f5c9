/**
 * Events that arise elsewhere: in another Region of the security account, and in a member account and its Regions. The
 * templates cordon-forward and cordon-forward-member in moto, from the default bus there to a card.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, RemovePermissionCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cordonApp } from '../../infra/stacks.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { screenOf } from '../stories/screen.ts';
import { secretIs } from './breakages.ts';
import { config as example } from './config/cordon.config.ts';
import { type Bridge, type Place, send } from './event-bridge.ts';
import { type Installation, install, sessionOf } from './installation.ts';
import { createStack, type Template } from './moto-stack.ts';
import { home, member, region } from './places.ts';
import { settle } from './pumps.ts';

const moto = inject('moto');
const organization = 'o-exampleorg1';
const config = { ...example, deployment: { ...example.deployment, organization } };
const stranger = '210987654321';
const bus = `arn:aws:events:${region}:${home}:event-bus/cordon-security`;

/** As a service of AWS sends it there now. */
const eventOf = (name: string, { account, region: at }: Place) => ({
  ...(readEvent(name) as Readonly<Record<string, unknown>>),
  account,
  region: at,
  time: new Date().toISOString(),
});

const bridge: Bridge = {
  moto,
  organizationOf: (account) => (account === stranger ? undefined : organization),
};
const sent = (name: string, place: Place) => send(bridge, place, eventOf(name, place));

let installed: Installation;

const forwardFrom = async (template: Template, place: Place): Promise<void> => {
  const credentials = await sessionOf(moto, place.account, 'owner');
  const told = await createStack(
    { endpoint: moto, credentials, region: place.region },
    { name: 'cordon-forward-member', template, parameters: { SecurityBusArn: bus } },
  );
  for (const line of told) process.stdout.write(`moto: ${place.region}: ${line}\n`);
};

const ofHome = { account: home, region: 'us-east-1' };
const ofMember = { account: member, region };
const ofMemberGlobal = { account: member, region: 'us-east-1' };
const ofStranger = { account: stranger, region };

beforeAll(async () => {
  installed = await install(moto, config);
  await secretIs(installed);
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-forward-'));
  const assembly = cordonApp({ config, checked: false, outdir }).synth();
  const { template } = assembly.getStackByName('cordon-forward-member');
  for (const place of [ofMember, ofMemberGlobal, ofStranger]) await forwardFrom(template, place);
});

afterAll(() => installed?.close());

/**
 * Global services report in us-east-1 alone, and of a member the security account sees only what comes through a service.
 * With each the title of its card.
 */
const forwarded: readonly (readonly [string, Place, string])[] = [
  ['guardduty-lambda', ofHome, 'Lambda function behaves as if compromised'],
  ['cloudtrail-create-access-key', ofMemberGlobal, 'Access key was made for another user'],
  ['cloudtrail-root-sign-in', ofMemberGlobal, 'Root user signed in to the console'],
  ['health-abuse', ofMemberGlobal, 'AWS reports abuse from this account'],
  ['config-non-compliant', ofMember, 'Bucket has no block against public access'],
  ['cloudtrail-stop-logging', ofMember, 'CloudTrail was stopped or records less'],
];

/** More than once where more than one pattern lets it through: it is one finding all the same. */
const atHome = new Set([`${home} cordon-ingest`]);

test('what arises in another Region or account becomes a card', async () => {
  for (const [name, place] of forwarded)
    expect(new Set(await sent(name, place)), name).toEqual(atHome);
  await settle(installed.pumps);
  const posts = screenOf({ slack: installed.slack }).posts();
  const said = posts.map(({ text }) => text).join('\n');
  for (const [, , title] of forwarded) expect(said).toContain(title);
});

test.each([
  ['no rule wants it', 'cloudtrail-describe', ofMember],
  ['its administrator sends it', 'guardduty-root', ofMember],
] as const)('where %s, %s stays where it is', async (_, name, place) => {
  expect(await sent(name, place)).toEqual([]);
});

test('an account outside the organisation is refused, and keeps what it sent as a dead letter', async () => {
  expect(await sent('cloudtrail-stop-logging', ofStranger)).toEqual([
    expect.stringMatching(/^arn:.*cordon-security takes nothing of arn:.*:210987654321:rule/),
    `${stranger} cordon-forward-dead`,
  ]);
});

test('a bus without its policy takes nothing from members, and still what is of its own account', async () => {
  await new EventBridgeClient(installed.owner(home)).send(
    new RemovePermissionCommand({ EventBusName: 'cordon-security', RemoveAllPermissions: true }),
  );
  expect(await sent('cloudtrail-stop-logging', ofMember)).toEqual([
    expect.stringContaining('takes nothing of'),
    `${member} cordon-forward-dead`,
  ]);
  expect(new Set(await sent('guardduty-root', ofHome))).toEqual(atHome);
});
