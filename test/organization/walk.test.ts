import { expect, test } from 'vitest';
import { changedAccounts, joined } from '../../src/organization/directory.ts';
import { afterPage, newWalk, type Page, type Walk } from '../../src/organization/walk.ts';

const at = '2026-11-28T02:00:00.000Z';

/** Answers each waiting page from this organisation, which has no more than is written here. */
const walked = (pages: Readonly<Record<string, Page>>): Walk & { readonly asked: number } => {
  let walk = newWalk(at, 1);
  let asked = 0;
  for (let [step] = walk.waiting; step; [step] = walk.waiting) {
    const key = [step.list, step.parent, step.next].filter(Boolean).join(' ');
    walk = afterPage(walk, pages[key] ?? {});
    asked += 1;
  }
  return { ...walk, asked };
};

const account = (id: string, name = id, state = 'ACTIVE') => ({ id, name, state });

test('every account is found once, with the names of the units above it', () => {
  const { found, asked } = walked({
    roots: { parents: [{ id: 'r-1', name: 'Root' }] },
    'accounts r-1': { accounts: [account('1')] },
    'units r-1': { parents: [{ id: 'ou-a', name: 'workloads' }], next: 'more' },
    'units r-1 more': { parents: [{ id: 'ou-b', name: 'sandbox' }] },
    'units ou-a': { parents: [{ id: 'ou-c', name: 'prod' }] },
    'accounts ou-c': { accounts: [account('2')], next: 'x' },
    'accounts ou-c x': { accounts: [account('3', 'old', 'SUSPENDED')] },
    'accounts ou-b': { accounts: [account('4')] },
  });
  expect(found.map(({ id, ou, state }) => [id, ou, state]).sort()).toEqual([
    ['1', '', 'ACTIVE'],
    ['2', 'workloads/prod', 'ACTIVE'],
    ['3', 'workloads/prod', 'SUSPENDED'],
    ['4', 'sandbox', 'ACTIVE'],
  ]);
  // The root's list, two lists for the root and each of three units, and two second pages.
  expect(asked).toBe(1 + 2 * 4 + 2);
});

test.each([
  ['a slash in a name is no border between units', 'workloads/prod', 'workloads%2Fprod'],
  ['and what stands for one cannot be written by hand', 'workloads%2Fprod', 'workloads%252Fprod'],
])('%s', (_, name, path) => {
  const { found } = walked({
    roots: { parents: [{ id: 'r-1', name: 'Root' }] },
    'units r-1': { parents: [{ id: 'ou-a', name }] },
    'accounts ou-a': { accounts: [account('1')] },
  });
  expect(found).toMatchObject([{ ou: path }]);
});

test('an account that is moved while it is read counts where it was seen last', () => {
  const { found } = walked({
    roots: { parents: [{ id: 'r-1', name: 'Root' }] },
    'accounts r-1': { accounts: [account('1')] },
    'units r-1': { parents: [{ id: 'ou-a', name: 'prod' }] },
    'accounts ou-a': { accounts: [account('1')] },
  });
  expect(found).toEqual([{ ...account('1'), ou: 'prod' }]);
});

test('owners and roles that were looked at stay when the accounts are read again', () => {
  const before = {
    version: 1,
    readAt: at,
    accounts: [
      { ...account('1', 'one'), ou: 'prod', owner: 'Ana', taggedAt: at, reach: { at } },
      { ...account('2', 'two'), ou: 'prod' },
      { ...account('3', 'three'), ou: 'prod' },
    ],
  };
  const after = joined(before, [
    { ...account('1', 'one'), ou: 'sandbox' },
    { ...account('2', 'two'), ou: 'prod' },
    { ...account('4', 'four'), ou: 'prod' },
  ]);
  expect(after).toMatchObject([
    { id: '1', ou: 'sandbox', owner: 'Ana', reach: { at } },
    { id: '2' },
    { id: '4' },
  ]);
  expect([...changedAccounts(before, after)].sort()).toEqual(['1', '3', '4']);
});
