/** A finding names what two open cases are about: they become one, and nothing of either is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { groups } from './acts.ts';
import { killer } from './killer.ts';
import { type Play, people, play } from './play.ts';
import type { DrawnMessage } from './screen.ts';

let stage: Play;

const arrives = (...stories: readonly Story[]): Promise<unknown> =>
  stage.world.events(stories.map((story) => guardDutyEvent(story, stage.world.clock.now())));

const sequence = () => readEvent('guardduty-attack-sequence');

/** The cards of these cases, which are in the order in which they were opened. */
const cards = (): readonly string[] =>
  stage
    .cards()
    .toSorted((a: DrawnMessage, b: DrawnMessage) => a.ts.localeCompare(b.ts))
    .map((card) => stage.says(card));

beforeAll(async () => {
  stage = await play();
});
afterAll(() => stage.close());

test('what an attack sequence names becomes one case; the other card says where it goes on', async () => {
  await arrives(leakedKey);
  await stage.leap(60);
  await arrives(compromisedServer, { ...compromisedServer, id: 'a'.repeat(32), count: 3 });
  expect(await stage.openCases()).toHaveLength(2);
  await stage.leap(60);
  await stage.world.events([sequence()]);
  const [open = ''] = await stage.openCases();
  expect(await stage.openCases()).toEqual([open]);
  const [key = '', server = ''] = cards();
  expect(key).toContain(`Case \`${open}\``);
  expect(key).toContain('CRITICAL');
  expect(key).toContain('*4 findings*');
  expect(server).toContain(`*Merged* into case \`${open}\``);
  expect(server).toContain('AttackSequence:IAM/CompromisedCredentials');
});

test('told again, and by what comes later about either, it stays one case', async () => {
  await stage.world.events([sequence(), sequence()]);
  await arrives(
    { ...compromisedServer, id: 'b'.repeat(32), type: 'CryptoCurrency:EC2/BitcoinTool.B' },
    { ...leakedKey, id: 'c'.repeat(32), type: 'Recon:IAMUser/MaliciousIPCaller' },
  );
  await stage.world.advance(15);
  expect(await stage.openCases()).toHaveLength(1);
  expect(cards()).toHaveLength(2);
  expect(cards()[0]).toContain('*6 findings*');
  expect(await stage.world.balance(1)).toMatchObject({
    balance: { received: 6, waiting: 0, undecided: 0 },
    verdict: { kind: 'balanced' },
  });
  const kinds = await stage.audit();
  expect(kinds.filter((kind) => kind === 'case.merged')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'case.absorbed')).toHaveLength(1);
  await stage.curtain();
});

/** The newest message with this control in the thread of the case that was opened second. */
const inSecondThread = (control: string): DrawnMessage => {
  const replies = stage.cards()[1]?.replies ?? [];
  const found = replies.findLast((reply) => stage.controls(reply).includes(control));
  if (!found) throw new Error(`nothing in the thread has ${control}`);
  return found;
};

test('an open request is waited for, and is undone in its own thread later', async () => {
  await stage.close();
  stage = await play();
  await arrives(leakedKey);
  await stage.leap(60);
  await arrives(compromisedServer);
  await stage.press(people.maria, 'plan:isolate-instance', stage.cards()[1]);
  await stage.submit(people.maria, 'confirmed');
  await stage.world.events([sequence()]);
  expect(await stage.openCases()).toHaveLength(2);
  await stage.press(people.ana, 'approve', inSecondThread('approve'));
  expect(await stage.openCases()).toHaveLength(2);
  await stage.leap(6 * 60);
  expect(await stage.openCases()).toHaveLength(1);
  expect(cards()[1]).toContain('*Merged* into case');
  const isolated = groups(stage);
  await stage.press(people.maria, 'undo', inSecondThread('undo'));
  await stage.submit(people.maria, 'resolved');
  expect(groups(stage)).not.toEqual(isolated);
  expect(stage.mutations().length).toBeGreaterThan(0);
  await stage.curtain({ pings: 3 });
});

test('a case that people snoozed stays as they left it, and what is new is told in the other', async () => {
  await stage.close();
  stage = await play();
  await arrives(leakedKey);
  await stage.choose(people.lee, 'Snooze');
  await stage.fill(people.lee, { hours: '4', 'snooze-reason': 'A drill' });
  await stage.leap(60);
  await arrives(compromisedServer);
  await stage.leap(60);
  await stage.world.events([sequence()]);
  expect(await stage.openCases()).toHaveLength(2);
  expect(cards()[0]).toContain('*Snoozed*');
  expect(cards()[1]).toContain('CRITICAL');
  await stage.curtain();
});

/** Two cases and the finding that names both in one batch; ingest or worker dies before a write. */
const diesBefore = async (name: 'ingest' | 'worker', nth: number): Promise<boolean> => {
  await stage.close();
  const killing = killer(name, nth);
  stage = await play({ wrap: killing.wrap });
  killing.arm(stage.world);
  await stage.world.events([
    guardDutyEvent(leakedKey, stage.world.clock.now()),
    guardDutyEvent(compromisedServer, stage.world.clock.now()),
    sequence(),
  ]);
  await stage.world.advance(60);
  await stage.leap(60);
  await stage.leap(60);
  const where = `${name} killed before write ${nth}`;
  expect(await stage.openCases(), where).toHaveLength(1);
  const open = cards().filter((card) => !card.includes('*Merged*'));
  expect(open, where).toEqual([expect.stringContaining('*3 findings*')]);
  expect(await stage.world.balance(1), where).toMatchObject({
    balance: { received: 3, waiting: 0, undecided: 0 },
    verdict: { kind: 'balanced' },
  });
  await stage.curtain({ pings: 3 });
  return killing.killed();
};

test.each(process.env['CORDON_EVERY_KILL'] ? Array.from({ length: 24 }, (_, n) => n + 1) : [9])(
  'ingest dies before its write %i, and they become one all the same',
  async (nth) => {
    await diesBefore('ingest', nth);
  },
);

test.each(process.env['CORDON_EVERY_KILL'] ? [1, 2, 3] : [2])(
  'worker dies before its write %i, and they become one all the same',
  async (nth) => {
    expect(await diesBefore('worker', nth)).toBe(true);
  },
);
