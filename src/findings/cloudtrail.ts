/**
 * CloudTrail through EventBridge: API calls and console sign-ins.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { fact } from './actor.ts';
import { toFinding } from './build.ts';
import { callerActor, callerOf, targetsOf } from './cloudtrail-resources.ts';
import type { Verdict } from './cloudtrail-verdicts.ts';
import { watchedCall } from './cloudtrail-watch.ts';
import { type Envelope, ignore } from './envelope.ts';
import { atLeast, type Fact, type Finding, type Ignored } from './finding.ts';
import { accountId, at, flag, ipAddress, regionCode, text } from './read.ts';
import { ocsfType } from './securityhub-ocsf.ts';
import { milder } from './severity.ts';

/** Watched calls, anything root does itself, and sign-ins without MFA as findings. */
export const parseCloudTrail = (envelope: Envelope): Finding | Ignored => {
  const { detail } = envelope;
  const source = text(at(detail, 'eventSource'), 128);
  const name = text(at(detail, 'eventName'), 128);
  const type = name && `${source}:${name}`;
  const none = (because: string): Ignored =>
    ignore(envelope, { source: 'cloudtrail', because, type: type || ocsfType(detail) });
  if (!type)
    return none(
      text(at(detail, 'class_uid'))
        ? "A CloudTrail record as Security Lake stores it (OCSF); Cordon reads CloudTrail's own"
        : 'A CloudTrail event without eventSource and eventName',
    );
  const verdict = verdictOf(detail, accountOf(envelope));
  return 'nothing' in verdict ? none(verdict.nothing) : finding(envelope, type, verdict);
};

const accountOf = ({ detail, account }: Envelope): string =>
  accountId(at(detail, 'recipientAccountId')) ||
  accountId(at(detail, 'userIdentity', 'accountId')) ||
  account;

type Alarm = Exclude<Verdict, { nothing: string }>;

/** The graver of what was called and who called. */
const verdictOf = (detail: unknown, own: string): Verdict => {
  const called = calledVerdict(detail, own);
  const byRoot = rootVerdict(detail);
  if (byRoot === undefined) return called;
  return 'severity' in called && atLeast(called.severity, byRoot.severity) ? called : byRoot;
};

/** Root itself, not a service that acts for the account: changes and sign-ins HIGH, reads MEDIUM. */
const rootVerdict = (detail: unknown): Alarm | undefined => {
  const identity = at(detail, 'userIdentity');
  const behind = text(at(identity, 'invokedBy'), 128);
  const itself = behind === '' || behind === 'signin.amazonaws.com';
  if (text(at(identity, 'type')) !== 'Root' || !itself) return undefined;
  if (text(at(detail, 'eventType')) === 'AwsServiceEvent') return undefined;
  return text(at(detail, 'eventName')) === 'ConsoleLogin'
    ? { severity: 'HIGH', says: 'The root user signed in' }
    : { severity: isRead(detail) ? 'MEDIUM' : 'HIGH', says: 'The root user was used' };
};

const isRead = (detail: unknown): boolean =>
  flag(at(detail, 'readOnly')) || /^(Get|List|Describe)/.test(text(at(detail, 'eventName'), 128));

const calledVerdict = (detail: unknown, own: string): Verdict => {
  const name = text(at(detail, 'eventName'), 128);
  if (name === 'ConsoleLogin') return signInVerdict(detail);
  const call = watchedCall(text(at(detail, 'eventSource'), 128), name);
  if (call) return call.judge(at(detail, 'requestParameters'), own);
  return {
    nothing: isRead(detail)
      ? 'A call that changes nothing; no rule of Cordon reads it'
      : 'No rule of Cordon reads this API call',
  };
};

/** Sign-ins of roles say "No" whatever their identity provider asked for. */
const signInVerdict = (detail: unknown): Verdict => {
  const user = text(at(detail, 'userIdentity', 'type')) === 'IAMUser';
  const mfa = text(at(detail, 'additionalEventData', 'MFAUsed')) === 'Yes';
  if (hasFailed(detail)) return { nothing: 'A console sign-in that failed' };
  return user && !mfa
    ? { severity: 'MEDIUM', says: 'A user signed in to the console without MFA' }
    : { nothing: 'A console sign-in with MFA, or through an identity provider' };
};

const hasFailed = (detail: unknown): boolean =>
  text(at(detail, 'errorCode')) !== '' ||
  text(at(detail, 'errorMessage')) !== '' ||
  text(at(detail, 'responseElements', 'ConsoleLogin')) === 'Failure';

const finding = (envelope: Envelope, type: string, alarm: Alarm): Finding => {
  const { detail } = envelope;
  const where = {
    account: accountOf(envelope),
    region: regionCode(at(detail, 'awsRegion')) || envelope.region,
  };
  const failed = hasFailed(detail);
  const time = [at(detail, 'eventTime')];
  return toFinding(envelope, {
    source: 'cloudtrail',
    type,
    title: failed ? `Tried and failed: ${alarm.says}` : alarm.says,
    description: text(at(detail, 'errorMessage'), 512),
    severity: failed ? milder(alarm.severity) : alarm.severity,
    nativeSeverity: failed ? 'failed call' : 'call',
    ...where,
    resources: [...targetsOf(detail, where), ...callerOf(detail, where)],
    actors: callerActor(detail),
    facts: facts(detail, type),
    canonicalId: `cloudtrail:${text(at(detail, 'eventID'), 128) || envelope.id}`,
    firstSeen: time,
    lastSeen: time,
    updatedAt: time,
  });
};

const facts = (detail: unknown, type: string): readonly Fact[] => {
  const [source = '', name = ''] = type.split(':');
  const error = text(at(detail, 'errorCode'), 128);
  return [
    ...fact('API called', name, `(${source})`, error && `– ${error}`),
    ...fact('Remote address', ipAddress(at(detail, 'sourceIPAddress'))),
    ...fact('User agent', text(at(detail, 'userAgent'), 512)),
  ];
};
