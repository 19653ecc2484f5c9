/** What attackers switch off first: the trail, the detector, the recorder. */
import { describe, expect, test } from 'vitest';
import { restoreTrailLogging } from '../../src/actions/restore-trail-logging.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { Trail } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, servicesOf } from './example-services.ts';
import { recordLives } from './lives/services.ts';

const where = { account, region } as const;
const trail = { kind: 'trail', id: 'organization', ...where } as const satisfies Resource;

const setTrail = (about: Partial<Trail>) => (world: World) =>
  alter(servicesOf(world).trails, trail.id, about);

describe('what is switched on again', () => {
  test.each(recordLives)('$action.id writes only on and off', async (life) => {
    const world = newWorld();
    life.arrange?.(world);
    const bench = benchOf(life.action, world);
    const [register] = life.action.registers(planned(await bench.plan(life.target)));
    await expect(register?.write('maybe', await bench.executeAws())).rejects.toThrow(/"maybe"/);
  });

  test('a trail whose bucket no longer takes its files says so', async () => {
    const world = newWorld();
    setTrail({
      logging: false,
      deliveryError: 'AccessDenied',
      stoppedAt: '2026-11-22T02:00:00.000Z',
    })(world);
    const plan = planned(await benchOf(restoreTrailLogging, world).plan(trail));
    expect(plan.cannot.join()).toContain('AccessDenied');
    expect(plan.blastRadius.lines[0]).toContain('2026-11-22T02:00:00.000Z');
  });
});
