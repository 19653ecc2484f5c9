/**
 * After a case is closed, through signed requests: its review as a canvas with the true times, follow-ups
 * until they are done, what came of it on the next case like it, and the month's figures. One world, in order.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { askToIsolate } from './acts.ts';
import { isolate, settings } from './automation-acts.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

const hostile =
  '`] <!channel> <@U0ANA> ![](@U0ANA) [Approve](https://evil.example) :tada:\n# Heading | **x**';

let stage: Play;
let first = '';

beforeAll(async () => {
  const elsewhere = { users: [people.anaAgain], for: { accounts: ['111122223333'] } };
  stage = await play({
    config: {
      ...settings([{ ...isolate, mode: 'shadow' }]),
      scopedRoles: [{ id: 'dev', role: 'responder', ...elsewhere }],
    },
  });
}, 60_000);
afterAll(() => stage.close());

const canvases = () => stage.world.slack.canvases();
const written = (): string => canvases().at(-1)?.markdown ?? '';
const threadOf = (card = stage.cards().at(-1)): string => wordsIn(card?.replies ?? []);

/** What is left of Markdown when everything in code spans is taken out: that alone is parsed. */
const parsed = (markdown: string): string => markdown.replaceAll(/`[^`\n]*`/g, '');

const resolve = async (user: string, classification: string, note: string): Promise<void> => {
  const card = stage.cards().at(-1);
  await stage.press(user, 'resolve', card);
  await stage.fill(user, { classification, note });
};

/** The same server again, as another finding. */
const again = async (n: number): Promise<void> => {
  await stage.world.events([
    guardDutyEvent(
      { ...compromisedServer, id: `16afba5c5c43e07c9e3e5e2e544e96${String(n).padStart(2, '0')}` },
      stage.world.clock.now(),
    ),
  ]);
  await stage.world.idle();
};

test('a true positive that is resolved gets a canvas with the times of the record, once', async () => {
  await askToIsolate(stage);
  await stage.say(people.maria, hostile);
  await stage.leap(6 * 60);
  await stage.press(people.maria, 'approve', stage.withControl('approve'));
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  first = stage.caseIdOn(stage.card());
  await stage.leap(30 * 60);
  await resolve(people.maria, 'true-positive', `Malware. ${hostile}`);
  expect(canvases()).toHaveLength(0);
  await stage.leap(60);
  await stage.leap(60);
  await stage.world.advance(2);
  expect(canvases()).toHaveLength(1);
  expect(canvases()[0]).toMatchObject({ writers: ['C0SECURITY'], written: [] });
  expect(written()).toMatch(/^# Review of case C[0-9A-F]{9}\n/);
  expect(written()).toContain('Detected: the case was opened: 2026-11-22 09:00 UTC');
  expect(written()).toMatch(
    /Acknowledged: 2026-11-22 09:00 UTC, after 1 s \(target 15 min: kept\)/,
  );
  expect(written()).toMatch(/Approved: 2026-11-22 09:06 UTC, after 6 min/);
  expect(written()).toMatch(/Contained and read back: .* after 6 min \(target 1 h: kept\)/);
  expect(written()).toMatch(/Resolved: 2026-11-22 09:36 UTC, after 36 min/);
  expect(written()).toMatch(/The approval waited 6 min for: `Isolate/);
  expect(written()).toMatch(/A press was refused \(once\): `You are not an approver.`/);
  expect(written()).toMatch(/Finding received: .*\(GuardDuty finding\)/);
  expect(written()).toMatch(/Comment by a responder `.*`: .*\(Slack comment, audit entry \d+\)/);
  expect(written()).toMatch(/Contained: `verified by reading back` \(AWS call, audit entry \d+\)/);
  expect(threadOf(stage.card())).toContain('A review was drafted from the record.');
  expect(JSON.stringify(stage.card().replies)).toContain(
    `https://slack.com/docs/T0CORDON/${canvases()[0]?.id}`,
  );
  await stage.leap(300);
  expect(canvases()).toHaveLength(1);
});

