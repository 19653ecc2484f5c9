/** Every action of the list, from a scenario of the local page to its effect in `GET /aws/state`. */
import { afterEach, expect, test } from 'vitest';
// Loaded once before the clock of the first test runs.
import '../../src/flows/step-up/webauthn.ts';
import { actionById, actions } from '../../src/actions/index.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { scenarios } from '../../src/local/scenarios/index.ts';
import { shownAws } from '../../src/local/shown-aws.ts';
import { type Play, people, play } from './play.ts';
import { confirm, twoApprovers } from './step-up-page.ts';

let stage: Play;

afterEach(() => stage?.close());

interface Walk {
  /** The id of the scenario. */
  readonly from: string;
  /** What is in the panel when it is done, as JSON text, and was not there before. */
  readonly shows: RegExp;
  /** The account that shows it, when not that of the example's things. */
  readonly in?: string;
  /** Why, where the form asks for other reasons than those of a containment. */
  readonly reason?: string;
  /** Seconds until AWS has brought it about. */
  readonly takes?: number;
}

const walks: Readonly<Record<string, Walk>> = {
  'isolate-instance': { from: 'compromised-server', shows: /"quarantined":true/ },
  'capture-volatile-evidence': { from: 'compromised-server', shows: /captures\/.*console-output/ },
  'snapshot-volumes': { from: 'compromised-server', shows: /"evidence":true/ },
  'cut-instance-credentials': {
    from: 'compromised-server',
    shows: /"no role, metadata service off/,
  },
  'stop-instance': { from: 'compromised-server', shows: /"state":"stopped"/, takes: 120 },
  'subnet-cut': { from: 'compromised-server', shows: /"empty network ACL"[^}]*"2 subnets"/ },
  'block-address': { from: 'compromised-server', shows: /denies 192\.0\.2\.44\/32/ },
  'deactivate-access-key': {
    from: 'leaked-key',
    shows: /AKIAIOSFODNN7EXAMPLE","status":"Inactive"/,
  },
  'contain-user': { from: 'leaked-key', shows: /"AWSDenyAll"/ },
  'revoke-role-session': { from: 'stolen-session', shows: /cordon-revoke-session-/ },
  'revoke-older-sessions': { from: 'stolen-session', shows: /cordon-revoke-older-sessions-/ },
  'block-public-access': { from: 'public-bucket', shows: /"blocked":true/ },
  'quarantine-bucket': { from: 'public-bucket', shows: /"quarantined":true/ },
  'revoke-world-open-ingress': {
    from: 'open-group',
    shows: /"name":"admin"[^}]*"ingress":\["tcp 22 from 10\.0\.0\.0\/8"\]/,
  },
  'unshare-snapshot': { from: 'public-snapshot', shows: /"kind":"snapshot"[^}]*"sharedWith":\[\]/ },
  'make-image-private': { from: 'shared-image', shows: /"sharedWith":\["111122223333"\]/ },
  'make-database-private': {
    from: 'public-database',
    shows: /"database","id":"orders","state":"private"/,
    takes: 300,
  },
  'unshare-database-snapshot': {
    from: 'public-database-snapshot',
    shows: /"orders-2026","state":"private"/,
  },
  'stop-function': { from: 'compromised-function', shows: /"at most 0 at once"/ },
  'stop-task': { from: 'mining-task', shows: /"task"[^}]*"stop/, takes: 120 },
  'scale-service-to-zero': { from: 'mining-task', shows: /of 0 tasks/, takes: 120 },
  'restore-kms-key': { from: 'doomed-key', shows: /"key"[^}]*"Enabled"/ },
  'restore-trail-logging': { from: 'stopped-trail', shows: /"trail"[^}]*"logging"/ },
  'restore-detector': { from: 'suspended-detector', shows: /"detector"[^}]*"enabled"/ },
  'restore-recorder': { from: 'stopped-recorder', shows: /"recorder"[^}]*"recording"/ },
  'rotate-secret': { from: 'opened-secret', shows: /"orders-password","state":"(?!EXAMPLE1)/ },
  'quarantine-account': { from: 'root-at-work', shows: /cordon-quarantine-123456789012/ },
  'suppress-finding': { from: 'port-scan', shows: /"archived":true/, reason: 'expected' },
  'archive-like-it': {
    from: 'port-scan',
    shows: /"detector"[^}]*cordon-/,
    in: '999988887777',
  },
  'mark-not-useful': { from: 'port-scan', shows: /"feedback":"NOT_USEFUL"/ },
};

