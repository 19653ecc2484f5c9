/** Tier 3 by signing in anew at the organisation's issuer, from the button to the executor's own check. */
import { afterAll, beforeAll, expect, test } from 'vitest';
// Loaded once before the clock of the first test runs.
import '../../src/flows/step-up/sign-in.ts';
import '../../src/flows/step-up/webauthn.ts';
import type { SignInLies } from '../../src/local/sign-in.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { askToIsolate, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { call, linkOf } from './step-up-page.ts';

let stage: Play;

const ana = 'ana.ortiz@example.com';
const lee = 'lee@example.com';

const config = {
  tiers: { 'isolate-instance': 3, 'deactivate-access-key': 3 },
  stepUp: { oidc: { issuer: 'http://localhost:4747/sign-in', clientId: 'cordon' } },
  identities: [
    { id: ana, slack: [people.ana, people.anaAgain] },
    { id: 'lee', slack: [people.lee], signIn: [`local|${lee}`] },
  ],
} as const;

let asked: Awaited<ReturnType<typeof askToIsolate>>;

beforeAll(async () => {
  stage = await play({ config });
  asked = await askToIsolate(stage);
});
afterAll(() => stage.close());

/** What the page's script does: asks where to sign in, goes there, comes back and posts. */
const signIn = async (
  user: string,
  as: string,
  lies: SignInLies = {},
  change: (answer: { code: string; state: string }) => object = (answer) => answer,
) => {
  const token = linkOf(stage, user);
  const { signIn: url = '', ...asked } = await call(stage, 'begin', { token });
  if (url === '') return asked;
  const back = new URL(stage.world.issuer.signIn(url, as, lies)).searchParams;
  const answer = { code: back.get('code') ?? '', state: back.get('state') ?? '' };
  return call(stage, 'finish', { token, answer: change(answer) });
};

test('the page asks the issuer for a fresh sign-in that names this request and person', async () => {
  await stage.press(people.ana, 'approve', asked);
  expect(stage.told(people.ana)).toContain('by signing in anew');
  const { signIn: url = '', options } = await call(stage, 'begin', {
    token: linkOf(stage, people.ana),
  });
  expect(options).toBeUndefined();
  const query = Object.fromEntries(new URL(url).searchParams);
  expect(query).toMatchObject({
    response_type: 'code',
    client_id: 'cordon',
    redirect_uri: 'http://localhost:4747/step-up',
    prompt: 'login',
    max_age: '0',
    code_challenge_method: 'S256',
  });
  expect(url).not.toContain(linkOf(stage, people.ana));
  await stage.press(people.lee, 'approve', asked);
  const other = await call(stage, 'begin', { token: linkOf(stage, people.lee) });
  const { nonce, state } = Object.fromEntries(new URL(other.signIn ?? '').searchParams);
  expect([nonce, state]).not.toEqual([query['nonce'], query['state']]);
});

const hour = () => Math.floor(stage.world.clock.now() / 1000) - 3600;

test.each<[string, string, () => SignInLies, string]>([
  ['another person', lee, () => ({}), 'somebody-else'],
  [
    'an address that the issuer has not verified',
    ana,
    () => ({ emailVerified: false }),
    'somebody-else',
  ],
  ['a session of an hour ago', ana, () => ({ authTime: hour() }), 'not-fresh'],
  ['another issuer', ana, () => ({ issuer: 'https://phish.example.com' }), 'not-signed'],
  ['a token for another client', ana, () => ({ audience: 'somebody' }), 'not-signed'],
  ['a token for another request', ana, () => ({ nonce: 'AAAA' }), 'not-signed'],
  ['a key that the issuer does not publish', ana, () => ({ otherKey: true }), 'not-signed'],
])('%s confirms nothing', async (_, as, lies, code) => {
  await stage.press(people.ana, 'approve', asked);
  expect(await signIn(people.ana, as, lies())).toMatchObject({ status: 409, code });
  expect(stage.threadSays().join()).toContain('0 of 2 approvals');
});

test('a sign-in begun with another link, or a code that was used, confirms nothing', async () => {
  await stage.press(people.lee, 'approve', asked);
  const { signIn: url = '' } = await call(stage, 'begin', { token: linkOf(stage, people.lee) });
  const foreign = new URL(stage.world.issuer.signIn(url, lee)).searchParams;
  await stage.press(people.ana, 'approve', asked);
  const wrong = await signIn(people.ana, ana, {}, ({ code }) => ({
    code,
    state: foreign.get('state'),
  }));
  expect(wrong).toMatchObject({ code: 'not-signed' });
  const stolen = await signIn(people.ana, ana, {}, ({ state }) => ({
    code: foreign.get('code'),
    state,
  }));
  expect(stolen).toMatchObject({ code: 'not-signed' });
  expect(stage.threadSays().join()).toContain('0 of 2 approvals');
});

test('two approvers sign in anew, the executor checks both itself, and it is contained', async () => {
  const before = groups(stage);
  await stage.press(people.ana, 'approve', asked);
  expect(await signIn(people.ana, ana)).toMatchObject({ kind: 'done' });
  expect(stage.threadSays().join()).toContain('1 of 2 approvals');
  // The same link once more counts once.
  expect(
    await call(stage, 'finish', { token: linkOf(stage, people.ana), answer: {} }),
  ).toMatchObject({ kind: 'done' });
  expect(stage.threadSays().join()).toContain('1 of 2 approvals');
  await stage.press(people.lee, 'approve', asked);
  expect(await signIn(people.lee, lee)).toMatchObject({ kind: 'done' });
  expect(groups(stage)).not.toEqual(before);
  expect(stage.cardSays()).toContain('*Contained*');
  await stage.curtain();
});

test('an ID token of another request is none for this one: the executor looks itself', async () => {
  const requests = requestsTable(stage.world.owners.requests);
  const [first = ''] = await stage.requestIds();
  const confirmed = await requests.get(first);
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key', stage.cards().at(-1));
  await stage.submit(people.maria, 'confirmed');
  const second = (await stage.requestIds()).find((id) => id !== first) ?? '';
  const waiting = await requests.get(second);
  if (!confirmed || !waiting) throw new Error('a request is missing');
  const at = new Date(stage.world.clock.now()).toISOString();
  await requests.save(
    {
      ...waiting,
      version: waiting.version + 1,
      state: 'approved',
      approvedAt: at,
      stamp: { at, because: 'forged' },
      run: 1,
      votes: confirmed.votes.map((vote) => ({ ...vote, at, planHash: waiting.planHash })),
    },
    waiting.version,
  );
  stage.world.executions.start(`${second}-1`, { request: second });
  await stage.world.idle();
  await stage.world.advance(60);
  const writes = stage.mutations();
  expect(writes.filter((name) => name.startsWith('iam:'))).toEqual([]);
  expect(JSON.stringify(await requests.get(second))).toContain('sign-in does not hold');
});
