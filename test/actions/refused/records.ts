/** What switching on again is refused for: the trail, the detector, the recorder. */
import { restoreDetector } from '../../../src/actions/restore-detector.ts';
import { restoreRecorder } from '../../../src/actions/restore-recorder.ts';
import { restoreTrailLogging } from '../../../src/actions/restore-trail-logging.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import { memberDetector } from '../../../src/local/world/seed-services.ts';
import type { Trail } from '../../../src/local/world/service-state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import { alter, servicesOf } from '../example-services.ts';
import type { RefusalTable } from './table.ts';

const where = { account, region } as const;
const trail = { kind: 'trail', id: 'organization', ...where } as const satisfies Resource;
const detector = { kind: 'detector', id: memberDetector, ...where } as const satisfies Resource;
const recorder = { kind: 'recorder', id: 'default', ...where } as const satisfies Resource;

const setTrail = (about: Partial<Trail>) => (world: World) =>
  alter(servicesOf(world).trails, trail.id, about);
const setRecorder = (recording: boolean) => (world: World) =>
  alter(servicesOf(world).recorders, recorder.id, { recording });

const trails: RefusalTable = {
  action: restoreTrailLogging,
  target: trail,
  cases: {
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
  },
};

const detectors: RefusalTable = {
  action: restoreDetector,
  target: detector,
  cases: {
    'a deleted one': {
      arrange: (world) => delete world.partition(account, region).detector,
      code: 'not-found',
      instead: /create-detector/,
    },
    'an enabled one': { code: 'already-contained', instead: /ARCHIVE/ },
    'an exempt one': {
      arrange: (world) => {
        const found = world.partition(account, region).detector;
        if (found) Object.assign(found, { enabled: false, tags: { 'ir-exempt': '' } });
      },
      code: 'exempt',
      instead: /owner/,
    },
  },
};

const recorders: RefusalTable = {
  action: restoreRecorder,
  target: recorder,
  cases: {
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
  },
};

export const recordRefusals: readonly RefusalTable[] = [trails, detectors, recorders];