/** Asked for by resolving the case, where the configuration wants it. */
const closing: Readonly<Record<string, Walk & { readonly as: string }>> = {
  'resolve-finding': { from: 'port-scan', shows: /"archived":true/, as: 'true-positive' },
  'dismiss-finding': { from: 'port-scan', shows: /"archived":true/, as: 'false-positive' },
};

/** What is only said: the answer has the commands, and nothing changes. */
const advice: Readonly<Record<string, Walk>> = {
  'isolate-workload': { from: 'privileged-pod', shows: /kubectl cordon/ },
};

/** The button on the card, an entry of its menu, or a button behind “Everything else…”. */
const ask = async (id: string): Promise<void> => {
  const control = `plan:${id}`;
  if (stage.controls(stage.card()).includes(control)) await stage.press(people.maria, control);
  else await stage.choose(people.maria, actionById(id)?.label ?? id);
};

/** One account in its Region, and Cordon's evidence bucket. */
const shown = async ({ in: account = '123456789012' }: Walk): Promise<string> => {
  const { accounts, evidence } = await shownAws(stage.world);
  const here = accounts.filter((each) => each.id === account && each.region === 'eu-west-1');
  return JSON.stringify([here, evidence]);
};

const opened = async (from: string, tier: number, config: Partial<CordonConfig> = {}) => {
  stage = await play({ config });
  const passkeys = tier === 3 ? await twoApprovers(stage) : undefined;
  await stage.scenario(from);
  return passkeys;
};

test('every action has a walk, and every scenario it starts from is in the menu of the page', () => {
  const all = { ...walks, ...closing, ...advice };
  expect(Object.keys(all).sort()).toEqual(actions.map(({ id }) => id).sort());
  const ids = scenarios.map(({ id }) => id);
  expect(Object.values(all).filter(({ from }) => !ids.includes(from))).toEqual([]);
});

test.each(Object.entries(walks))('%s is asked for, approved and seen in AWS', async (id, walk) => {
  const tier = actionById(id)?.tier ?? 0;
  const passkeys = await opened(walk.from, tier);
  expect(await shown(walk)).not.toMatch(walk.shows);
  await ask(id);
  await stage.submit(people.maria, walk.reason ?? 'confirmed');
  if (tier >= 2) await stage.press(people.ana, 'approve', stage.withControl('approve'));
  if (passkeys) {
    await confirm(stage, people.ana, passkeys.ana);
    await stage.press(people.lee, 'approve', stage.withControl('approve'));
    await confirm(stage, people.lee, passkeys.lee);
  }
  await stage.world.advance(walk.takes ?? 30);
  expect(await shown(walk)).toMatch(walk.shows);
  expect(await stage.auditIntact()).toBe(true);
  expect(stage.denied()).toEqual([]);
});

test.each(Object.entries(closing))('%s goes with resolving its case', async (_, walk) => {
  await opened(walk.from, 1, { resolve: { writeBack: true } });
  expect(await shown(walk)).not.toMatch(walk.shows);
  await stage.choose(people.maria, 'Resolve');
  await stage.fill(people.maria, { classification: walk.as, note: 'Looked at the logs' });
  expect(await shown(walk)).toMatch(walk.shows);
  expect(stage.denied()).toEqual([]);
});

test.each(Object.entries(advice))('%s tells what to do by hand', async (id, walk) => {
  await opened(walk.from, 1);
  const before = await shown(walk);
  await ask(id);
  expect(stage.told(people.maria)).toMatch(walk.shows);
  expect(await shown(walk)).toBe(before);
});
