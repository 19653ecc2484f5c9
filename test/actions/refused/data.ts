/** What the actions on buckets, databases and shared copies are refused for. */
import { defaultPlanSettings } from '../../../src/actions/action.ts';
import { blockPublicAccess } from '../../../src/actions/block-public-access.ts';
import { makeDatabasePrivate } from '../../../src/actions/make-database-private.ts';
import { makeImagePrivate } from '../../../src/actions/make-image-private.ts';
import { quarantineBucket } from '../../../src/actions/quarantine-bucket.ts';
import { unshareDatabaseSnapshot } from '../../../src/actions/unshare-database-snapshot.ts';
import { unshareSnapshot } from '../../../src/actions/unshare-snapshot.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import { backup, goldenImage } from '../../../src/local/world/seed-copies.ts';
import type { DbInstance, DbSnapshot } from '../../../src/local/world/service-state.ts';
import type { Bucket } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import {
  allowAll,
  target as bucket,
  bucketOf,
  policyOf,
  sharedRefusals,
} from '../example-bucket.ts';
import { alter, servicesOf } from '../example-services.ts';
import { addCluster } from '../lives/services.ts';
import type { RefusalTable } from './table.ts';

const where = { account, region } as const;
const database = { kind: 'database', id: 'orders', ...where } as const satisfies Resource;
const cluster = { kind: 'database', id: 'ledger', ...where } as const satisfies Resource;
const snapshot = {
  kind: 'database-snapshot',
  id: 'orders-2026',
  ...where,
} as const satisfies Resource;
const stranger = '210987654321';

const set = (about: Partial<DbInstance>) => (world: World) =>
  alter(servicesOf(world).databases, database.id, about);
const setSnapshot = (about: Partial<DbSnapshot>) => (world: World) =>
  alter(servicesOf(world).dbSnapshots, snapshot.id, about);

