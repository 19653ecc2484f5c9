import { afterEach, beforeEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan, type Story } from '../../src/local/scenarios/guardduty-event.ts';
import { type Play, people, play } from './play.ts';
import { channel, wordsIn } from './screen.ts';

let stage: Play;

beforeEach(async () => {
  stage = await play();
});
afterEach(() => stage.close());

const day = 86_400;

/** The same server scans the same partner again: another finding of the same type. */
const again = (n: number, change: Partial<Story> = {}): Story => ({
  ...portScan,
  id: `${n}6c1fb5e3d52f18d0f4f6f3f655fab${String(n).padStart(2, '0')}`,
  ...change,
});

const elsewhere: Partial<Story> = {
  resource: { resourceType: 'Instance', instanceDetails: { instanceId: 'i-0aaaaaaaaaaaaaaaa' } },
};

const arrives = (story: Story): Promise<unknown> =>
  stage.world.events([guardDutyEvent(story, stage.world.clock.now())]);

const ask = async (scope: string, more: Readonly<Record<string, string>> = {}): Promise<void> => {
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding');
  await stage.submit(people.maria, 'expected', {
    days: { days: more['days'] ?? '7' },
    scope: { scope },
    ...(more['archive'] ? { archive: { archive: more['archive'] } } : {}),
  });
};

const command = (user: string, text: string): Promise<unknown> =>
  stage.world.gesture(stage.world.slack.command({ user, channel, text }));

interface Listing {
  readonly id: string;
  readonly blocks: readonly object[];
}

/** What the last `/cordon suppressions` of this person answered. */
const listing = (user: string): Listing => {
  const { ephemerals } = stage.world.slack.state() as unknown as {
    readonly ephemerals: readonly (Listing & { readonly user: string })[];
  };
  const last = ephemerals.findLast((one) => one.user === user);
  if (!last) throw new Error(`${user} was told nothing`);
  return last;
};

const idIn = (text: string): string => /\bS[0-9A-F]{24}\b/.exec(text)?.[0] ?? '';

/** What the audit says of the suppression's own request. */
const suppressionAudit = async (): Promise<readonly string[]> =>
  (await stage.requestAudits()).find((kinds) => kinds.includes('suppression.in-force')) ?? [];

/** Everything that the cards say: a finding that is shown or counted changes it. */
const seenCards = (): string =>
  stage
    .cards()
    .map(({ blocks }) => wordsIn(blocks))
    .join('\n');

test('a type on one resource is hidden by Cordon alone, and nothing in AWS changes', async () => {
  await ask('resource');
  expect(stage.mutations()).toEqual([]);
  expect(stage.archived(portScan.id)).toBeFalsy();
  expect(stage.cardSays()).toContain('*Suppressed*');
  expect(stage.threadSays()[0]).toContain('*Suppressed*');
  expect(stage.threadSays()[0]).toContain('2026-11-29 09:00 UTC');
  expect(stage.threadSays()[0]).toContain(
    'findings of type Recon:EC2/Portscan about instance i-0f1e2d3c4b5a69788 in account 123456789012',
  );
  const before = seenCards();
  await arrives(again(1));
  expect(seenCards()).toBe(before);
  expect(await suppressionAudit()).toEqual([
    'request.created',
    'request.contained',
    'suppression.in-force',
  ]);
  await stage.curtain({ pings: 0 });
});

test('a resource that is not in the scope alerts as ever', async () => {
  await ask('resource');
  await arrives(again(2, elsewhere));
  expect(seenCards()).toContain('i-0aaaaaaaaaaaaaaaa');
});

test('a rise in severity alerts, ends the suppression and says why in its thread', async () => {
  await ask('resource');
  await arrives(again(3, { severity: 8 }));
  expect(seenCards()).toContain('HIGH');
  expect(stage.threadSays().join('\n')).toContain('The suppression is over');
  expect(stage.threadSays().join('\n')).toContain('severity rose to HIGH');
  await arrives(again(4));
  await command(people.maria, 'suppressions');
  expect(wordsIn(listing(people.maria).blocks)).toContain('Nothing is suppressed');
  expect((await suppressionAudit()).at(-1)).toBe('containment.ended');
  await stage.curtain();
});

test('a new actor alerts and ends the suppression', async () => {
  await ask('account');
  const action = JSON.parse(JSON.stringify(portScan.action).replaceAll('203.0.113.9', '192.0.2.7'));
  await arrives(again(5, { action }));
  expect(stage.threadSays().join('\n')).toContain('a new actor appeared: ip 192.0.2.7');
  expect((await suppressionAudit()).at(-1)).toBe('containment.ended');
});

test('a type everywhere needs an approver, who is not the one who asked', async () => {
  await ask('everywhere');
  expect(stage.threadSays()[0]).toContain('*Approval needed*');
  await arrives(again(6));
  expect(stage.cardSays()).not.toContain('*Suppressed*');
  await stage.press(people.maria, 'approve', stage.withControl('approve'));
  expect(stage.threadSays()[0]).toContain('*Approval needed*');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.threadSays()[0]).toContain('*Suppressed*');
  expect(stage.threadSays().join('\n')).toContain('*Hidden from now on*');
  expect(stage.mutations()).toEqual([]);
  const before = seenCards();
  await arrives(again(7));
  expect(seenCards()).toBe(before);
  await stage.curtain();
});

