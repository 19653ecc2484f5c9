import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/actions/action.ts';
import { makeImagePrivate } from '../../src/actions/make-image-private.ts';
import { unshareSnapshot } from '../../src/actions/unshare-snapshot.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { backup, goldenImage } from '../../src/local/world/seed-copies.ts';
import type { Image, Snapshot } from '../../src/local/world/state.ts';
import { account, type Bench, benchOf, planned, region } from './bench.ts';
import { at } from './example-instance.ts';

const snapshot = { kind: 'snapshot', id: backup, account, region } as const satisfies Resource;
const image = { kind: 'image', id: goldenImage, account, region } as const satisfies Resource;
const [ours, stranger, other] = ['111122223333', '210987654321', '109876543210'];
const settings = { exemptTag: 'ir-exempt', accounts: { [ours ?? '']: {} } };

type Kind = readonly [string, Action, Resource];
const kinds: readonly Kind[] = [
  ['snapshot', unshareSnapshot, snapshot],
  ['image', makeImagePrivate, image],
];

const copyOf = (bench: Bench, { kind, id }: Resource): Snapshot | Image => {
  const { snapshots, images } = at(bench);
  const found = kind === 'snapshot' ? snapshots.get(id) : images.get(id);
  if (!found) throw new Error(`There is no ${kind} ${id}`);
  return found;
};

const shared = (action: Action, target: Resource, receivers: readonly (string | undefined)[]) => {
  const bench = benchOf(action);
  copyOf(bench, target).sharedWith = receivers.map(String);
  return bench;
};

describe.each(kinds)('making a %s private', (word, action, target) => {
  test('everybody and foreign accounts go, accounts of the configuration stay', async () => {
    const bench = shared(action, target, [stranger, ours, 'all']);
    await bench.plan(target);
    const plan = planned(await action.plan(target, await bench.readAws(), settings));
    expect(plan.changes).toMatchObject([
      { id: `${target.id}/shared-with`, before: ['all', ours, stranger], after: [ours] },
    ]);
    expect(plan.summary).toContain(`Make the ${word} ${target.id} private: everybody`);
    expect(plan.blastRadius.class).toBe('shared with others');
    expect(plan.cannot[0]).toContain('Copies that were made');
    await bench.execute(plan);
    expect(copyOf(bench, target).sharedWith).toEqual([ours]);
    expect(await bench.verify(plan)).toEqual({
      kind: 'verified',
      lines: [`AWS lets ${ours} use ${target.id}.`],
    });
  });

  test('undo shares it with the same receivers again', async () => {
    const bench = shared(action, target, ['all', stranger]);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    await bench.execute(plan);
    expect(copyOf(bench, target).sharedWith).toEqual([]);
    await bench.undo(plan);
    expect(copyOf(bench, target).sharedWith).toEqual(['all', stranger]);
  });

  test('whoever shares it again meanwhile is seen, and undo refuses', async () => {
    const bench = shared(action, target, ['all']);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    copyOf(bench, target).sharedWith = [other ?? ''];
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: `${target.id} is still shared with ${other}`,
    });
    const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
    expect(await planUndo({ action, plan, made }, await bench.readAws())).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining(`is ${other}, Cordon left none`),
    });
  });
});

describe('images and organisations', () => {
  const organisation = (management: string | undefined) =>
    `arn:aws:organizations::${management}:organization/o-exampleorgid`;
  const unit = `arn:aws:organizations::${stranger}:ou/o-exampleorgid/ou-abcd-12345678`;

  test('an organisation is ours when its management account is', async () => {
    const bench = shared(makeImagePrivate, image, [organisation(ours), unit]);
    await bench.plan(image);
    const plan = planned(await makeImagePrivate.plan(image, await bench.readAws(), settings));
    expect(plan.changes[0]?.after).toEqual([organisation(ours)]);
    await bench.execute(plan);
    await bench.undo(plan);
    expect(copyOf(bench, image).sharedWith).toEqual([organisation(ours), unit]);
  });

  test('the snapshots behind an image are named', async () => {
    const plan = planned(await shared(makeImagePrivate, image, ['all']).plan(image));
    expect(plan.cannot.join()).toContain(`look at ${backup} too`);
  });

  test('a container image is not offered', () => {
    const container = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/sha256:0123';
    expect(makeImagePrivate.offeredFor({ ...image, id: container })).toBe(false);
    expect(makeImagePrivate.offeredFor(image)).toBe(true);
  });
});
