import { expect, test } from 'vitest';
import { type Check, scoreOf, scores } from '../../src/posture/score.ts';

test.each([
  ['half of the controls', ['a'], ['b'], 50],
  ['a control with one failed finding among passed ones has failed', ['a'], ['a', 'b', 'c'], 67],
  ['all', [], ['a', 'b'], 100],
  ['none', ['a', 'b'], [], 0],
  ['no data', [], [], undefined],
])('scores %s', (_, failed, passed, percent) => {
  expect(scoreOf(failed, passed).percent).toBe(percent);
});

const check = (control: string, account: string, standards: string[], passed: boolean): Check => ({
  control,
  account,
  standards,
  passed,
});

test('by standard and account, and the summary is the average of the standards', () => {
  const found = scores([
    check('S3.8', '111122223333', ['cis', 'fsbp'], false),
    check('S3.8', '444455556666', ['cis', 'fsbp'], true),
    check('IAM.4', '111122223333', ['fsbp'], true),
    check('IAM.6', '111122223333', ['fsbp'], true),
    check('IAM.6', '444455556666', ['fsbp'], true),
  ]);
  expect([...found.standards].map(([id, { percent }]) => [id, percent])).toEqual([
    ['cis', 0],
    ['fsbp', 67],
  ]);
  expect([...found.accounts].map(([id, { percent }]) => [id, percent])).toEqual([
    ['111122223333', 67],
    ['444455556666', 100],
  ]);
  expect(found.overall.percent).toBe(34);
});

test('an average of nothing is the score of all controls', () => {
  const found = scores([check('S3.8', 'a', [], false), check('IAM.4', 'a', [], true)]);
  expect(found.overall).toEqual({ percent: 50, passed: 1, counted: 2 });
});
