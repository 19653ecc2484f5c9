/**
 * Every action's life in moto over HTTP and in the simulated world: the same plan, the same journal,
 * the same read-backs, the same undo. What moto lacks is served by the simulated world.
 */
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Action } from '../../src/actions/action.ts';
import type { Aws, EvidenceFolder } from '../../src/actions/aws.ts';
import { awsAccounts } from '../../src/aws/accounts.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { asTarget, inScalingGroup } from '../actions/example-network.ts';
import { type Lifecycle, stageOf } from '../actions/life.ts';
import { lives, livesOf } from '../actions/lives/index.ts';
import { dialect } from './dialect.ts';
import { alike, liveOf } from './life.ts';
import * as compute from './made-compute.ts';
import * as data from './made-data.ts';
import { memberAccount } from './made-organization.ts';
import * as surroundings from './made-surroundings.ts';
import { account, asOwner, type Example, type Owner, region, seedMoto } from './seed.ts';
import { type Answered, standIn } from './stand-in.ts';
import { problemsOf } from './validate.ts';
import { type Sent, watching } from './watch.ts';

const now = Date.parse('2026-11-22T03:00:00.000Z');

interface Case {
  readonly action: string;
  /** Which of the action's lives, where it is not the first. */
  readonly life?: number;
  /** The simulated world, where it is not as in that life. */
  readonly arrange?: (world: World) => void;
  /** The same in moto; answers the target. */
  readonly make: (owner: Owner, example: Example) => Promise<Resource>;
  /** What AWS brings about and moto does not. */
  readonly finish?: () => Promise<void>;
}

const around = (world: World): void => {
  inScalingGroup(world);
  asTarget(world);
};

/** The example's security groups and interfaces in the simulated world. */
const names = {
  'sg-0a1b2c3d4e5f60711': 'web',
  'sg-0a1b2c3d4e5f60712': 'admin',
  'eni-0a1b2c3d4e5f60711': 'first',
  'eni-0a1b2c3d4e5f60712': 'second',
};

const cases: readonly Case[] = [
  { action: 'snapshot-volumes', make: compute.instanceWithDisk },
  { action: 'capture-volatile-evidence', make: compute.exampleInstance },
  { action: 'stop-instance', make: compute.exampleInstance },
  { action: 'cut-instance-credentials', make: compute.exampleInstance },
  { action: 'subnet-cut', make: compute.exampleInstance },
  { action: 'block-address', make: compute.attacker },
  { action: 'revoke-world-open-ingress', life: 0, make: compute.openGroup },
  { action: 'contain-user', make: compute.exampleUser },
  { action: 'revoke-role-session', make: compute.exampleSession },
  { action: 'revoke-older-sessions', make: compute.exampleRole },
  { action: 'block-public-access', make: data.openBucket },
  { action: 'quarantine-bucket', make: data.openBucket },
  { action: 'unshare-snapshot', make: data.sharedSnapshot },
  { action: 'make-image-private', make: data.sharedImage },
  { action: 'make-database-private', make: data.publicDatabase },
  { action: 'unshare-database-snapshot', make: data.sharedDatabaseSnapshot },
  { action: 'stop-function', make: compute.exampleFunction },
  { action: 'stop-task', make: compute.exampleTask },
  { action: 'scale-service-to-zero', make: compute.exampleService },
  { action: 'restore-kms-key', make: data.doomedKey },
  { action: 'restore-kms-key', life: 1, make: data.disabledKey },
  { action: 'restore-trail-logging', make: data.stoppedTrail },
  { action: 'restore-detector', make: data.suspendedDetector },
  { action: 'restore-recorder', make: data.stoppedRecorder },
  { action: 'rotate-secret', make: data.rotatedSecret, finish: data.endRotation },
  { action: 'quarantine-account', make: memberAccount },
  // Last, for what is in a scaling group is not stopped.
  { action: 'isolate-instance', arrange: around, make: surroundings.inScalingGroup },
];

const sent: Sent[] = [];
const served: Answered[] = [];

const evidence = (): EvidenceFolder => {
  const kept = new Map<string, string>();
  return {
    nameOf: (name) => `captures/REQ-1/${name}.json`,
    put: async (name, body) => {
      if (kept.has(name)) return 'exists';
      kept.set(name, body);
      return 'put';
    },
    get: async (name) => kept.get(name),
  };
};

