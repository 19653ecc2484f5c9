/**
 * The `Aws` port over the SDK: one short-lived session per role, account, request and scope, one
 * client per service and region in it. Service packages are loaded when first called.
 */
import { setTimeout } from 'node:timers/promises';
import type { MemberRole } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import {
  defaultRoleNames,
  memberRolePath,
  type RoleNames,
  roleArn,
} from '../actions/role-names.ts';
import { type Scope, sessionPolicy } from '../actions/session-policy.ts';
import type { OnClient } from './sdk-client.ts';
import {
  type Credentials,
  type Loaded,
  loaders,
  type Service,
  send,
  serviceOf,
} from './services.ts';

export interface AccountsOptions {
  /** The function that calls, for CloudTrail: part of the session's name. */
  readonly functionName: string;
  /** Where STS is called. */
  readonly homeRegion: string;
  /** Shared with the member roles' trust policies. */
  readonly externalId: string;
  /** What the member roles are called; `defaultRoleNames` when left out. */
  readonly roleNames?: RoleNames;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits so many milliseconds; by the process's own clock when absent. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** The function's own credentials; the SDK's chain when absent. */
  readonly credentials?: Credentials;
  readonly onClient?: OnClient;
}

interface Wish {
  readonly role: MemberRole;
  readonly account: string;
  readonly region: string;
  /** Ends up as the session tag `request`. */
  readonly requestId: string;
  /** Ends up as the session tag `case`. */
  readonly caseId?: string;
  /** Who asked, for CloudTrail: a person's corporate id. */
  readonly sourceIdentity?: string;
  /** What the session is for: it gets a policy that allows nothing else. */
  readonly scope?: Scope;
}

export interface Accounts {
  /** AWS in that account and region. Throws STS's error when the role cannot be assumed. */
  as(wish: Wish): Promise<Aws>;
}

interface Session {
  readonly credentials: Promise<Credentials>;
  /** Milliseconds since the epoch. */
  readonly usableUntil: number;
  /** By service and region; they go with their session. */
  readonly clients: Map<string, Promise<Loaded>>;
}

const sleep = (milliseconds: number): Promise<void> => setTimeout(milliseconds);

const retries = { retryMode: 'adaptive', maxAttempts: 3 } as const;

/** The shortest that STS allows: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionSeconds = 900;
const renewBeforeMs = 120_000;
/** What STS has not answered by then is asked for anew: whoever asked may be gone. */
const patienceMs = 5_000;

/** What STS accepts as a session name or source identity: 2 to 64 of `[\w+=,.@-]`. */
const stsName = (text: string): string =>
  text
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');

const tagsOf = ({ requestId, caseId }: Wish) => [
  { Key: 'request', Value: requestId },
  ...(caseId ? [{ Key: 'case', Value: caseId }] : []),
];

const assumeRole = async (options: AccountsOptions, wish: Wish): Promise<Credentials> => {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient({
    region: options.homeRegion,
    ...retries,
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  options.onClient?.(sts, 'sts');
  const { roleNames = defaultRoleNames } = options;
  const RoleArn = roleArn(wish.account, memberRolePath(wish.role, roleNames));
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn,
      RoleSessionName: stsName(`cordon-${options.functionName}-${wish.requestId}`),
      ExternalId: options.externalId,
      DurationSeconds: sessionSeconds,
      Tags: tagsOf(wish),
      ...(wish.scope ? { Policy: sessionPolicy(wish.scope, { ...wish, roleNames }) } : {}),
      ...(wish.sourceIdentity ? { SourceIdentity: stsName(wish.sourceIdentity) } : {}),
    }),
  );
  if (!issued?.AccessKeyId || !issued.SecretAccessKey || !issued.SessionToken)
    throw new Error(`STS gave no credentials for ${RoleArn}`);
  // Without `expiration`: the SDK would compare it with its own clock and refresh by itself.
  return {
    accessKeyId: issued.AccessKeyId,
    secretAccessKey: issued.SecretAccessKey,
    sessionToken: issued.SessionToken,
  };
};

const load = async (
  options: AccountsOptions,
  session: Session,
  [service, region]: readonly [Service, string],
): Promise<Loaded> => {
  const credentials = await session.credentials;
  const loaded = await loaders[service]({ region, credentials, ...retries });
  options.onClient?.(loaded.client, service);
  return loaded;
};

const clientOf = (
  options: AccountsOptions,
  session: Session,
  at: readonly [Service, string],
): Promise<Loaded> => {
  const key = at.join('/');
  const known = session.clients.get(key);
  if (known !== undefined) return known;
  const loading = load(options, session, at);
  session.clients.set(key, loading);
  return loading;
};

/** Equal for wishes that one session serves. A scope names the Region that it is for. */
const keyOf = (wish: Wish): string =>
  JSON.stringify([
    ...[wish.role, wish.account, wish.requestId, wish.sourceIdentity, wish.caseId],
    wish.scope ? sessionPolicy(wish.scope, wish) : '',
  ]);

export const awsAccounts = (options: AccountsOptions): Accounts => {
  const sessions = new Map<string, Session>();

  const sessionFor = (wish: Wish): Session => {
    const now = options.now();
    for (const [key, { usableUntil }] of sessions) if (usableUntil <= now) sessions.delete(key);
    const key = keyOf(wish);
    const known = sessions.get(key);
    if (known) return known;
    const credentials = assumeRole(options, wish);
    const asked: Session = { credentials, usableUntil: now + patienceMs, clients: new Map() };
    // At once, so that what is wished at the same time shares it.
    sessions.set(key, asked);
    credentials.then(
      () =>
        sessions.set(key, { ...asked, usableUntil: now + sessionSeconds * 1000 - renewBeforeMs }),
      // A refused role may be granted later.
      () => sessions.get(key) === asked && sessions.delete(key),
    );
    return asked;
  };

  return {
    async as(wish) {
      await sessionFor(wish).credentials;
      return {
        now: options.now,
        pause: options.pause ?? sleep,
        async call(operation, input) {
          const at = [serviceOf(operation), wish.region] as const;
          return send(await clientOf(options, sessionFor(wish), at), operation, input);
        },
      };
    },
  };
};
