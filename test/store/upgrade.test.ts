/**
 * Data outlive the code: what release 0.1.0 wrote (fixtures/items/0.1.0.json: a containment in force and a request
 * that waits) is read and carried on, and what a newer release wrote is refused and kept. When the layout of an item
 * changes, raise its layout (`schemaVersion`, of cases `caseLayout`), teach the reader the one before, and keep a file of
 * the release beside this one.
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { schemaVersion } from '../../src/store/item.ts';
import { caseLayout, unpacked } from '../../src/store/packed-case.ts';
import { askToIsolate } from '../stories/acts.ts';
import { type Play, people, play } from '../stories/play.ts';
import { itemsOf, type KeptItems, putItems } from './kept-items.ts';

const written: KeptItems = JSON.parse(readFileSync('test/fixtures/items/0.1.0.json', 'utf8'));

let stage: Play;
afterEach(() => stage.close());

/** As the fixture was made: an isolation in force, and the deactivation of a key that waits for a vote. */
const story = async (): Promise<void> => {
  stage = await play({ config: { tiers: { 'deactivate-access-key': 2 } } });
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
  await stage.world.advance(60);
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key', stage.cards().at(-1));
  await stage.submit(people.maria, 'confirmed');
};

/** `CASE/CASE`, `REQUEST/REQUEST`, `AUDIT/…`: which kinds of items there are. */
const kindsOf = (items: KeptItems): readonly string[] =>
  [
    ...new Set(
      Object.values(items)
        .flat()
        .map((item) => {
          const { pk, sk } = item as { readonly pk: { S: string }; readonly sk: { S: string } };
          return `${pk.S.split('#')[0]}/${sk.S.split('#')[0]?.replace(/^\d+$/, 'n')}`;
        }),
    ),
  ].sort();

/** Kinds that came since, and that older code never asks for. */
const since = ['ROLES/respond'];

const requestOf = (items: KeptItems, state: string) =>
  items['cordon-requests']?.find((item) =>
    JSON.stringify(item).includes(`"state":{"S":"${state}"}`),
  ) as Record<string, { S?: string; N?: string }> | undefined;

describe('after an upgrade', () => {
  test('what was written before is read: what waits expires, what is in force is asked about, the record goes on', async () => {
    stage = await play({ start: '2026-11-22T09:05:00Z' });
    await putItems(stage.world, written);
    const waiting = String(requestOf(written, 'pending')?.['pk']?.S).replace('REQUEST#', '');
    const inForce = String(requestOf(written, 'contained')?.['pk']?.S).replace('REQUEST#', '');
    await stage.world.advance(20 * 60);
    await stage.leap(5 * 3600);
    await stage.world.advance(120);
    const happened = (await stage.entries()).map(({ kind, request }) => `${kind} ${request}`);
    expect(happened).toContain(`request.expired ${waiting}`);
    expect(happened).toContain(`containment.review ${inForce}`);
    expect(happened).toContain(`request.contained ${inForce}`);
    const after = await itemsOf(stage.world);
    expect(requestOf(after, 'expired')?.['v']).toEqual({ N: String(schemaVersion) });
  });

  test('today’s code writes the kinds of items that it wrote then, and no layout changed unsaid', async () => {
    await story();
    const now = await itemsOf(stage.world);
    expect(kindsOf(now).filter((kind) => !kindsOf(written).includes(kind))).toEqual(since);
    expect(requestOf(now, 'pending')?.['v']).toEqual(requestOf(written, 'pending')?.['v']);
  });
});

describe('after a roll-back', () => {
  test('a case of a newer layout is refused, and what to do is said', () => {
    const ahead = { pk: 'CASE#C000000001', sk: 'CASE', v: caseLayout + 1 };
    expect(() => unpacked(ahead)).toThrow(/this code knows 2: deploy the newer Cordon again/);
  });

  test('what the newer release wrote is not touched, its task becomes a dead letter, and nothing else waits for it', async () => {
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