const sessionIn = async (world: World, role: 'read' | Action['role']): Promise<Aws> => {
  const watch = watching(sent);
  const stand = standIn(world, served);
  const aws = await awsAccounts({
    functionName: role === 'read' ? 'worker' : 'executor',
    homeRegion: region,
    externalId: 'cordon-local',
    now: () => now,
    credentials: { accessKeyId: 'FUNCTION-executor', secretAccessKey: 'local' },
    onClient: (client, service) => {
      watch(client, service);
      stand(client, service);
      dialect(client, service);
    },
  }).as({ role, account, region, requestId: 'REQ-1', sourceIdentity: 'maria' });
  return { ...aws, evidence: evidence() };
};

/** moto, with the world for what it lacks. */
const inMoto = async (life: Lifecycle, { make, finish }: Case) => {
  const world = createWorld({ now: () => now });
  seedExample(world);
  life.arrange?.(world);
  const target = await make(owner, example);
  return liveOf({
    action: life.action,
    target,
    reading: await sessionIn(world, 'read'),
    acting: await sessionIn(world, life.action.role),
    wait: async () => finish?.(),
  });
};

/** Other test files of this folder, or what moto 5.2.1 cannot do, so that nothing is missed here. */
const elsewhere: Readonly<Record<string, string>> = {
  'deactivate-access-key': 'deactivate-access-key.test.ts',
  'suppress-finding': 'suppress-finding.test.ts',
  'archive-like-it': 'guardduty-filters.test.ts',
  'mark-not-useful': 'guardduty-filters.test.ts',
  'resolve-finding': 'suppress-finding.test.ts',
  'dismiss-finding': 'suppress-finding.test.ts',
};

test('every action that has a life lives it in moto, or it is said why not', () => {
  const here = new Set(cases.map(({ action }) => action));
  const missing = lives.map(({ action }) => action.id).filter((id) => !here.has(id));
  expect([...new Set(missing)].sort()).toEqual(Object.keys(elsewhere).sort());
});

/** moto numbers its accounts by itself. */
const relocated = <T extends { readonly target: Resource }>(told: T): T =>
  JSON.parse(JSON.stringify(told).replaceAll(told.target.account, account));

const simulated = async (life: Lifecycle) => {
  const { bench, wait } = stageOf(life);
  // The bench takes its sessions where the action works on its last target.
  await bench.plan(life.target);
  return liveOf({
    action: life.action,
    target: life.target,
    reading: await bench.readAws(),
    acting: await bench.executeAws(),
    wait,
  });
};

let owner: Owner;
let example: Example;

beforeAll(async () => {
  const endpoint = inject('motoWithPolicies');
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  // Rotation calls a function, for which moto would want Docker.
  const body = JSON.stringify({ lambda: { use_docker: false } });
  await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body });
  owner = { ec2: new EC2Client(asOwner), iam: new IAMClient(asOwner) };
  example = await seedMoto(owner);
});

afterAll(() => {
  const names = new Set(served.map(({ service, operation }) => `${service}:${operation}`));
  process.stderr.write(`served by the simulated world: ${[...names].sort().join(', ')}\n`);
});

describe('contained, verified and undone in moto as in the simulated world', () => {
  test.each(cases)('$action', async (one) => {
    const { action, life: which = 0 } = one;
    const found = livesOf(action)[which];
    if (!found) throw new Error(`${action} has no life ${which}`);
    const life = { ...found, ...(one.arrange ? { arrange: one.arrange } : {}) };
    const told = relocated(await inMoto(life, one));
    expect(told).toMatchObject({ outcome: { kind: 'finished' }, verified: true });
    expect(alike(told, await surroundings.namesOf(owner, example))).toEqual(
      alike(await simulated(life), names),
    );
  });
});

test('AWS’s models find no fault in any request, nor in what the world answered', () => {
  const problems = problemsOf([...sent, ...served]);
  // moto's own lock tokens are six digits; Cordon sends back what it was given.
  expect(problems.filter((line) => !/LockToken: '[0-9a-f]{6}'/.test(line))).toEqual([]);
});
