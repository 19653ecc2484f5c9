/** A reading that is cut short goes on where it was, and finds what one in a single go finds. */
import { expect, test } from 'vitest';
import { type Ask, walkOn } from '../../src/flows/organization/walk-on.ts';
import { newWalk, type Walk } from '../../src/organization/walk.ts';

const units = Array.from({ length: 30 }, (_, n) => `ou-${n}`);
const onPage = 20;

/** 1,350 accounts: 45 in each of 30 units. Answers as Organizations does, 20 on a page. */
const answers = (operation: string, parent: string): readonly object[] => {
  if (operation.endsWith('ListRoots')) return [{ Id: 'r-1', Name: 'Root' }];
  if (operation.endsWith('UnitsForParent'))
    return parent === 'r-1' ? units.map((Id) => ({ Id, Name: `team ${Id}` })) : [];
  return units.includes(parent)
    ? Array.from({ length: 45 }, (_, n) => ({ Id: `${parent}/${n}`, Name: 'x', State: 'ACTIVE' }))
    : [];
};

const organization = () => {
  const asked: string[] = [];
  const ask = (async (operation: string, input: object) => {
    const parent = String(Reflect.get(input, 'ParentId') ?? '');
    const from = Number(Reflect.get(input, 'NextToken') ?? 0);
    asked.push(`${operation} ${parent} ${from}`);
    const all = answers(operation, parent);
    const page = all.slice(from, from + onPage);
    const more = from + onPage < all.length ? { NextToken: String(from + onPage) } : {};
    return { Roots: page, OrganizationalUnits: page, Accounts: page, ...more };
  }) as Ask;
  return { ask, asked };
};

const inTurns = async (ask: Ask, pages: number): Promise<{ walk: Walk; turns: number }> => {
  let walk = newWalk('2026-11-28T02:00:00.000Z', 1);
  let turns = 0;
  while (walk.waiting.length > 0) {
    let left = pages;
    walk = await walkOn(ask, JSON.parse(JSON.stringify(walk)), () => left-- > 0);
    turns += 1;
  }
  return { walk, turns };
};

test('with seven pages a turn the same accounts are found by the same calls, none twice', async () => {
  const [atOnce, cut] = [organization(), organization()];
  const whole = await inTurns(atOnce.ask, 1_000_000);
  const parts = await inTurns(cut.ask, 7);
  expect(whole.turns).toBe(1);
  expect(parts.turns).toBeGreaterThan(15);
  expect(parts.walk.found).toEqual(whole.walk.found);
  expect(parts.walk.found).toHaveLength(1_350);
  expect(cut.asked).toEqual(atOnce.asked);
  expect(new Set(cut.asked).size).toBe(cut.asked.length);
});