test('what an attacker or a colleague wrote is literal in the canvas', () => {
  expect(written()).toContain('evil.example');
  expect(
    written()
      .split('\n')
      .filter((line) => (line.match(/`/g) ?? []).length % 2 === 1),
  ).toEqual([]);
  expect(parsed(written())).not.toMatch(/evil|<|@|https?:|:tada:|\]\(|\*\*x|# Heading/);
  expect(canvases()[0]?.title).toMatch(/^Review of C[0-9A-F]{9}: /);
});

test('what people write in it stays: a later draft is in the thread', async () => {
  const canvas = canvases()[0]?.id ?? '';
  stage.world.slack.writeCanvas({ user: people.lee, canvas, markdown: '# Ours' });
  await stage.press(people.maria, 'reopen', stage.card());
  await stage.world.advance(60);
  await resolve(people.maria, 'true-positive', 'It was back');
  await stage.leap(60);
  await stage.leap(60);
  await stage.world.advance(2);
  expect(canvases()).toMatchObject([{ id: canvas, markdown: '# Ours', written: [people.lee] }]);
  expect(threadOf(stage.card())).toMatch(
    /The review was drafted again from the record.* what is in the canvas belongs to people by now/,
  );
  expect(threadOf(stage.card())).toContain('It was thought to be over, and opened again (once)');
});

test('a follow-up has an owner and a day, and is in digest and home until it is done', async () => {
  await stage.press(people.maria, 'follow-up', stage.withControl('follow-up'));
  await stage.fill(people.maria, {
    task: `Turn IMDSv1 off ${hostile}`,
    owner: people.guest,
    due: '2026-12-01',
  });
  expect(stage.told(people.maria)).toContain('no full member');
  await stage.press(people.maria, 'follow-up', stage.withControl('follow-up'));
  await stage.fill(people.maria, { task: 'Turn IMDSv1 off', owner: people.lee, due: '2026-12-01' });
  expect(stage.told(people.maria)).toContain('Due 2026-12-01');
  await stage.openHome(people.lee);
  expect(stage.home(people.lee).says).toMatch(/Your follow-ups: 1 Turn IMDSv1 off due 2026-12-01/);
  await stage.command(people.lee, 'digest');
  expect(stage.told(people.lee)).toContain(`due 2026-12-01 · case ${first}: Turn IMDSv1 off`);
  await stage.command(people.anaAgain, 'followups');
  await stage.pressAnswer(people.anaAgain, 'follow-up-done');
  expect(stage.told(people.anaAgain)).toContain('for something else, not for this');
  await stage.leap(10 * 86_400);
  await stage.command(people.lee, 'followups');
  expect(stage.told(people.lee)).toContain('overdue since 2026-12-01');
  await stage.pressAnswer(people.lee, 'follow-up-done');
  expect(stage.told(people.lee)).toContain('Done');
  await stage.openHome(people.lee);
  expect(stage.home(people.lee).says).not.toContain('Turn IMDSv1 off');
  await stage.command(people.lee, 'followups');
  expect(stage.told(people.lee)).toContain('Open follow-ups None.');
  await stage.command(people.lee, `followups ${first}`);
  expect(stage.told(people.lee)).toContain('done 2026-12-02');
  await stage.pressAnswer(people.lee, 'follow-up-reopen');
  await stage.openHome(people.lee);
  expect(stage.home(people.lee).says).toContain('Your follow-ups: 1');
  expect((await stage.audit()).filter((kind) => kind.startsWith('follow-up.'))).toEqual([
    'follow-up.added',
    'follow-up.done',
    'follow-up.reopened',
  ]);
});

test('whoever owns a follow-up sees and closes it without a role, and nothing else', async () => {
  await stage.press(people.maria, 'follow-up', stage.withControl('follow-up'));
  await stage.fill(people.maria, {
    task: 'Ask the vendor',
    owner: people.nobody,
    due: '2026-12-20',
  });
  await stage.openHome(people.nobody);
  expect(stage.home(people.nobody).says).toMatch(
    /You are not a responder.*Your follow-ups: 1 Ask the vendor due 2026-12-20/,
  );
  expect(stage.home(people.nobody).says).not.toContain('Turn IMDSv1 off');
  await stage.command(people.nobody, 'followups');
  expect(stage.told(people.nobody)).toContain('Ask the vendor');
  expect(stage.told(people.nobody)).not.toContain('Turn IMDSv1 off');
  await stage.pressAnswer(people.nobody, 'follow-up-done');
  expect(stage.told(people.nobody)).toContain('Done');
  await stage.command(people.nobody, 'followups');
  expect(stage.told(people.nobody)).toContain('Open follow-ups None.');
  await stage.command(people.guest, 'followups');
  expect(stage.told(people.guest)).toContain('Guests cannot act');
});

test('the next case like it says what came of this one', async () => {
  await again(1);
  const card = stage.cards().at(-1);
  expect(stage.says(card)).toMatch(
    new RegExp(
      `Cases like it: .?${first}.? true positive on 2026-11-22, contained by .?Isolate.* after 6 min \\(the same one\\)`,
    ),
  );
});

test('a false positive is counted by its month and gets no review', async () => {
  await stage.leap(600);
  await stage.press(people.maria, 'acknowledge', stage.cards().at(-1));
  await resolve(people.maria, 'false-positive', 'A scanner of ours');
  await stage.leap(60);
  await stage.leap(60);
  await stage.world.advance(2);
  expect(canvases()).toHaveLength(1);
  await stage.command(people.lee, 'metrics 2026-11');
  // By hand: acknowledged after 1 s, contained after 6 min, resolved at 09:44.
  expect(stage.told(people.lee)).toMatch(/1 closed: 1 true positive/);
  expect(stage.told(people.lee)).toMatch(/To acknowledge: median 1 s, p90 1 s, of 1; .*: kept/);
  expect(stage.told(people.lee)).toMatch(
    /To contain: median 6 min, p90 6 min, of 1; target 1 h: kept/,
  );
  expect(stage.told(people.lee)).toMatch(
    /isolate-servers, in shadow: would have run 1 times; people did the same 1, .* Agreement 100 %/,
  );
  await stage.command(people.lee, 'metrics');
  expect(stage.told(people.lee)).toMatch(/The cases of 2026-12 .*1 closed: 1 false positive/);
  expect(stage.told(people.lee)).toMatch(/To resolve: median 10 min/);
  expect(stage.told(people.lee)).toContain('control-server: 1 of 1 false positives (100 %)');
  await stage.press(people.maria, 'reopen', stage.cards().at(-1));
  await stage.leap(60);
  await stage.leap(60);
  await stage.command(people.lee, 'metrics');
  expect(stage.told(people.lee)).not.toContain('1 closed');
  await resolve(people.maria, 'false-positive', 'A scanner of ours, really');
  await stage.leap(60);
  await stage.leap(60);
  await stage.command(people.lee, 'metrics');
  expect(stage.told(people.lee)).toMatch(/1 closed: 1 false positive/);
  await stage.command(people.lee, 'metrics 2026-13');
  expect(stage.told(people.lee)).toContain('/cordon metrics 2026-11');
});

test('asked for, any case gets its review; who may not respond is refused', async () => {
  const id = stage.caseIdOn(stage.cards().at(-1) ?? stage.card());
  await stage.command(people.nobody, `review ${id}`);
  expect(stage.told(people.nobody)).toContain('You are not a responder');
  await stage.command(people.maria, 'review C000000000');
  expect(stage.told(people.maria)).toContain('There is no such case');
  await stage.command(people.maria, `review ${id.toLowerCase()}`);
  expect(stage.told(people.maria)).toContain(`The review of ${id} is drafted`);
  expect(canvases()).toHaveLength(2);
  expect(written()).toContain('It was: False positive');
  await stage.curtain({ pings: 3 });
});
