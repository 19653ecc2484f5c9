/** The example bucket that actions are tried on. */
import type { Resource } from '../../src/findings/finding.ts';
import type { Bucket } from '../../src/local/world/state.ts';
import { account, type Bench, region } from './bench.ts';

export const target = {
  kind: 'bucket',
  id: 'example-invoices',
  account,
  region,
} as const satisfies Resource;

export const bucketOf = ({ world }: Pick<Bench, 'world'>): Bucket => {
  const bucket = world.partition(account, region).buckets.get(target.id);
  if (!bucket) throw new Error(`There is no bucket ${target.id}`);
  return bucket;
};

/** A policy of these statements, spelled as its author would. */
export const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);

export const allowAll = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${target.id}/*`,
};

/** Refusals that both actions on buckets share: name, target, arrangement, code, what to do instead. */
export const sharedRefusals = [
  ['a directory bucket', { ...target, id: 'logs--euw1-az1--x-s3' }, {}, 'not-supported', /behind/],
  ['an access point', { ...target, id: 'reports-abc-s3alias' }, {}, 'not-supported', /behind/],
  ['its own evidence', { ...target, id: 'cordon-evidence-1' }, {}, 'own-resource', /audit verify/],
  ['an unknown bucket', { ...target, id: 'example-gone' }, {}, 'not-found', /DeleteBucket/],
  ['another account', { ...target, account: '111122223333' }, {}, 'not-permitted', /console/],
  ['a wrong Region', { ...target, region: 'eu-central-1' }, {}, 'wrong-state', /console/],
  ['an exempt bucket', target, { tags: { 'ir-exempt': '' } }, 'exempt', /Remove the tag/],
  ['a public bucket', target, { tags: { 'public-by-design': 'yes' } }, 'exempt', /Remove the tag/],
] as const satisfies readonly (readonly [string, Resource, Partial<Bucket>, string, RegExp])[];
