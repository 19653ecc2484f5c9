/**
 * Every kind of item that Cordon writes is kept, as the release in preparation writes it (fixtures/items/VERSION.json), and
 * later code is held to it. `CORDON_KEEP_ITEMS=1 npx vitest run test/store/written.test.ts` writes the file of the version
 * in package.json.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { groups } from '../stories/acts.ts';
import { people } from '../stories/play.ts';
import { asking, type EveryItem, everyItem } from './every-item.ts';
import { kindOf, kindsOf, unsaid } from './item-shapes.ts';
import { itemsOf, type KeptItems, replaceItems } from './kept-items.ts';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 60_000 });

const { version }: { readonly version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const file = `test/fixtures/items/${version}.json`;

let stage: EveryItem;
let baseline: ReturnType<typeof groups>;
let now: KeptItems;
let kept: KeptItems;

/** One item a line. */
const asText = (items: KeptItems): string =>
  `{\n${Object.entries(items)
    .map(([name, all]) => `"${name}": [\n${all.map((item) => JSON.stringify(item)).join(',\n')}\n]`)
    .join(',\n')}\n}\n`;

beforeAll(async () => {
  stage = await everyItem();
  baseline = stage.baseline;
  now = await itemsOf(stage.world);
  if (process.env['CORDON_KEEP_ITEMS']) writeFileSync(file, asText(now));
  kept = JSON.parse(readFileSync(file, 'utf8'));
});
afterAll(() => stage?.close());

/** All that keys of the store begin with. */
const named = (): ReadonlySet<string> => {
  const files = readdirSync('src/store').filter(
    (name) => !['definition.ts', 'table.ts', 'case-words.ts'].includes(name),
  );
  const words = files.flatMap((name) => [
    ...readFileSync(`src/store/${name}`, 'utf8').matchAll(/[`']([A-Z]+(?:-[A-Z]+)*)[#`']/g),
  ]);
  return new Set(words.map(([, word = '']) => word).filter((word) => word.length > 3));
};

test('each word that a key of the store begins with is in an item that is kept', () => {
  const all = Object.values(kept).flat() as Readonly<Record<string, { readonly S?: string }>>[];
  const begins = new Set(
    all
      .flatMap(({ pk, sk, openPk }) => [pk, sk, openPk])
      .map((value) => value?.S?.split('#')[0] ?? ''),
  );
  expect(named().size).toBeGreaterThan(40);
  expect([...named()].filter((word) => !begins.has(word))).toEqual([]);
});

test('today’s code writes the kinds that are kept and no other', () => {
  expect([...kindsOf(now).keys()].sort()).toEqual([...kindsOf(kept).keys()].sort());
});

test('no kind lost an attribute or changed its type without its layout being raised', () => {
  expect(unsaid(kept, now)).toEqual([]);
});

const request = { pk: { S: 'REQUEST#R1' }, sk: { S: 'REQUEST' }, v: { N: '1' } };
const shaped = (item: object, v = '1'): KeptItems => ({
  requests: [{ ...request, v: { N: v }, item: { M: item } }],
});

test.each([
  ['an attribute that is gone', {}, '1', ['REQUEST/REQUEST: item.state is gone']],
  [
    'another type',
    { state: { N: '3' } },
    '1',
    ['REQUEST/REQUEST: item.state was string, is number'],
  ],
  ['a new attribute', { state: { S: 'pending' }, tier: { N: '2' } }, '1', []],
  ['another type in a higher layout', { state: { N: '3' } }, '2', []],
] as const)('%s is %s', (_, item, v, told) => {
  expect(unsaid(shaped({ state: { S: 'pending' } }), shaped(item, v))).toEqual(told);
});

test('a kind that is written no more is told', () => {
  expect(unsaid(shaped({}), {})).toEqual(['REQUEST/REQUEST is written no more']);
  expect(kindOf({ pk: { S: 'AUDIT' }, sk: { S: '00000001' } })).toBe('AUDIT/…');
});

test('a change that the release left half done is finished by this code, and undone by people', async () => {
  await replaceItems(stage.world, kept);
  const executing = (kept['cordon-requests'] ?? []).find((item) =>
    JSON.stringify(item).includes('"state":{"S":"executing"}'),
  ) as { readonly pk: { readonly S: string } };
  const id = executing.pk.S.replace('REQUEST#', '');
  expect(groups(stage)).not.toEqual(baseline);
  stage.heal();
  // Step Functions outlives a deployment, and calls the executor again.
  if (!stage.world.executions.status()[id]) stage.world.executions.start(id, { request: id });
  await stage.world.advance(60);
  await stage.leap(1200);
  const happened = async (): Promise<readonly string[]> =>
    (await stage.entries()).flatMap(({ kind, request }) => (request === id ? [kind] : []));
  expect(await happened()).toContain('request.contained');
  const [group] = stage.groupsOf('eni-0a1b2c3d4e5f60711');
  expect(groups(stage)).toEqual([[group], [group]]);
  await stage.press(people.maria, 'undo', asking(stage, 'undo', /i-0a1b2c3d4e5f60718/));
  await stage.submit(people.maria, 'resolved');
  await stage.world.advance(5);
  await stage.press(people.ana, 'approve', asking(stage, 'approve'));
  await stage.world.advance(60);
  expect(groups(stage)).toEqual(baseline);
  expect(await happened()).toContain('containment.ended');
});
