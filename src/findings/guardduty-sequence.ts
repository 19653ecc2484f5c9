/**
 * Attack sequences (Extended Threat Detection), from `service.detection.sequence`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Sequence.html
 */

import { actorsOf, fact } from './actor.ts';
import type { Actor, Fact, Resource } from './finding.ts';
import { accountId, at, identifier, ipAddress, list, regionCode, text } from './read.ts';
import { accessKey, holderOf, named, type Where } from './resource.ts';

interface Sequence {
  readonly resources: readonly Resource[];
  readonly actors: readonly Actor[];
  readonly facts: readonly Fact[];
}

/** Everything empty for a finding that is no sequence. */
export const readSequence = (sequence: unknown, where: Where): Sequence => {
  const signals = list(at(sequence, 'signals'));
  return {
    resources: list(at(sequence, 'resources')).flatMap((found) => resource(found, where)),
    actors: actorsOf([
      ...list(at(sequence, 'actors')).map((actor) => ({
        principal: text(at(actor, 'user', 'name'), 256),
      })),
      ...list(at(sequence, 'endpoints')).map((endpoint) => ({
        ip: ipAddress(at(endpoint, 'ip')),
        domain: text(at(endpoint, 'domain'), 256),
        country: text(at(endpoint, 'location', 'country'), 128),
        organisation: text(at(endpoint, 'autonomousSystem', 'name'), 128),
      })),
    ]),
    facts: signals.flatMap((signal, index) =>
      fact(`Signal ${index + 1} of ${signals.length}`, text(at(signal, 'name'), 256)),
    ),
  };
};

const kinds = new Map<
  string,
  'instance' | 'bucket' | 'cluster' | 'container' | 'function' | 'image'
>([
  ['EC2_INSTANCE', 'instance'],
  ['S3_BUCKET', 'bucket'],
  ['EKS_CLUSTER', 'cluster'],
  ['ECS_CLUSTER', 'cluster'],
  ['CONTAINER', 'container'],
  ['LAMBDA_FUNCTION', 'function'],
  ['EC2_IMAGE', 'image'],
]);

/** A resource of a sequence names its own account and Region; they may differ from the finding's. */
const resource = (found: unknown, where: Where): readonly Resource[] => {
  const uid = identifier(at(found, 'uid'));
  const own = {
    account: accountId(at(found, 'accountId')) || where.account,
    region: regionCode(at(found, 'region')) || where.region,
  };
  const type = text(at(found, 'resourceType'), 64);
  // A uid is the plain id or an ARN that ends in it.
  const id = uid.startsWith('arn:') ? (uid.split(/[:/]/).at(-1) ?? uid) : uid;
  if (!id) return [];
  const owner = at(found, 'data', 'accessKey');
  if (type === 'ACCESS_KEY') return [accessKey(id, owner, own), ...holderOf(owner, own)];
  const kind = kinds.get(type);
  return [
    kind
      ? { kind, id, ...own, ...named(id, at(found, 'name')) }
      : { kind: 'other', id: uid, ...own, ...named(uid, at(found, 'name')) },
  ];
};
