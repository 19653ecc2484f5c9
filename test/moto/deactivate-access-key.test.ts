import { TagUserCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPlanSettings } from '../../src/actions/action.ts';
import { deactivateAccessKey } from '../../src/actions/deactivate-access-key.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { type Cloud, type Lane, openLane } from './clouds.ts';
import { containAndUndo, onBoth, planOn } from './contain.ts';
import { lookAtKeys } from './look.ts';
import { account, region } from './seed.ts';
import { operationsIn, operationsOf, problemsOf } from './validate.ts';
import type { Sent } from './watch.ts';

const sent: Sent[] = [];
let lane: Lane;
beforeAll(async () => {
  lane = await openLane(sent);
});
afterAll(() => lane.stop());

const target = (id = lane.example.key) =>
  ({
    kind: 'access-key',
    id,
    account,
    region,
    temporary: false,
    user: untrusted(lane.example.user),
  }) as const;

describe('deactivating a key', () => {
  const story = (cloud: Cloud) =>
    containAndUndo(cloud, [deactivateAccessKey, target()], () =>
      lookAtKeys(cloud.owner, lane.example.user),
    );

  test('it ends inactive, the other key is left alone, and undo restores it; so simulated, word for word', async () => {
    const { key, idleKey } = lane.example;
    const [told, simulated] = await onBoth(lane, story);
    expect([told.outcome, told.undone]).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
    expect(told.verification).toMatchObject({ kind: 'verified' });
    expect(told.before).toEqual({ [key]: 'Active', [idleKey]: 'Inactive' });
    expect(told.contained).toEqual({ [key]: 'Inactive', [idleKey]: 'Inactive' });
    expect(told.restored).toEqual(told.before);
    expect(told.plan.blastRadius.lines[0]).toMatch(/^Last used at 2\S+Z for sts in eu-west-1\.$/);
    expect(told.again).toMatchObject({ code: 'already-contained' });
    expect(simulated).toEqual(told);
  });
});

describe('what is refused in both clouds, in the same words', () => {
  test.each([
    ['an unknown key', 'not-found', () => target('AKIAIOSFODNN7EXAMPLE')],
    ['an inactive key', 'already-contained', () => target(lane.example.idleKey)],
  ] as const)('%s', async (_name, code, wanted) => {
    const [moto, simulated] = await onBoth(lane, (cloud) =>
      planOn(cloud, deactivateAccessKey, wanted()),
    );
    expect(moto).toMatchObject({ kind: 'refusal', code });
    expect(simulated).toEqual(moto);
  });

  test('the key of a user with the exempt tag (in moto)', async () => {
    const Tags = [{ Key: defaultPlanSettings.exemptTag, Value: 'yes' }];
    await lane.moto.owner.iam.send(new TagUserCommand({ UserName: lane.example.user, Tags }));
    const refusal = await planOn(lane.moto, deactivateAccessKey, target());
    expect(refusal).toMatchObject({ kind: 'refusal', code: 'exempt' });
  });
});

test('every declared operation was sent, and AWS’s models find no fault in any request', () => {
  expect(operationsIn(sent)).toEqual(operationsOf(deactivateAccessKey));
  expect(problemsOf(sent)).toEqual([]);
});
