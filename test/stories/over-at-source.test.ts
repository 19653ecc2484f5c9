/** What people do in the consoles of GuardDuty and Security Hub comes back to the case, as news and not as its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  portScan,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

beforeAll(async () => {
  stage = await play();
});
afterAll(async () => {
  await stage.curtain();
  await stage.close();
});

const later = (seconds = 60): void =>
  stage.world.clock.moveTo(stage.world.clock.now() + seconds * 1000);

const send = async (story: Story, { archived = false } = {}): Promise<void> => {
  later();
  const text = JSON.stringify(guardDutyEvent(story, stage.world.clock.now()));
  await stage.world.events([
    JSON.parse(archived ? text.replace('"archived":false', '"archived":true') : text),
  ]);
};

const newest = () => stage.cards().at(-1) ?? stage.card();
const inThread = (): readonly string[] => newest().replies.map((reply) => stage.says(reply));

test('a key whose finding was archived stays open, says so to the people on call, and escalates', async () => {
  await send(leakedKey);
  const id = stage.caseIdOn(newest());
  await send(leakedKey, { archived: true });
  expect(stage.says(newest())).toContain('*Still open*, though its source says that it is over');
  expect(inThread()).toEqual([
    expect.stringMatching(
      /\*Archived in GuardDuty\*, and not by Cordon\..*ArchiveFindings.* <[!@].*this case stays open/s,
    ),
  ]);
  expect(await stage.openCases()).toContain(id);
  expect((await stage.audit()).filter((kind) => kind === 'case.silenced')).toHaveLength(1);
  await send(leakedKey, { archived: true });
  expect(inThread()).toHaveLength(1);
  await stage.leap(900);
  expect(inThread().join()).toContain('Nobody has acknowledged');
  await stage.choose(people.maria, 'Resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'The key is gone' });
  expect(stage.says(newest())).toContain('*Resolved*');
  expect(await stage.openCases()).not.toContain(id);
});

test('where nobody may have stolen credentials it closes, and the thread says it to nobody in particular', async () => {
  await send(compromisedServer);
  const id = stage.caseIdOn(newest());
  await send(compromisedServer, { archived: true });
  expect(stage.says(newest())).toContain('*Over at its source*');
  expect(inThread()).toEqual([
    expect.stringMatching(/^[^<]*\*Archived in GuardDuty\*, and not by Cordon[^<]*$/),
  ]);
  expect(await stage.openCases()).not.toContain(id);
});

test('what Cordon archived itself is no news, what somebody archives after its undo is', async () => {
  await send(portScan);
  await stage.press(people.maria, 'plan:suppress-finding', newest());
  await stage.submit(people.maria, 'expected', { days: { days: '7' } });
  expect(stage.archived(portScan.id)).toBe(true);
  await send(portScan, { archived: true });
  expect(inThread().join()).not.toContain('Archived in GuardDuty*');
  const toUndo = newest().replies.find((reply) => stage.controls(reply).includes('undo'));
  await stage.press(people.maria, 'undo', toUndo);
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.archived(portScan.id)).toBe(false);
  await send(portScan);
  await send(portScan, { archived: true });
  expect(inThread().join()).toContain('*Archived in GuardDuty*, and not by Cordon');
});

test('a finding that somebody resolved in Security Hub says so with the call to look for', async () => {
  later();
  // Another finding about another server than the ones above.
  const active = JSON.stringify(readEvent('securityhub-guardduty'))
    .replaceAll('16afba5c5c43e07c9e3e5e2e544e95df', '46d2fc6f4e63f29e1a5f7f4f766fbcde')
    .replaceAll('i-0a1b2c3d4e5f60718', 'i-0c1d2e3f4a5b60799');
  const resolved = active
    .replace('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-0000000000f1')
    .replace('"Workflow":{"Status":"NEW"}', '"Workflow":{"Status":"RESOLVED"}')
    .replaceAll('"UpdatedAt":"2026-11-22T08', '"UpdatedAt":"2026-11-22T09');
  await stage.world.events([JSON.parse(active)]);
  expect(stage.says(newest())).toContain('*Open*');
  later();
  await stage.world.events([JSON.parse(resolved)]);
  expect(stage.says(newest())).toContain('*Over at its source*');
  expect(inThread()).toEqual([
    expect.stringMatching(/resolved in Security Hub.*and not by Cordon.*BatchUpdateFindings/),
  ]);
});

test('a control that passes is over without anybody to look for', async () => {
  later();
  await stage.world.events([readEvent('securityhub-control')]);
  expect(stage.says(newest())).toContain('*Open*');
  later();
  await stage.world.events([readEvent('securityhub-control-passed')]);
  expect(stage.says(newest())).toContain('*Over at its source*');
  expect(inThread()).toEqual([
    expect.stringMatching(/\*Over in Security Hub \(ASFF\)\*\. Nothing is to be/),
  ]);
});
