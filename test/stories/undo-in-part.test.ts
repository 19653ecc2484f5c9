/** An undo of some of what was contained: the rest stays, is held, and can be undone later. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { first, isolate, second } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

/** Ticks exactly the boxes whose label contains one of these. */
const undoOnly = async (...labels: readonly string[]): Promise<void> => {
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  const numbers = labels.map((label) => stage.optionIn(people.maria, label));
  await stage.submit(people.maria, 'wrong-target', { choices: { choices: numbers.join(',') } });
};

const nextLook = async (): Promise<void> => {
  stage.world.clock.moveTo(stage.world.clock.now() + 60 * 60_000);
  await stage.world.advance(60);
};

describe('of a contained user', () => {
  const user = () => {
    const found = stage.world.aws.account('123456789012').users.get('ci-deploy');
    if (!found) throw new Error('there is no user ci-deploy');
    return found;
  };

  beforeAll(async () => {
    stage = await play();
    await stage.scenario('leaked-key');
    await stage.choose(people.maria, 'Contain user');
    await stage.submit(people.maria, 'confirmed');
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    await stage.world.advance(11);
  });
  afterAll(() => stage.close());

  test('with no box ticked nothing is asked for', async () => {
    await undoOnly();
    expect(stage.told(people.maria)).toContain('Nothing is chosen, so nothing would change.');
    expect(stage.cardSays()).toContain('*Contained*, verified');
  });

  test('the deny is taken back, the key stays off, and both cards say so', async () => {
    await undoOnly('AWSDenyAll');
    expect(user().attached).toEqual([]);
    expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive']);
    expect(stage.cardSays()).toContain('*Contained in part*, the rest was undone');
    expect(stage.threadSays()[0]).toContain('Undone since, and not contained any more');
    expect(stage.threadSays().at(-1)).toContain('*Undone in part*');
  });

  test('the looks after that miss nothing that was undone, and see what is still held', async () => {
    await nextLook();
    expect(stage.threadSays().join()).not.toContain('*somebody changed what was contained:*');
    user().keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
    await nextLook();
    expect(stage.threadSays().join()).not.toContain('*somebody changed what was contained:*');
    user().keys.pop();
  });

  test('the rest is undone later, with an approval by then, and nothing is left', async () => {
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    expect(stage.told(people.maria)).not.toContain('AWSDenyAll on');
    await stage.submit(people.maria, 'resolved');
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.cardSays()).toContain('*Undone*');
    expect(user().keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
    const [kinds = []] = await stage.requestAudits();
    expect(kinds.filter((kind) => kind.startsWith('containment.'))).toEqual([
      'containment.part-ended',
      'containment.ended',
    ]);
    await stage.curtain({ pings: 4 });
  });
});

describe('of an isolated server that somebody changed since', () => {
  const group = 'sg-0a1b2c3d4e5f60711';
  const before: string[][] = [];

  beforeAll(async () => {
    stage = await play();
    before.push(...[first, second].map((eni) => [...stage.groupsOf(eni)]));
    await isolate(stage);
    const one = stage.world.aws.partition('123456789012', 'eu-west-1').interfaces.get(second);
    if (one) one.groups = [group];
  });
  afterAll(() => stage.close());

  test('what was changed cannot be chosen, and of the rest nothing is ticked', async () => {
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    expect(stage.told(people.maria)).toContain('Cannot be chosen');
    expect(stage.told(people.maria)).toContain(`Security groups of ${second} is ${group}`);
    expect(() => stage.optionIn(people.maria, `Security groups of ${second}`)).toThrow();
    await stage.submit(people.maria, 'wrong-target');
    expect(stage.told(people.maria)).toContain('Nothing is chosen');
  });

  test('what is chosen is undone, and what was changed is left as it is', async () => {
    await undoOnly(`Security groups of ${first}`);
    expect([...stage.groupsOf(first)]).toEqual(before[0]);
    expect(stage.groupsOf(second)).toEqual([group]);
    expect(stage.cardSays()).toContain('*Contained in part*');
    await stage.curtain();
  });
});
