/**
 * Data outlive the code: what was written before 0.1.0, with cases of layout 1 (fixtures/items/before-0.1.0.json: a
 * containment in force and a request that waits), is read, carried on and undone, and what a newer release wrote is
 * refused and kept. How a layout is raised: CONTRIBUTING.md, "Change what is stored".
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { caseLayout, schemaVersion } from '../../src/store/item.ts';
import { askToIsolate, groups } from '../stories/acts.ts';
import { type Play, people, play } from '../stories/play.ts';
import { kindOf } from './item-shapes.ts';
import { itemsOf, type KeptItems, putItems, replaceItems } from './kept-items.ts';

const read = (name: string): KeptItems =>
  JSON.parse(readFileSync(`test/fixtures/items/${name}.json`, 'utf8'));
const written = read('before-0.1.0');

let stage: Play;
afterEach(() => stage.close());

/** As the fixture was made: an isolation in force, and the deactivation of a key that waits for a vote. */
const story = async (): Promise<ReturnType<typeof groups>> => {
  stage = await play({ config: { tiers: { 'deactivate-access-key': 2 } } });
  const baseline = groups(stage);
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
  await stage.world.advance(60);
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key', stage.cards().at(-1));
  await stage.submit(people.maria, 'confirmed');
  return baseline;
};

type Stored = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const requestOf = (items: KeptItems, state: string) =>
  items['cordon-requests']?.find((item) =>
    JSON.stringify(item).includes(`"state":{"S":"${state}"}`),
  ) as Stored | undefined;
const idOf = (item: Stored | undefined): string => String(item?.['pk']?.S).replace('REQUEST#', '');

/** By id. */
const layouts = (items: KeptItems): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    ((items['cordon-cases'] ?? []) as readonly Stored[])
      .filter(({ sk, pk }) => sk?.S === 'CASE' && pk?.S?.startsWith('CASE#'))
      .map(({ pk, v }) => [String(pk?.S), v?.N]),
  );

const happened = async (): Promise<readonly string[]> =>
  (await stage.entries()).map(({ kind, request }) => `${kind} ${request ?? ''}`);

describe('after an upgrade', () => {
  test('what was written before is read: what waits expires, what is in force is asked about, the record goes on', async () => {
    stage = await play({ start: '2026-11-22T09:05:00Z' });
    await putItems(stage.world, written);
    const waiting = idOf(requestOf(written, 'pending'));
    const inForce = idOf(requestOf(written, 'contained'));
    await stage.world.advance(20 * 60);
    await stage.leap(5 * 3600);
    await stage.world.advance(120);
    const kinds = await happened();
    expect(kinds).toContain(`request.expired ${waiting}`);
    expect(kinds).toContain(`containment.review ${inForce}`);
    expect(kinds).toContain(`request.contained ${inForce}`);
    const after = await itemsOf(stage.world);
    expect(requestOf(after, 'expired')?.['v']).toEqual({ N: String(schemaVersion) });
  });

  test('a containment is undone by people with this code: AWS is as it was, and its case of the layout of today', async () => {
    const baseline = await story();
    await replaceItems(stage.world, written);
    expect([...new Set(Object.values(layouts(written)))]).toEqual(['1']);
    const inForce = idOf(requestOf(written, 'contained'));
    expect(groups(stage)).not.toEqual(baseline);
    // It is asked about again, so everything of the case is drawn by this code.
    await stage.leap(5 * 3600);
    await stage.world.advance(60);
    expect(stage.cardSays()).toContain('*Contained*, verified');
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(groups(stage)).toEqual(baseline);
    expect(stage.cardSays()).toContain('*Undone*');
    expect(await happened()).toContain(`containment.ended ${inForce}`);
    // Nothing is converted beforehand: the case that nobody touched is still as it was.
    const changed = Object.entries(layouts(await itemsOf(stage.world)));
    expect(changed.map(([, layout]) => layout).sort()).toEqual(['1', String(caseLayout)]);
  });
});

/** One item of each kind that says its layout, as the release in preparation writes it. */
const versioned = [
  ...new Map(
    Object.values(read('0.1.0'))
      .flat()
      .map((item) => item as Parameters<typeof kindOf>[0])
      .filter(({ v }) => v !== undefined)
      .map((item) => [kindOf(item), item] as const),
  ),
];

describe('after a roll-back', () => {
  test('what a newer release wrote in a newer layout is refused, whatever it is, and kept as it is', async () => {
    stage = await play();
    expect(versioned.length).toBeGreaterThan(15);
    for (const [kind, item] of versioned) {
      const ahead = { ...item, v: { N: String(Number(item['v']?.N) + 1) } };
      await putItems(stage.world, { 'cordon-cases': [ahead] });
      const key = { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' };
      const { cases } = stage.world.owners;
      const refused = /this code knows \d: deploy the newer Cordon again/;
      await expect(cases.get(key), kind).rejects.toThrow(refused);
      await expect(cases.getMany([key]), kind).rejects.toThrow(refused);
      await expect(cases.query({ pk: key.pk }), kind).rejects.toThrow(refused);
      const kept = (await itemsOf(stage.world))['cordon-cases'];
      expect(kept, kind).toContainEqual(ahead);
    }
  });

  test('its task becomes a dead letter, and nothing else waits for it', async () => {
    await story();
    const newer = requestOf(await itemsOf(stage.world), 'pending');
    if (!newer) throw new Error('nothing waits');
    const ahead = { ...newer, v: { N: String(schemaVersion + 1) } };
    await putItems(stage.world, { 'cordon-requests': [ahead] });
    const denied = stage.world.queues.depth()['cordon-work']?.dead ?? 0;
    await stage.world.advance(20 * 60);
    const kept = (await itemsOf(stage.world))['cordon-requests']?.find((item) =>
      JSON.stringify(item).includes(`"pk":${JSON.stringify(newer['pk'])}`),
    );
    // Its audit entries go to the chain, which knows no layouts; the request itself stays as it is.
    expect(kept).toMatchObject({ item: newer['item'], v: ahead.v, version: newer['version'] });
    expect(stage.world.queues.depth()['cordon-work']?.dead).toBeGreaterThan(denied);
    await stage.scenario('public-bucket');
    expect(stage.cards().length).toBe(3);
  });
});
