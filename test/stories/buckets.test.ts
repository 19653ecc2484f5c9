import { afterEach, expect, test } from 'vitest';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const bucket = () => {
  const [found] = stage.world.aws.state().accounts.flatMap(({ buckets }) => buckets);
  if (!found) throw new Error('there is no bucket');
  return found;
};

const changes = (): readonly string[] =>
  stage.world.aws.calls
    .filter(
      ({ service, operation, error }) =>
        service === 's3' && !error && /^(Put|Delete)/.test(operation),
    )
    .map(({ operation, role }) => `${role} ${operation}`);

/** Slack stacks three modals at most; people close what they have read. */
const closeModal = (): void => {
  stage.world.slack.close({ user: people.maria, view_id: stage.modal(people.maria) });
};

/** The example bucket is quarantined: asked for by Maria, approved by Ana. */
const quarantine = async (): Promise<void> => {
  const control = 'plan:quarantine-bucket';
  if (stage.controls(stage.card()).includes(control)) await stage.press(people.maria, control);
  else await stage.choose(people.maria, 'Quarantine bucket');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
};

const block = async (): Promise<void> => {
  await stage.press(people.maria, 'plan:block-public-access');
  await stage.submit(people.maria, 'confirmed');
};

test('one responder blocks public access, and undoes it', async () => {
  stage = await play();
  await stage.scenario('public-bucket');
  expect(stage.controls(stage.card())[1]).toBe('plan:block-public-access');
  await stage.press(people.maria, 'plan:block-public-access');
  expect(stage.told(people.maria)).toContain('AWS counts its policy as public.');
  expect(stage.told(people.maria)).toMatch(/none +→ +BlockPublicAcls, IgnorePublicAcls/);
  await stage.submit(people.maria, 'confirmed');
  expect(bucket()).toMatchObject({ blocked: true, publicPolicy: true });
  expect(stage.cardSays()).toContain('*Contained*, verified');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  expect(stage.told(people.maria)).toContain('whole account or organisation');
  await stage.submit(people.maria, 'wrong-target');
  expect(bucket()).not.toHaveProperty('block');
  expect(stage.cardSays()).toContain('*Undone*');
  expect(changes()).toEqual([
    'cordon-respond PutPublicAccessBlock',
    'cordon-respond DeletePublicAccessBlock',
  ]);
  await stage.curtain({ pings: 1 });
});

test('a bucket is quarantined after approval, and undo puts its policy back byte for byte', async () => {
  stage = await play();
  await stage.scenario('public-bucket');
  const { policy } = bucket();
  await quarantine();
  expect(bucket()).toMatchObject({ quarantined: true, publicPolicy: false });
  expect(stage.cardSays()).toContain('*Contained*, verified');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'resolved');
  expect(bucket()).toMatchObject({ policy, quarantined: false });
  expect(changes()).toEqual(['cordon-respond PutBucketPolicy', 'cordon-respond PutBucketPolicy']);
  await stage.curtain();
});

test('block and quarantine hold one bucket, and each is undone in its turn', async () => {
  stage = await play();
  await stage.scenario('public-bucket');
  const { policy } = bucket();
  await block();
  const blocked = stage.withControl('undo');
  await quarantine();
  expect(bucket()).toMatchObject({ blocked: true, quarantined: true });

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  expect(stage.told(people.maria)).toContain('Undo the block of public access first');
  expect(bucket()).toMatchObject({ blocked: true, quarantined: true });

  closeModal();
  await stage.press(people.maria, 'undo', blocked);
  await stage.submit(people.maria, 'resolved');
  expect(bucket()).toMatchObject({ blocked: false, quarantined: true });

  closeModal();
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'resolved');
  expect(bucket()).toMatchObject({ policy, blocked: false, quarantined: false });
  expect(stage.cardSays()).toContain('*Undone*');
  await stage.curtain();
});

test('a bucket that an attacker opens again is not touched by the undo, which shows the difference', async () => {
  stage = await play();
  await stage.scenario('public-bucket');
  await block();
  await stage.scenario('reopen-bucket');
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  expect(stage.told(people.maria)).toContain('is none, Cordon left BlockPublicAcls');
  expect(changes()).toEqual(['cordon-respond PutPublicAccessBlock']);
  await stage.curtain({ pings: 1 });
});
