import { AuthorizeSecurityGroupIngressCommand, CreateTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { account, type Lane, openLane, region } from './clouds.ts';
import { containAndUndo } from './contain.ts';
import { lookAtNetwork } from './look.ts';

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
});
afterAll(() => lane.stop());
const target = (id = lane.example.instance) => ({ kind: 'instance', id, account, region }) as const;

test('x', async () => {
  const run = (cloud: Lane['moto']) => containAndUndo(cloud, [isolateInstance, target()], () => lookAtNetwork(cloud.owner));
  const moto = await run(lane.moto);
  console.log(JSON.stringify(moto, null, 1));
  expect(moto).toEqual(await run(lane.simulated));
});
