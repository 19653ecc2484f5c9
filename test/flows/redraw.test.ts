/** When the roll-up of a storm is drawn again. */
import { expect, test } from 'vitest';
import { redrawAfter } from '../../src/flows/pacing/storm.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString();
const channel = 'C0SECURITY';

const after = (
  second: number,
  {
    arrived = 0,
    reading = 0,
    cameAgainAt = '',
  }: Partial<Record<'arrived' | 'reading', number>> & {
    readonly cameAgainAt?: string;
  },
): number =>
  redrawAfter(
    {
      reading,
      cameAgainAt,
      outcomes: [
        {
          ...{ at: at(arrived), batch: 'b1', suppressed: {}, digest: {}, ignored: {} },
          cases: { [channel]: { CASE1: ['AAAAAAAAAAAA'] } },
        },
      ],
      accounts: new Map(),
      waiting: [],
    },
    channel,
    { id: 'S1', startedAt: at(0), drawnAt: at(19) },
    Date.parse(at(second)),
  );

test.each([
  ['a storm that has just begun is drawn each second', 3, {}, 1_000],
  ['one that goes on every two seconds and a bit, for edits are few', 20, { arrived: 19 }, 2_200],
  ['so is one of which something is still being read', 20, { reading: 3 }, 2_200],
  ['what died with its ingest and came again is drawn at once', 20, { cameAgainAt: at(20) }, 1_000],
  ['but not again when it is on the roll-up', 20, { arrived: 19, cameAgainAt: at(18) }, 2_200],
  ['one that only waits for Slack’s limits is seldom drawn', 20, {}, 12_000],
] as const)('%s', (_, second, sky, ms) => {
  expect(after(second, sky)).toBe(ms);
});
