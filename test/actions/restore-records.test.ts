/** What attackers switch off first: the trail, the detector, the recorder. */
import { describe, expect, test } from 'vitest';
import { restoreDetector } from '../../src/actions/restore-detector.ts';
import { restoreRecorder } from '../../src/actions/restore-recorder.ts';
import { restoreTrailLogging } from '../../src/actions/restore-trail-logging.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { memberDetector } from '../../src/local/world/seed-services.ts';
import type { Trail } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, servicesOf } from './example-services.ts';
import { recordLives } from './lives/services.ts';
import { refusals } from './refused.ts';

const where = { account, region } as const;
const trail = { kind: 'trail', id: 'organization', ...where } as const satisfies Resource;
const detector = { kind: 'detector', id: memberDetector, ...where } as const satisfies Resource;
const recorder = { kind: 'recorder', id: 'default', ...where } as const satisfies Resource;

const setTrail = (about: Partial<Trail>) => (world: World) =>
  alter(servicesOf(world).trails, trail.id, about);
const setRecorder = (recording: boolean) => (world: World) =>
  alter(servicesOf(world).recorders, recorder.id, { recording });

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

refusals(restoreTrailLogging, trail, {
  'an unknown one': {
    arrange: (world) => servicesOf(world).trails.clear(),
    code: 'not-found',
    instead: /create-trail/,
  },
  'one that logs': { code: 'already-contained', instead: /event selectors/ },
  "one of the organisation's management account": {
    arrange: setTrail({ owner: '555566667777', organization: true }),
    code: 'not-ours',
    instead: /start-logging --name arn:aws:cloudtrail:eu-west-1:555566667777:trail\/organization/,
  },
  'the shadow of one of another Region': {
    arrange: setTrail({ homeRegion: 'us-east-1' }),
    code: 'wrong-state',
    instead: /--region us-east-1/,
  },
  'an exempt one': {
    arrange: setTrail({ logging: false, tags: { 'ir-exempt': '' } }),
    code: 'exempt',
    instead: /owner/,
  },
});

refusals(restoreDetector, detector, {
  'a deleted one': {
    arrange: (world) => delete world.partition(account, region).detector,
    code: 'not-found',
    instead: /create-detector/,
  },
  'an enabled one': { code: 'already-contained', instead: /ARCHIVE/ },
});

refusals(restoreRecorder, recorder, {
  'a deleted one': {
    arrange: (world) => servicesOf(world).recorders.clear(),
    code: 'not-found',
    instead: /put-configuration-recorder/,
  },
  'one that records': { code: 'already-contained', instead: /resource types/ },
  'one that belongs to a service': {
    arrange: (world) =>
      alter(servicesOf(world).recorders, recorder.id, {
        recording: false,
        servicePrincipal: 'securityhub.amazonaws.com',
      }),
    code: 'managed-by-aws',
    instead: /follows/,
  },
  'one that has nowhere to deliver to': {
    arrange: (world) => {
      setRecorder(false)(world);
      servicesOf(world).deliveryChannel = false;
    },
    code: 'wrong-state',
    instead: /put-delivery-channel/,
  },
});
