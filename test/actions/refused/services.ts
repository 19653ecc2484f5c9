/** What the actions on functions, tasks, keys and secrets are refused for. */
import { restoreKmsKey } from '../../../src/actions/restore-kms-key.ts';
import { rotateSecret } from '../../../src/actions/rotate-secret.ts';
import { scaleServiceToZero } from '../../../src/actions/scale-service-to-zero.ts';
import { stopFunction } from '../../../src/actions/stop-function.ts';
import { stopTask } from '../../../src/actions/stop-task.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import {
  exampleKey,
  exampleService,
  exampleTask,
  resizeImages,
} from '../../../src/local/world/seed-services.ts';
import type {
  EcsService,
  EcsTask,
  KmsKey,
  LambdaFunction,
  Secret,
} from '../../../src/local/world/service-state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import { alter, one, servicesOf } from '../example-services.ts';
import type { RefusalTable } from './table.ts';

const where = { account, region } as const;
const task = { kind: 'task', id: exampleTask, ...where } as const satisfies Resource;
const service = { kind: 'service', id: exampleService, ...where } as const satisfies Resource;
const lambda = { kind: 'function', id: resizeImages, ...where } as const satisfies Resource;
const key = { kind: 'kms-key', id: exampleKey, ...where } as const satisfies Resource;
const secret = { kind: 'secret', id: 'orders-password', ...where } as const satisfies Resource;

const setTask = (about: Partial<EcsTask>) => (world: World) =>
  alter(servicesOf(world).tasks, exampleTask, about);
const setService = (about: Partial<EcsService>) => (world: World) =>
  alter(servicesOf(world).services, exampleService, about);
const serviceIn = (world: World) => one(servicesOf(world).services, exampleService);
const setFunction = (about: Partial<LambdaFunction>) => (world: World) =>
  alter(servicesOf(world).functions, resizeImages, about);
const functionIn = (world: World) => one(servicesOf(world).functions, resizeImages);
const setKey = (about: Partial<KmsKey>) => (world: World) =>
  alter(servicesOf(world).keys, exampleKey, about);
const setSecret = (about: Partial<Secret>) => (world: World) =>
  alter(servicesOf(world).secrets, secret.id, about);
const secretIn = (world: World) => one(servicesOf(world).secrets, secret.id);

const tasks: RefusalTable = {
  action: stopTask,
  target: task,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).tasks.clear(),
      code: 'not-found',
      instead: /logs/,
    },
    'one of an unknown cluster': {
      target: { ...task, id: 'nowhere/0123' },
      code: 'not-found',
      instead: /logs/,
    },
    'one that stops': {
      arrange: setTask({ status: 'STOPPING' }),
      code: 'already-contained',
      instead: /took its place/,
    },
    'an exempt one': {
      arrange: setTask({ tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    "one of Cordon's own": {
      arrange: setTask({ group: 'service:cordon-worker' }),
      code: 'own-resource',
      instead: /by hand/,
    },
  },
};

const services: RefusalTable = {
  action: scaleServiceToZero,
  target: service,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).services.clear(),
      code: 'not-found',
      instead: /one by one/,
    },
    'one that is being deleted': {
      arrange: setService({ status: 'DRAINING' }),
      code: 'wrong-state',
      instead: /remaining tasks/,
    },
    'a daemon': {
      arrange: setService({ strategy: 'DAEMON' }),
      code: 'not-supported',
      instead: /placement constraint/,
    },
    'one at zero': {
      arrange: setService({ desired: 0, running: 0 }),
      code: 'already-contained',
      instead: /image/,
    },
    'an exempt one': {
      arrange: setService({ tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    "one of Cordon's own": {
      arrange: (world) =>
        servicesOf(world).services.set('shop/cordon-web', {
          ...serviceIn(world),
          name: 'cordon-web',
        }),
      target: { ...service, id: 'shop/cordon-web' },
      code: 'own-resource',
      instead: /by hand/,
    },
  },
};

const functions: RefusalTable = {
  action: stopFunction,
  target: lambda,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).functions.clear(),
      code: 'not-found',
      instead: /role/,
    },
    'one that is stopped': {
      arrange: setFunction({ reserved: 0 }),
      code: 'already-contained',
      instead: /sessions/,
    },
    'a replica at the edge': {
      arrange: setFunction({ replicaOf: 'arn:aws:lambda:us-east-1:123456789012:function:edge:1' }),
      code: 'managed-by-aws',
      instead: /CloudFront/,
    },
    'an exempt one': {
      arrange: setFunction({ tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    "one of Cordon's own": {
      arrange: (world) =>
        servicesOf(world).functions.set('cordon-web', {
          ...functionIn(world),
          name: 'cordon-web',
        }),
      target: { ...lambda, id: 'cordon-web' },
      code: 'own-resource',
      instead: /by hand/,
    },
  },
};

const keys: RefusalTable = {
  action: restoreKmsKey,
  target: key,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).keys.clear(),
      code: 'not-found',
      instead: /replica/,
    },
    'an enabled one': { code: 'already-contained', instead: /contain the user/ },
    'one that AWS manages': {
      arrange: setKey({ manager: 'AWS' }),
      code: 'managed-by-aws',
      instead: /Nothing/,
    },
    'one without its material': {
      arrange: setKey({ state: 'PendingImport' }),
      code: 'wrong-state',
      instead: /import-key-material/,
    },
    'one whose store is away': {
      arrange: setKey({ state: 'Unavailable' }),
      code: 'wrong-state',
      instead: /connect-custom-key-store/,
    },
    'one that AWS is changing': {
      arrange: setKey({ state: 'Updating' }),
      code: 'wrong-state',
      instead: /minute/,
    },
    'an exempt one': {
      arrange: setKey({ state: 'Disabled', tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'one whose policy locks everybody out': {
      arrange: setKey({ closed: true }),
      code: 'not-permitted',
      instead: /cancel-key-deletion.*AWS Support/s,
    },
  },
};

const secrets: RefusalTable = {
  action: rotateSecret,
  target: secret,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).secrets.clear(),
      code: 'not-found',
      instead: /at the service/,
    },
    'one that is going to be deleted': {
      arrange: setSecret({ deletedAt: '2026-11-29T00:00:00.000Z' }),
      code: 'wrong-state',
      instead: /restore-secret/,
    },
    'one that a service manages': {
      arrange: setSecret({ owningService: 'rds' }),
      code: 'managed-by-aws',
      instead: /--rotate-master-user-password/,
    },
    'a replica': {
      arrange: setSecret({ primaryRegion: 'us-east-1' }),
      code: 'wrong-state',
      instead: /--region us-east-1/,
    },
    'one without a rotation function': {
      arrange: (world) => {
        const { rotationFunction: _none, ...rest } = secretIn(world);
        servicesOf(world).secrets.set(secret.id, rest);
      },
      code: 'not-supported',
      instead: /put-secret-value/,
    },
    'one that is being rotated': {
      arrange: setSecret({ pending: 'EXAMPLE2-90ab-cdef-fedc-ba987EXAMPLE' }),
      code: 'wrong-state',
      instead: /cancel-rotate-secret/,
    },
    'an exempt one': {
      arrange: setSecret({ tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    "Cordon's own": {
      arrange: (world) =>
        servicesOf(world).secrets.set('cordon-slack', {
          ...secretIn(world),
          name: 'cordon-slack',
        }),
      target: { ...secret, id: 'cordon-slack' },
      code: 'own-resource',
      instead: /Slack app/,
    },
  },
};

export const serviceRefusals: readonly RefusalTable[] = [tasks, services, functions, keys, secrets];
