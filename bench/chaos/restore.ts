/** The end of a life: whatever can be undone is undone, and AWS is as it was before. */
import type { LocalWorld } from '../../src/local/local-world.ts';
import { press, type Scene, submit, withControl } from './scene.ts';

/** Undo, approval and a second try of what failed before. */
const rounds = 3;

const lee = 'U0LEE';
const ana = 'U0ANA';

const approveAll = async (scene: Scene): Promise<void> => {
  for (const message of withControl(scene, 'approve'))
    await press(scene, { user: ana, verb: 'approve', message });
};

/** What waits for approval is withdrawn or denied first: this is about what was done. */
export const undoAll = async (scene: Scene): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    for (const message of withControl(scene, 'undo')) {
      await press(scene, { user: lee, verb: 'undo', message });
      await submit(scene, lee, { reason: { 'reason-code': 'resolved' } });
    }
    await approveAll(scene);
    await scene.world.advance(150);
    if (withControl(scene, 'undo').length === 0) return;
  }
};

const place = ['123456789012', 'eu-west-1'] as const;

/** What AWS does where nothing is set: docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html */
const defaultIdle = { tcp: 432_000, udpStream: 180, udp: 30 } as const;

/** Every value that the actions of a life change, each in words. */
export const valuesIn = (world: LocalWorld): readonly string[] => {
  const { interfaces, instances } = world.aws.partition(...place);
  const users = [...world.aws.account(place[0]).users.values()];
  return [
    ...[...interfaces.values()].map(
      ({ id, groups, idle }) =>
        `${id}: ${groups.join()}, idle ${JSON.stringify(idle ?? defaultIdle)}`,
    ),
    ...[...instances.values()].map(
      ({ id, terminationProtected, shutdown, metadataOff }) =>
        `${id}: protected ${!!terminationProtected}, shutdown ${shutdown ?? 'stop'}, metadata off ${!!metadataOff}`,
    ),
    ...users.flatMap(({ keys }) => keys.map(({ id, status }) => `${id}: ${status}`)),
  ];
};