const databases: RefusalTable = {
  action: makeDatabasePrivate,
  target: database,
  cases: {
    'one that RDS does not know': {
      arrange: (world) => servicesOf(world).databases.clear(),
      code: 'not-found',
      instead: /redshift modify-cluster/,
    },
    'a private one': { code: 'already-contained', instead: /passwords/ },
    'one that is being changed': {
      arrange: set({ publiclyAccessible: true, status: 'modifying' }),
      code: 'wrong-state',
      instead: /security groups/,
    },
    'a Multi-AZ DB cluster': {
      arrange: addCluster('postgres'),
      target: cluster,
      code: 'not-supported',
      instead: /sg-0a1b2c3d4e5f60712.*snapshot/,
    },
    'an exempt one': {
      arrange: set({ publiclyAccessible: true, tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
  },
};

const databaseSnapshots: RefusalTable = {
  action: unshareDatabaseSnapshot,
  target: snapshot,
  cases: {
    'an unknown one': {
      arrange: (world) => servicesOf(world).dbSnapshots.clear(),
      code: 'not-found',
      instead: /deleted/,
    },
    'one of another account': {
      arrange: setSnapshot({ owner: stranger }),
      code: 'not-ours',
      instead: /Ask for it there/,
    },
    'an exempt one': {
      arrange: setSnapshot({ tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a private one': { code: 'already-contained', instead: /CloudTrail/ },
  },
};

const role = (each: string): string => `arn:aws:iam::${account}:role/${each}`;

const setBucket = (state: Partial<Bucket>) => (world: World) =>
  Object.assign(bucketOf({ world }), state);

/** Both actions on buckets plan with the same facts. */
const onAnyBucket = Object.fromEntries(
  sharedRefusals.map(([name, target, state, code, instead]) => [
    name,
    { target, code, instead, arrange: setBucket(state) },
  ]),
);

const blocks: RefusalTable = {
  action: blockPublicAccess,
  target: bucket,
  cases: onAnyBucket,
};

const statement = (more: object) => ({ ...allowAll, ...more });
const logsOf = (Principal: object, Action: string, Resource: string) =>
  setBucket({ policy: policyOf(statement({ Principal, Action, Resource })) });
const lockOut = (more: object) =>
  setBucket({
    policy: policyOf({
      ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
      Resource: [`arn:aws:s3:::${bucket.id}`, `arn:aws:s3:::${bucket.id}/*`],
      ...more,
    }),
  });
const except = (...names: readonly string[]) => ({
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': names.map(role) } },
});
const log = { code: 'not-supported', instead: /Block/ } as const;
const shutOut = { code: 'not-permitted', instead: /Except/ } as const;

const quarantines: RefusalTable = {
  action: quarantineBucket,
  target: bucket,
  cases: {
    ...onAnyBucket,
    'logs of CloudTrail': {
      ...log,
      arrange: logsOf(
        { Service: 'cloudtrail.amazonaws.com' },
        's3:PutObject',
        `arn:aws:s3:::${bucket.id}/*`,
      ),
    },
    'flow logs': {
      ...log,
      arrange: logsOf(
        { Service: 'delivery.logs.amazonaws.com' },
        's3:*',
        `arn:aws:s3:::${bucket.id}/*`,
      ),
    },
    'access logs by list': {
      ...log,
      arrange: setBucket({ grants: [{ group: 's3/LogDelivery', permission: 'WRITE' }] }),
    },
    // As in the older Regions: an account of AWS and no service.
    'logs of a load balancer, by account': {
      ...log,
      arrange: logsOf(
        { AWS: 'arn:aws:iam::156460612806:root' },
        's3:PutObject',
        `arn:aws:s3:::${bucket.id}/web/AWSLogs/${account}/*`,
      ),
    },
    'a deny of everybody': { ...shutOut, arrange: lockOut({ Action: 's3:PutBucket*' }) },
    'a deny of the account': {
      ...shutOut,
      arrange: lockOut({ Principal: { AWS: account }, Action: 's3:deletebucketpolicy' }),
    },
    'a deny of all but some': { ...shutOut, arrange: lockOut(except('cordon-read')) },
    'a deny by exclusion': {
      ...shutOut,
      arrange: lockOut({
        ...{ NotAction: 's3:GetObject', Action: undefined },
        ...except('cordon-read'),
      }),
    },
    'a policy at its limit': {
      arrange: lockOut({ Sid: 'x'.repeat(20_000), ...except('cordon-*') }),
      code: 'not-supported',
      instead: /Shorten/,
    },
    'every bucket where nobody is named for break-glass': {
      settings: defaultPlanSettings,
      code: 'not-permitted',
      instead: /breakGlassRoles/,
    },
  },
};

const disk = { kind: 'snapshot', id: backup, ...where } as const satisfies Resource;
const machine = { kind: 'image', id: goldenImage, ...where } as const satisfies Resource;
const copies = (world: World) => world.partition(account, region);

const disks: RefusalTable = {
  action: unshareSnapshot,
  target: disk,
  cases: {
    'an unknown one': {
      arrange: (world) => copies(world).snapshots.clear(),
      code: 'not-found',
      instead: /deleted/,
    },
    'one of another account': {
      arrange: (world) => alter(copies(world).snapshots, backup, { owner: stranger }),
      code: 'not-ours',
      instead: /Ask for it there/,
    },
    'an exempt one': {
      arrange: (world) => alter(copies(world).snapshots, backup, { tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a private one': { code: 'already-contained', instead: /CloudTrail/ },
  },
};

const machines: RefusalTable = {
  action: makeImagePrivate,
  target: machine,
  cases: {
    'an unknown one': {
      arrange: (world) => copies(world).images.clear(),
      code: 'not-found',
      instead: /deleted/,
    },
    'one of another account': {
      arrange: (world) => alter(copies(world).images, goldenImage, { owner: stranger }),
      code: 'not-ours',
      instead: /Ask for it there/,
    },
    'an exempt one': {
      arrange: (world) => alter(copies(world).images, goldenImage, { tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a private one': { code: 'already-contained', instead: /CloudTrail/ },
  },
};

export const dataRefusals: readonly RefusalTable[] = [
  databases,
  databaseSnapshots,
  blocks,
  quarantines,
  disks,
  machines,
];
