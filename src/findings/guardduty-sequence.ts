/**
 * Attack sequences (Extended Threat Detection), from `service.detection.sequence`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Sequence.html
 */

import { actorsOf, fact } from './actor.ts';
import { lastPart } from './arn.ts';
import type { Actor, Fact, Resource } from './finding.ts';
import {
  accountId,
  at,
  identifier,
  ipAddress,
  isObject,
  list,
  number,
  regionCode,
  text,
} from './read.ts';
import { accessKey, holderOf, resourceNamed, type Where } from './resource.ts';

interface Sequence {
  readonly resources: readonly Resource[];
  readonly actors: readonly Actor[];
  readonly facts: readonly Fact[];
}

/** Everything empty for a finding that is no sequence. */
export const readSequence = (sequence: unknown, where: Where): Sequence => {
  const actors = list(at(sequence, 'actors'));
  return {
    resources: [
      ...list(at(sequence, 'resources'), 50).flatMap((found) => resource(found, where)),
      ...actors.flatMap((actor) => holder(at(actor, 'user'), where)),
    ],
    actors: actorsOf([
      ...actors.map((actor) => ({ principal: text(at(actor, 'user', 'name'), 256) })),
      ...list(at(sequence, 'endpoints')).map((endpoint) => ({
        ip: ipAddress(at(endpoint, 'ip')),
        domain: text(at(endpoint, 'domain'), 256),
        country: text(at(endpoint, 'location', 'country'), 128),
        organisation: text(at(endpoint, 'autonomousSystem', 'name'), 128),
      })),
    ]),
    facts: [...signalsFact(at(sequence, 'signals')), ...tacticsFact(sequence)],
  };
};

/** The key, if it is named, with its user or session. */
const holder = (user: unknown, where: Where): readonly Resource[] => {
  const own = { ...where, account: accountId(at(user, 'account', 'uid')) || where.account };
  const owner = {
    userName: at(user, 'name'),
    userType: at(user, 'type'),
    principalId: at(user, 'uid'),
  };
  const key = identifier(at(user, 'credentialUid'));
  return [...(/^A[KS]IA/.test(key) ? [accessKey(key, owner, own)] : []), ...holderOf(owner, own)];
};

/** `3: UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom (3×), secretsmanager:GetSecretValue, …` */
const signalsFact = (signals: unknown): readonly Fact[] => {
  const names = list(signals, 100).map((signal) => {
    const count = number(at(signal, 'count')) ?? 1;
    return `${text(at(signal, 'name'), 128)}${count > 1 ? ` (${count}×)` : ''}`;
  });
  return names.length > 0 ? fact('Signals', `${names.length}: ${names.join(', ')}`) : [];
};

/** What GuardDuty makes of them: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Indicator.html */
const tacticsFact = (sequence: unknown): readonly Fact[] => {
  const tactics = list(at(sequence, 'sequenceIndicators')).find(
    (indicator) => text(at(indicator, 'key')) === 'ATTACK_TACTIC',
  );
  return fact(
    'Tactics',
    list(at(tactics, 'values'))
      .map((value) => text(value, 64))
      .join(', '),
  );
};

/**
 * A resource of a sequence names its own account and Region; they may differ from the finding's. Its uid
 * is the plain id or an ARN. Groups of instances (Auto Scaling, stacks, clusters …) name their instances.
 */
const resource = (found: unknown, where: Where): readonly Resource[] => {
  const id = identifier(at(found, 'uid'));
  const own = {
    account: accountId(at(found, 'accountId')) || where.account,
    region: regionCode(at(found, 'region')) || where.region,
  };
  const type = text(at(found, 'resourceType'), 64);
  const data = at(found, 'data');
  const owner = at(data, 'accessKey');
  if (type === 'ACCESS_KEY' && id)
    return [accessKey(lastPart(id), owner, own), ...holderOf(owner, own)];
  const members = isObject(data) ? Object.values(data).slice(0, 10) : [];
  return [
    ...resourceNamed({
      id,
      type,
      name: at(found, 'name'),
      tags: at(found, 'tags'),
      where: own,
    }),
    ...members.flatMap((group) =>
      list(at(group, 'ec2InstanceUids')).flatMap((uid) =>
        resourceNamed({ id: uid, type: 'EC2_INSTANCE', where: own }),
      ),
    ),
  ];
};
