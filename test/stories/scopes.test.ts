/** Roles for a part of what there is, and tiers that differ, from the click to the change. */
import { afterEach, expect, test } from 'vitest';
import { askToIsolate, groups, key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const nobody = { users: [], groups: [] };

test('a responder of one account contains there and nowhere else, and whoami says so', async () => {
  stage = await play({
    config: {
      scopedRoles: [
        {
          id: 'dev',
          role: 'responder',
          users: [people.nobody],
          for: { accounts: ['111122223333'] },
        },
        {
          id: 'keys',
          role: 'responder',
          users: [people.anaAgain],
          for: { actions: ['deactivate-access-key'] },
        },
      ],
    },
  });
  await stage.scenario('leaked-key');
  for (const control of ['plan:deactivate-access-key', 'acknowledge']) {
    await stage.press(people.nobody, control);
    expect(stage.told(people.nobody)).toContain('for something else, not for this');
  }
  const [id = ''] = await stage.openCases();
  for (const command of ['evidence', 'review']) {
    await stage.command(people.nobody, `${command} ${id}`);
    expect(stage.told(people.nobody), command).toContain('for something else, not for this');
  }
  expect(stage.world.slack.canvases()).toEqual([]);
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.command(people.nobody, 'whoami');
  expect(stage.told(people.nobody)).toContain('Only in 111122223333: responder (dev)');

  await stage.press(people.anaAgain, 'plan:stolen-access-key');
  expect(stage.told(people.anaAgain)).toContain('for something else, not for this');
  await stage.press(people.anaAgain, 'plan:deactivate-access-key');
  await stage.submit(people.anaAgain, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.curtain();
});

test('an approver of another account neither approves, denies nor is asked', async () => {
  stage = await play({
    config: {
      approvers: { users: [people.ana], groups: [] },
      scopedRoles: [
        {
          id: 'dev',
          role: 'approver',
          users: [people.nobody],
          for: { accounts: ['111122223333'] },
        },
        { id: 'prod', role: 'approver', users: [people.lee], for: { accounts: ['123456789012'] } },
      ],
    },
  });
  const asked = await askToIsolate(stage);
  const before = groups(stage);
  expect(stage.says(asked)).toContain(`<@${people.ana}> <@${people.lee}>`);
  expect(stage.says(asked)).not.toContain(people.nobody);
  for (const control of ['approve', 'deny']) {
    await stage.press(people.nobody, control, asked);
    expect(stage.told(people.nobody)).toContain('for something else, not for this');
  }
  expect(groups(stage)).toEqual(before);
  await stage.press(people.lee, 'approve', asked);
  expect(groups(stage)).not.toEqual(before);
  await stage.curtain();
});

test('a viewer looks and does nothing; an administrator withdraws what others asked for', async () => {
  stage = await play({
    config: {
      viewers: { ...nobody, users: [people.nobody] },
      admins: { ...nobody, users: [people.anaAgain] },
    },
  });
  const asked = await askToIsolate(stage);
  await stage.press(people.nobody, 'view-plan', asked);
  expect(stage.told(people.nobody)).toContain('What changes');
  await stage.press(people.nobody, 'acknowledge');
  expect(stage.told(people.nobody)).toContain('You are not a responder');
  await stage.press(people.nobody, 'withdraw', asked);
  expect(stage.told(people.nobody)).toContain('You are not a responder');

  await stage.press(people.anaAgain, 'withdraw', asked);
  expect(stage.cardSays()).not.toContain('*Approval needed*');
  const withdrawn = (await stage.entries()).find(({ kind }) => kind === 'request.withdrawn');
  expect(withdrawn?.because).toBe('an administrator took it back');
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('a tier that the configuration raises for an account is asked for there', async () => {
  stage = await play({
    config: { tierRules: [{ for: { accounts: ['123456789012'] }, tier: 2 }] },
  });
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.curtain();
});

test('whoever may take every action of a playbook may ask for the playbook', async () => {
  const actions = [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'block-address',
  ];
  stage = await play({
    config: {
      scopedRoles: [{ id: 'keys', role: 'responder', users: [people.nobody], for: { actions } }],
    },
  });
  await stage.scenario('leaked-key');
  await stage.press(people.nobody, 'plan:stolen-access-key');
  await stage.submit(people.nobody, 'confirmed');
  expect(stage.cardSays()).toContain('*Approval needed*');
  await stage.press(people.nobody, 'acknowledge');
  expect(stage.told(people.nobody)).toContain('for something else, not for this');
});
