/**
 * Amazon Macie: sensitive data in buckets, and buckets that are not as protected as before.
 * https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html
 */
import { actorsOf, fact } from './actor.ts';
import { toFinding } from './build.ts';
import { macieId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Actor, Fact, Finding, Ignored, Resource, Severity } from './finding.ts';
import {
  accountId,
  at,
  flag,
  ipAddress,
  isObject,
  list,
  number,
  regionCode,
  text,
} from './read.ts';
import { accessKey, resourceNamed, type Where } from './resource.ts';
import { severityWord, unknownSeverity } from './severity.ts';

/** A Macie event as a finding. */
export const parseMacie = (envelope: Envelope): Finding | Ignored => {
  const { detail, detailType } = envelope;
  const none = (because: string): Ignored => ignore(envelope, { source: 'macie', because });
  if (detailType !== 'Macie Finding') return none('A Macie event that is not a finding');
  if (!text(at(detail, 'type')) && !text(at(detail, 'id')))
    return none('A Macie Finding event without type and id');
  return finding(envelope);
};

const finding = (envelope: Envelope): Finding => {
  const { detail } = envelope;
  const where = {
    account: accountId(at(detail, 'accountId')) || envelope.account,
    region: regionCode(at(detail, 'region')) || envelope.region,
  };
  const affected = at(detail, 'resourcesAffected');
  return toFinding(envelope, {
    source: 'macie',
    type: text(at(detail, 'type'), 256),
    title: at(detail, 'title'),
    description: at(detail, 'description'),
    ...severityOf(at(detail, 'severity')),
    ...where,
    resources: [...bucket(at(affected, 's3Bucket'), where), ...callers(detail, where)],
    actors: actorOf(detail),
    facts: [...dataFacts(detail), ...policyFacts(detail), ...bucketFacts(affected)],
    canonicalId: macieId(where.account, text(at(detail, 'id'), 256) || envelope.id),
    count: at(detail, 'count'),
    firstSeen: [at(detail, 'createdAt')],
    lastSeen: [at(detail, 'updatedAt')],
    updatedAt: [at(detail, 'updatedAt')],
    sample: flag(at(detail, 'sample')),
    archived: flag(at(detail, 'archived')),
  });
};

/** Macie's scores: https://docs.aws.amazon.com/macie/latest/user/findings-severity.html ; it has no critical. */
const scores: readonly (Severity | undefined)[] = [undefined, 'LOW', 'MEDIUM', 'HIGH'];

const severityOf = (severity: unknown): { severity: Severity; nativeSeverity: string } => ({
  severity:
    severityWord(at(severity, 'description')) ??
    scores[number(at(severity, 'score')) ?? 0] ??
    unknownSeverity,
  nativeSeverity: text(at(severity, 'description'), 32) || text(at(severity, 'score'), 32),
});

const bucket = (found: unknown, where: Where): readonly Resource[] =>
  resourceNamed({
    id: at(found, 'name') ?? at(found, 'arn'),
    type: 'AWS::S3::Bucket',
    tags: at(found, 'tags'),
    where,
  });

const identityKinds = ['iamUser', 'assumedRole', 'federatedUser', 'root', 'awsAccount'] as const;

/** Who opened the bucket: https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html#findings-describe-model-useridentity */
const identityOf = (detail: unknown): unknown => {
  const user = at(detail, 'policyDetails', 'actor', 'userIdentity');
  return identityKinds.map((kind) => at(user, kind)).find(isObject);
};

const callers = (detail: unknown, where: Where): readonly Resource[] => {
  const identity = identityOf(detail);
  const key = text(at(identity, 'accessKeyId'), 128);
  const principalId = at(identity, 'principalId');
  return [
    ...(key ? [accessKey(key, { userName: nameOf(identity), principalId }, where)] : []),
    ...resourceNamed({ id: at(identity, 'arn'), where }),
  ];
};

const nameOf = (identity: unknown): string =>
  text(
    at(identity, 'userName') ?? at(identity, 'sessionContext', 'sessionIssuer', 'userName'),
    256,
  );

const actorOf = (detail: unknown): readonly Actor[] => {
  const actor = at(detail, 'policyDetails', 'actor');
  const address = at(actor, 'ipAddressDetails');
  return actorsOf([
    {
      ip: ipAddress(at(address, 'ipAddressV4')),
      country: text(at(address, 'ipCountry', 'name'), 128),
      organisation: text(at(address, 'ipOwner', 'org'), 128),
      principal: nameOf(identityOf(detail)),
      domain: text(at(actor, 'domainDetails', 'domainName'), 256),
    },
  ]);
};

const dataFacts = (detail: unknown): readonly Fact[] => {
  const result = at(detail, 'classificationDetails', 'result');
  const managed = list(at(result, 'sensitiveData')).flatMap((group) =>
    list(at(group, 'detections')).map(
      (found) => `${text(at(found, 'count'), 16)} × ${text(at(found, 'type'), 64)}`,
    ),
  );
  const custom = list(at(result, 'customDataIdentifiers', 'detections')).map(
    (found) => `${text(at(found, 'count'), 16)} × ${text(at(found, 'name'), 64)}`,
  );
  return [
    ...fact('Found', [...managed, ...custom].slice(0, 5).join(', ')),
    ...fact('In object', text(at(detail, 'resourcesAffected', 's3Object', 'key'), 512)),
  ];
};

const policyFacts = (detail: unknown): readonly Fact[] => {
  const call = at(detail, 'policyDetails', 'action', 'apiCallDetails');
  const service = text(at(call, 'apiServiceName'), 128);
  const api = text(at(call, 'api'), 128);
  return fact('API called', api, api && service && `(${service})`);
};

const bucketFacts = (affected: unknown): readonly Fact[] => [
  ...fact(
    'Public access',
    text(at(affected, 's3Bucket', 'publicAccess', 'effectivePermission'), 64),
  ),
];
