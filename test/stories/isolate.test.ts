import { afterEach, describe, expect, test } from 'vitest';
import { type Play, people, play, wordsIn } from './play.ts';

const first = 'eni-0a1b2c3d4e5f60711';
const second = 'eni-0a1b2c3d4e5f60712';
let stage: Play;

afterEach(() => stage.close());

describe('isolating an instance with two interfaces', () => {
  test('is planned, approved by another person, carried out, verified and undone', async () => {
    stage = await play();
    const { world } = stage;
    await stage.scenario('compromised-server');
    const before = [stage.groupsOf(first), stage.groupsOf(second)];
    expect(stage.cards()).toHaveLength(1);
    expect(stage.controls(stage.card())[0]).toBe('plan:isolate-instance');

    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toContain('What changes');
    expect(wordsIn(stage.card().blocks)).toContain('<@U0MARIA> has it');
    expect(stage.mutations()).toEqual([]);

    await stage.submit(people.maria, 'confirmed', {
      'reason-text': { 'reason-text': 'ticket: 42' },
    });
    const asked = stage.withControl('approve');
    expect(asked.reply_broadcast).toBe(true);
    expect(wordsIn(asked.blocks)).toContain('ticket: 42');
    expect(stage.mutations()).toEqual([]);

    await stage.press(people.ana, 'approve', asked);
    for (const eni of [first, second]) {
      const [group] = stage.groupsOf(eni);
      expect(stage.groupsOf(eni)).toHaveLength(1);
      const quarantine = world.aws.partition('123456789012', 'eu-west-1').groups.get(group ?? '');
      expect(quarantine).toMatchObject({ ingress: [], egress: [] });
    }
    expect(wordsIn(stage.card().blocks)).toContain('*Contained*, verified');

    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    expect([stage.groupsOf(first), stage.groupsOf(second)]).toEqual(before);
    expect(wordsIn(stage.card().blocks)).toContain('*Undone*');

    expect(await stage.audit()).toEqual(
      expect.arrayContaining([
        'case.opened',
        'case.acknowledged',
        'request.created',
        'request.approved',
        'request.executing',
        'request.contained',
        'request.undoing',
        'request.undone',
        'containment.ended',
      ]),
    );
    expect(await stage.auditIntact()).toBe(true);
    for (const user of Object.values(people))
      expect(world.slack.pings(user)).toBeLessThanOrEqual(2);
  });
});
