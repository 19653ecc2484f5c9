import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
// Loaded once before the clock of the first test runs.
import '../../src/flows/step-up/webauthn.ts';
import { stepUpEvent } from '../../src/local/step-up-requests.ts';
import { askToIsolate, groups } from './acts.ts';
import { newAuthenticator } from './authenticator.ts';
import { type Play, people, play } from './play.ts';
import {
  addPasskey,
  call,
  confirm,
  forgeApproval,
  linkOf,
  site,
  twoApprovers,
} from './step-up-page.ts';

let stage: Play;

afterEach(() => stage.close());

/** Who gets a passkey is told so, beside the two pings of a case; a failure calls its requester. */

/** Passkeys alone: the other way is in sign-in.test.ts. */
const tier3 = { tiers: { 'isolate-instance': 3 }, stepUp: {} } as const;

test('an action of tier 3 runs after two approvers have confirmed with their passkeys', async () => {
  stage = await play({ config: tier3 });
  const { ana, lee } = await twoApprovers(stage);
  const asked = await askToIsolate(stage);
  const before = groups(stage);
  await stage.press(people.ana, 'approve', asked);
  expect(stage.told(people.ana)).toContain('your approval counts when you confirm it');
  expect(stage.threadSays().join()).toContain('0 of 2 approvals');
  expect(await confirm(stage, people.ana, ana)).toMatchObject({ kind: 'done' });
  expect(stage.threadSays().join()).toContain('1 of 2 approvals');
  expect(groups(stage)).toEqual(before);
  await stage.press(people.lee, 'approve', asked);
  expect(await confirm(stage, people.lee, lee)).toMatchObject({ kind: 'done' });
  expect(stage.cardSays()).toContain('*Contained*');
  expect(groups(stage)).not.toEqual(before);
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.slice(0, 3)).toEqual(['request.created', 'request.vote', 'request.approved']);
  expect(await stage.audit()).toEqual(expect.arrayContaining(['passkey.added', 'passkey.added']));
  await stage.curtain();
});

describe('what is not a confirmation', () => {
  test('a signature for another page or site, over something else, or without a check of the person', async () => {
    stage = await play({ config: tier3 });
    const { ana } = await twoApprovers(stage);
    await stage.press(people.ana, 'approve', await askToIsolate(stage));
    for (const lies of [
      { origin: 'https://phish.example.com' },
      { rpId: 'phish.example.com' },
      { challenge: 'AAAA' },
      { userVerified: false },
    ]) {
      const answer = await confirm(stage, people.ana, ana, lies);
      expect(answer, JSON.stringify(lies)).toMatchObject({ status: 409, code: 'not-signed' });
    }
    expect(stage.threadSays().join()).toContain('0 of 2 approvals');
    // The link is not used up by it.
    expect(await confirm(stage, people.ana, ana)).toMatchObject({ kind: 'done' });
    await stage.curtain();
  });

  test('a passkey of somebody else, a copied one, and one that is new', async () => {
    stage = await play({ config: tier3 });
    const { ana, lee } = await twoApprovers(stage);
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'approve', asked);
    expect(await confirm(stage, people.ana, lee)).toMatchObject({ code: 'not-signed' });
    expect(await confirm(stage, people.ana, newAuthenticator())).toMatchObject({
      code: 'not-signed',
    });
    expect(await confirm(stage, people.ana, ana, { counter: 1 })).toMatchObject({
      code: 'not-signed',
    });
    expect(stage.threadSays().join()).toContain('0 of 2 approvals');
    await stage.curtain();
  });

  test('a passkey that was added a moment ago, however it was added', async () => {
    stage = await play({ config: tier3 });
    const ana = await addPasskey(stage, people.ana);
    await stage.press(people.ana, 'approve', await askToIsolate(stage));
    const answer = await confirm(stage, people.ana, ana);
    expect(answer).toMatchObject({ kind: 'refused', code: 'new-passkey' });
    expect(stage.threadSays().join()).toContain('0 of 2 approvals');
    await stage.curtain();
  });
});

