import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const day = 86_400;

const suppress = async (): Promise<void> => {
  await stage.scenario('port-scan');
  const control = 'plan:suppress-finding';
  await stage.press(people.maria, control ?? '');
  await stage.submit(people.maria, 'expected', { days: { days: '7' } });
};

test('a finding is archived in GuardDuty for seven days, and the card says until when', async () => {
  stage = await play();
  await suppress();
  expect(stage.archived(portScan.id)).toBe(true);
  expect(stage.cardSays()).toContain('*Suppressed*');
  expect(stage.threadSays()[0]).toContain('*Suppressed and verified*');
  expect(stage.threadSays()[0]).toContain('2026-11-29 09:00 UTC');
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings']);
  expect(await stage.audit()).toEqual([
    'case.opened',
    'case.acknowledged',
    'case.suppressed',
    'request.created',
    'request.executing',
    'step.done',
    'request.contained',
  ]);
  await stage.curtain({ pings: 0 });
});

test('a suppression ends by itself: unarchived, and said in a new message', async () => {
  stage = await play();
  await suppress();
  await stage.leap(7 * day - 120);
  expect(stage.archived(portScan.id)).toBe(true);
  await stage.world.advance(180);
  expect(stage.archived(portScan.id)).toBe(false);
  expect(stage.threadSays().join('\n')).toContain('The suppression is over');
  expect(stage.cardSays()).not.toContain('*Suppressed*');
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings', 'guardduty:UnarchiveFindings']);
  expect((await stage.audit()).filter((kind) => kind === 'case.suppression-ended')).toHaveLength(1);
  expect((await stage.requestAudits())[1]?.at(-1)).toBe('request.undone');
  await stage.curtain({ pings: 0 });
});

test('a suppression is undone early by whoever asked for it', async () => {
  stage = await play();
  await suppress();
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.archived(portScan.id)).toBe(false);
  expect(stage.cardSays()).not.toContain('*Suppressed*');
  expect(stage.threadSays().join('\n')).toContain('It ended because it was undone');
  const told = stage.thread().length;
  await stage.leap(8 * day);
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings', 'guardduty:UnarchiveFindings']);
  expect(stage.thread()).toHaveLength(told);
  await stage.curtain({ pings: 0 });
});

test('a suppression is broken when the severity rises, and the card no longer says suppressed', async () => {
  stage = await play();
  await suppress();
  const worse = { ...portScan, severity: 8, count: 300 };
  await stage.world.events([guardDutyEvent(worse, stage.world.clock.now() + 120_000)]);
  expect(stage.cards()).toHaveLength(1);
  expect(stage.cardSays()).toContain('HIGH');
  expect(stage.threadSays().join('\n')).toContain('severity rose to HIGH');
  expect(stage.cardSays()).not.toContain('*Suppressed*');
  await stage.curtain();
});

test('somebody who unarchives by hand ends the suppression without a second change', async () => {
  stage = await play();
  await suppress();
  const finding = stage.world.aws
    .partition(stage.world.aws.securityAccount, 'eu-west-1')
    .detector?.findings.get(portScan.id);
  if (finding?.Service) finding.Service.Archived = false;
  await stage.leap(7 * day + 60);
  await stage.world.advance(60);
  expect(stage.threadSays().join('\n')).toContain('The suppression is over');
  expect(stage.cardSays()).toContain('*Undone*');
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings']);
  expect((await stage.requestAudits())[0]?.at(-1)).toBe('containment.ended');
  await stage.curtain({ pings: 0 });
});
