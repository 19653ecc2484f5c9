/** What cannot be read is unknown with the reason, and never passes for good. */
import { expect, test } from 'vitest';
import { ask } from '../../src/posture/ask.ts';
import { questions } from '../../src/posture/index.ts';
import { asked, askingOf, legacy, one, organisation, region, said } from './organisation.ts';

test('is unknown with the reason, for every question', async () => {
  for (const question of questions) {
    const { world, all } = organisation();
    const denied = new Error('no');
    denied.name = 'AccessDeniedException';
    const answer = await ask(
      askingOf(world, all, {
        as: async () => ({ call: () => Promise.reject(denied) }),
      }),
      question,
    );
    expect([question.id, answer.kind]).toEqual([question.id, 'unknown']);
    expect(said(answer)[0]).toMatch(
      /because .*(the read role may not call [a-z0-9-]+:[A-Za-z0-9]+|takes too long)/,
    );
  }
});

test('in some accounts leaves the others counted and these named', async () => {
  const { world, all } = organisation();
  world.account(legacy.id).roles.clear();
  expect(said(await asked(world, 'ebs-encryption', all))).toEqual([
    `look: 1 of 3 accounts where new volumes are not encrypted, ${region}: dev-sandbox`,
    'partly: not known for 1 of 4 accounts (legacy-erp), because the read role cannot be assumed (AccessDenied)',
  ]);
});

test('in time is named: accounts that were not reached', async () => {
  const { world, all } = organisation();
  let at = world.now();
  const answer = await asked(world, 'root-user', all, {
    now: () => at,
    until: at + 1,
    as: async () => {
      at += 1;
      return { call: async () => ({ SummaryMap: {} }) };
    },
  });
  expect(said(answer).at(-1)).toMatch(/because there was no time left to ask: try again$/);
});

test.each([
  ['ThrottlingException', 'AWS slowed iam:GetAccountSummary down; ask again in a minute'],
  ['InvalidAccessException', 'the service is probably not turned on'],
  ['ServiceFailure', 'iam:GetAccountSummary failed with ServiceFailure'],
])('%s is told in words', async (name, words) => {
  const { world } = organisation();
  const error = new Error('secret detail of another tenant');
  error.name = name;
  const answer = await asked(world, 'root-user', one(legacy), {
    as: async () => ({ call: () => Promise.reject(error) }),
  });
  expect(said(answer)[0]).toContain(words);
  expect(said(answer)[0]).not.toContain('secret');
});