test('the finding is also archived in AWS when that was chosen, and both are taken back', async () => {
  await ask('resource', { archive: 'archive' });
  expect(stage.archived(portScan.id)).toBe(true);
  expect(stage.threadSays()[0]).toContain('*Suppressed and verified*');
  await stage.world.tick();
  await stage.world.idle();
  const before = seenCards();
  await arrives(again(1));
  expect(seenCards()).toBe(before);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.archived(portScan.id)).toBe(false);
  await arrives(again(2));
  expect(seenCards()).not.toBe(before);
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings', 'guardduty:UnarchiveFindings']);
  await stage.curtain({ pings: 0 });
});

test('whoever unarchived by hand does not stop a suppression from being ended', async () => {
  await ask('resource', { archive: 'archive' });
  await stage.world.tick();
  await stage.world.idle();
  const finding = stage.world.aws
    .partition(stage.world.aws.securityAccount, 'eu-west-1')
    .detector?.findings.get(portScan.id);
  if (finding?.Service) finding.Service.Archived = false;
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  const before = seenCards();
  await arrives(again(2));
  expect(seenCards()).not.toBe(before);
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings']);
});

test('the list says what is hidden, why, by whom and until when, and any responder ends it there', async () => {
  await ask('account');
  await command(people.lee, 'suppressions');
  const said = wordsIn(listing(people.lee).blocks);
  expect(said).toContain('findings of type Recon:EC2/Portscan in account 123456789012');
  expect(said).toContain('Expected behaviour');
  expect(said).toContain('2026-11-29 09:00 UTC');
  await stage.world.gesture(
    stage.world.slack.press({
      user: people.lee,
      channel,
      ts: listing(people.lee).id,
      action_id: 'undo',
    }),
  );
  await stage.submit(people.lee, 'resolved');
  // Slack takes a post a second.
  await stage.world.advance(5);
  expect(stage.threadSays().join('\n')).toContain('It ended because it was undone');
  const before = seenCards();
  await arrives(again(8));
  expect(seenCards()).not.toBe(before);
});

test('a command ends it by its id, once, and leaves the reason in the record', async () => {
  await ask('account');
  await command(people.lee, 'suppressions');
  const id = idIn(wordsIn(listing(people.lee).blocks));
  await command(people.lee, `suppressions end ${id.toLowerCase()} the scanner is ours no more`);
  expect(wordsIn(listing(people.lee).blocks)).toContain('It alerts again from now on');
  await command(people.lee, `suppressions end ${id}`);
  expect(wordsIn(listing(people.lee).blocks)).toContain('No suppression of this id is in force');
  expect(await stage.requestAudits()).toContainEqual(['request.created', 'request.undone']);
  expect((await suppressionAudit()).slice(-2)).toEqual(['request.undoing', 'containment.ended']);
  const reasons = (await stage.entries())
    .filter(({ kind }) => kind === 'request.created')
    .map(({ detail }) => detail?.['reason']);
  expect(reasons).toContainEqual(expect.objectContaining({ text: 'the scanner is ours no more' }));
});

test.each([
  ['guest', people.guest],
  ['nobody in particular', people.nobody],
])('a %s neither sees nor ends a suppression', async (_, user) => {
  await ask('account');
  await command(people.lee, 'suppressions');
  const id = idIn(wordsIn(listing(people.lee).blocks));
  await command(user, 'suppressions');
  expect(wordsIn(listing(user).blocks)).not.toContain('Portscan');
  await command(user, `suppressions end ${id}`);
  expect(wordsIn(listing(user).blocks)).toContain('Not done');
  const before = seenCards();
  await arrives(again(9));
  expect(seenCards()).toBe(before);
});

test('its owner is told a day before the end, once, and it then ends by itself', async () => {
  await ask('account');
  await stage.leap(6 * day - 120);
  expect(stage.threadSays().join('\n')).not.toContain('*this suppression ends*');
  await stage.leap(240);
  await stage.leap(3600);
  const notices = stage.threadSays().filter((text) => text.includes('*this suppression ends*'));
  expect(notices).toHaveLength(1);
  await stage.leap(day);
  await stage.world.advance(60);
  expect(stage.threadSays().join('\n')).toContain('It ended because its time is over');
  const before = seenCards();
  await arrives(again(1));
  expect(seenCards()).not.toBe(before);
  const kinds = await suppressionAudit();
  expect(kinds.filter((kind) => kind === 'suppression.end-announced')).toHaveLength(1);
  expect(kinds.at(-1)).toBe('containment.ended');
  await stage.curtain({ pings: 2 });
});

test('suppressions that cannot be read hide nothing, and the card says so', async () => {
  await ask('account');
  const before = seenCards();
  await stage.world.owners.cases.put({ pk: 'SUPPRESSION', sk: 'S-OF-NEWER-CODE', v: 99 });
  await arrives(again(1, elsewhere));
  expect(seenCards()).not.toBe(before);
  expect(seenCards()).toContain('Suppressions could not be read');
});

test('nobody has woken up since its end, and still nothing is hidden', async () => {
  await ask('account', { days: '1' });
  stage.world.clock.moveTo(stage.world.clock.now() + day * 1000);
  const before = seenCards();
  await arrives(again(1));
  expect(seenCards()).not.toBe(before);
});

test('a choice that was not drawn is refused', async () => {
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding');
  await expect(
    stage.submit(people.maria, 'expected', { days: { days: '7' }, scope: { scope: 'tag-9' } }),
  ).rejects.toThrow('does not offer');
});