describe('what is over', () => {
  test('a passkey that was removed, even between approval and start', async () => {
    let down = true;
    stage = await play({
      config: tier3,
      wrap: (functions) => ({
        ...functions,
        executor: (input) =>
          down ? Promise.reject(new Error('no capacity')) : functions.executor(input),
      }),
    });
    const { ana, lee } = await twoApprovers(stage);
    const asked = await askToIsolate(stage);
    const before = groups(stage);
    for (const [user, passkey] of [
      [people.ana, ana],
      [people.lee, lee],
    ] as const) {
      await stage.press(user, 'approve', asked);
      await confirm(stage, user, passkey);
    }
    await stage.command(people.ana, `passkey remove ${ana.id.slice(0, 8)}`);
    expect(stage.told(people.ana)).toContain('counts no more');
    down = false;
    await stage.world.advance(60);
    expect(groups(stage)).toEqual(before);
    expect(stage.threadSays().join()).toContain('a passkey that does not count');
    await stage.curtain();
  });

  test('a link that is old, used, or for a request that is over', async () => {
    stage = await play({ config: tier3 });
    const { ana } = await twoApprovers(stage);
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'approve', asked);
    const token = linkOf(stage, people.ana);
    const { options = {} } = await call(stage, 'begin', { token });
    const answer = ana.get(options, site);
    expect(await call(stage, 'finish', { token, answer })).toMatchObject({ kind: 'done' });
    // Once more, as a lost answer would: counted once.
    expect(await call(stage, 'finish', { token, answer })).toMatchObject({ kind: 'done' });
    expect(stage.threadSays().join()).toContain('1 of 2 approvals');
    await stage.press(people.lee, 'approve', asked);
    const lees = linkOf(stage, people.lee);
    await stage.press(people.maria, 'withdraw', asked);
    expect(await call(stage, 'begin', { token: lees })).toMatchObject({ code: 'request-over' });
    await stage.world.advance(601);
    expect(await call(stage, 'begin', { token: lees })).toMatchObject({ code: 'link-expired' });
    expect(await call(stage, 'begin', { token: 'A'.repeat(22) })).toMatchObject({
      code: 'unknown-link',
    });
    await stage.curtain();
  });
});

describe('who tries to get around it', () => {
  test('the requester, whose own passkey does not help', async () => {
    stage = await play({ config: tier3 });
    await twoApprovers(stage);
    await stage.scenario('compromised-server');
    await stage.press(people.lee, 'plan:isolate-instance');
    await stage.submit(people.lee, 'confirmed');
    await stage.press(people.lee, 'approve', stage.withControl('approve'));
    expect(stage.told(people.lee)).toContain('You requested this');
    await stage.curtain();
  });

  test('a responder who is no approver gets no link', async () => {
    stage = await play({ config: tier3 });
    await stage.command(people.maria, 'passkey');
    expect(stage.told(people.maria)).toContain('You are not an approver');
    expect(() => linkOf(stage, people.maria)).toThrow('was told no link');
    await stage.curtain();
  });

  test('another site, and a form: the page answers its own script only', async () => {
    stage = await play({ config: tier3 });
    await stage.command(people.ana, 'passkey');
    const token = linkOf(stage, people.ana);
    const elsewhere = { origin: 'https://phish.example.com' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const headers of [elsewhere, form])
      expect(await call(stage, 'begin', { token }, headers)).toMatchObject({ status: 400 });
    await stage.curtain();
  });

  test('whoever writes votes without signatures: the executor checks them itself', async () => {
    stage = await play({ config: tier3 });
    const { ana, lee } = await twoApprovers(stage);
    const asked = await askToIsolate(stage);
    const before = groups(stage);
    await stage.press(people.ana, 'approve', asked);
    await confirm(stage, people.ana, ana);
    await forgeApproval(stage, people.lee);
    expect(groups(stage)).toEqual(before);
    expect(stage.threadSays().join()).toContain('an approval was not confirmed with a passkey');
    expect(lee.id).toBeTruthy();
    await stage.curtain();
  });
});

describe('a new passkey', () => {
  test('is told to everybody in the channel, to the pager and to the audit', async () => {
    stage = await play({ config: tier3 });
    await addPasskey(stage, people.ana);
    expect(JSON.stringify(stage.world.slack.state())).toContain('A passkey was added');
    expect(stage.world.pager.pages.map(({ subject }) => subject)).toEqual([
      'Cordon: a passkey was added',
    ]);
    expect(await stage.audit()).toEqual(['passkey.added']);
  });

  test('is added once by one link', async () => {
    stage = await play({ config: tier3 });
    await stage.command(people.ana, 'passkey');
    const token = linkOf(stage, people.ana);
    const { options = {} } = await call(stage, 'begin', { token });
    const [mine, thief] = [newAuthenticator(), newAuthenticator()];
    const answer = mine.create(options, site);
    expect(await call(stage, 'finish', { token, answer })).toMatchObject({ kind: 'done' });
    expect(
      await call(stage, 'finish', { token, answer: thief.create(options, site) }),
    ).toMatchObject({ kind: 'refused', code: 'link-used' });
    await stage.command(people.ana, 'passkey');
    expect(stage.told(people.ana)).toContain(mine.id.slice(0, 8));
    expect(stage.told(people.ana)).not.toContain(thief.id.slice(0, 8));
  });
});

test('the page itself is the same for everybody, frames nowhere and runs only its own script', async () => {
  stage = await play();
  const page = await stage.world.stepUp(
    stepUpEvent({ method: 'GET', url: '/step-up', headers: {} }, '', stage.world.clock.now()),
  );
  const policy = String(page.headers?.['content-security-policy']);
  expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/);
  expect(policy).toContain("frame-ancestors 'none'");
  const script = /<script>([\s\S]*)<\/script>/.exec(page.body ?? '')?.[1] ?? '';
  expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  expect(() => new Function(script)).not.toThrow();
});
