import { afterEach, describe, expect, test } from 'vitest';
import { askToIsolate, groups, second } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const third = 'eni-0a1b2c3d4e5f60713';

describe('an end state that drifts between request and approval', () => {
  test('voids the approval, posts the new plan as a new message, and changes nothing', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const old = stage.remember(asked);
    await stage.scenario('attach-interface');
    await stage.press(people.ana, 'approve', asked);

    expect(stage.mutations()).toEqual([]);
    expect(stage.cardSays()).toContain('*Approval needed*');
    const [void_, anew] = stage.threadSays();
    expect(stage.thread()).toHaveLength(2);
    expect(void_).toContain('*This plan is void.*');
    expect(stage.controls(stage.thread()[0] ?? asked)).toEqual([]);
    expect(anew).toContain(third);
    expect(anew).toContain('0 of 1 approvals');
    // Lee is on call and approves: the card and the first plan called, the new plan only names.
    expect(anew).toContain('<!subteam^S0SECAPPR>');
    expect(stage.world.slack.pings(people.lee)).toBe(2);
    expect(stage.world.slack.pings(people.ana)).toBe(2);
    expect(stage.withControl('approve').reply_broadcast).toBe(true);

    await stage.pressRemembered(people.ana, 'approve', old);
    expect(stage.told(people.ana)).toContain('This card shows an older plan');
    expect(stage.mutations()).toEqual([]);

    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.groupsOf(third)).toHaveLength(1);
    expect([...groups(stage), stage.groupsOf(third)]).toEqual(
      Array.from({ length: 3 }, () => stage.groupsOf(third)),
    );
    expect(stage.cardSays()).toContain('*Contained*, verified');
    expect(await stage.requestAudits()).toEqual([
      [
        'request.created',
        'request.approved',
        'request.drifted',
        'click.refused',
        'request.approved',
        'request.executing',
        'step.done',
        'step.done',
        'request.contained',
      ],
    ]);
    // Ana has to look again.
    await stage.curtain({ ownPings: [people.ana] });
  });
});

describe('an end state that drifts again', () => {
  test('fails the request loudly, still without any change', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    await stage.scenario('attach-interface');
    await stage.press(people.ana, 'approve', asked);
    await stage.scenario('attach-interface');
    await stage.press(people.ana, 'approve', stage.withControl('approve'));

    expect(stage.mutations()).toEqual([]);
    expect(stage.cardSays()).toContain('*Not contained*');
    const last = stage.threadSays().at(-1);
    expect(last).toContain('<@U0MARIA> *this needs you:*');
    expect(last).toContain('live state changed a second time');
    expect(stage.thread().at(-1)?.reply_broadcast).toBe(true);
    expect((await stage.requestAudits())[0]?.slice(-3)).toEqual([
      'request.drifted',
      'request.approved',
      'request.failed',
    ]);
    await stage.curtain({ ownPings: [people.ana] });
  });

  test('leaves nothing that the old card can be denied or withdrawn with', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const old = stage.remember(asked);
    await stage.scenario('attach-interface');
    await stage.press(people.ana, 'approve', asked);
    await stage.pressRemembered(people.ana, 'deny', old);
    await stage.pressRemembered(people.maria, 'withdraw', old);
    expect(await stage.refusals()).toHaveLength(2);
    expect(stage.cardSays()).toContain('*Approval needed*');
    await stage.curtain({ ownPings: [people.ana] });
  });
});

describe('before-values that drift between request and approval', () => {
  test('are recorded as found, disclosed on the card, and restored by the undo', async () => {
    stage = await play();
    const planned = stage.groupsOf(second);
    const asked = await askToIsolate(stage);
    await stage.scenario('change-groups');
    const found = stage.groupsOf(second);
    expect(found).not.toEqual(planned);
    await stage.press(people.ana, 'approve', asked);

    expect(stage.cardSays()).toContain('*Contained*, verified');
    expect(stage.thread()).toHaveLength(1);
    const says = stage.threadSays()[0];
    expect(says).toContain('Changed since the plan was shown');
    expect(says).toContain(
      `Security groups of ${second}: was sg-0a1b2c3d4e5f60712 when planned, is sg-0a1b2c3d4e5f60711, sg-0a1b2c3d4e5f60712 now`,
    );

    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    expect(stage.groupsOf(second).toSorted()).toEqual(found.toSorted());
    await stage.curtain();
  });
});
