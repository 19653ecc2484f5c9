/** What differs between Lambda and the local world: the edges, and nothing else. */
import type { OnClient } from '../aws/sdk-client.ts';
import type { Credentials } from '../aws/services.ts';
import type { Timer } from '../flows/pacing/hold.ts';
import type { Chance } from '../flows/ports.ts';
import type { Measures } from './metrics.ts';

/** A call to Cordon's own queues and secret. `input` as in the service's API. */
export interface OwnCall {
  readonly service: 'sqs' | 'secretsmanager';
  /** `SendMessage` */
  readonly operation: string;
  readonly region: string;
  readonly input: object;
}

export interface Outside {
  readonly chance: Chance;
  /** Waits so many milliseconds, where that is not up to the process's own clock. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** One structured line; never a payload, a secret or a raw request. */
  readonly log: (line: string, facts?: Readonly<Record<string, string | number>>) => void;
  /** What is counted and how long things take. */
  readonly measure: (measures: Measures) => void;
  /** X-Ray's header of the invocation that is running; it goes along with messages. */
  readonly traceHeader?: () => string | undefined;
  /** The function's own credentials; the SDK's chain when absent. */
  readonly credentials?: Credentials;
  /** Answers a call to an own queue or secret; throws an error with AWS's name. */
  readonly ownCall: (call: OwnCall) => Promise<object>;
  /** Called for each AWS client before its first call. */
  readonly onClient?: OnClient;
  /** For DynamoDB alone, where the local world has a real server. */
  readonly dynamoEndpoint?: string;
  readonly slackFetch?: typeof globalThis.fetch;
  /** How the OpenID Connect issuer is reached; Node's own fetch when absent. */
  readonly issuerFetch?: typeof globalThis.fetch;
  readonly slackApiUrl?: string;
  /**
   * Does something after so many milliseconds while other work waits; answers how to call it off. Absent in
   * the local world, where waiting takes no time and every run has to be the same.
   */
  readonly later?: Timer;
  /** How long to wait for Slack to know a modal; milliseconds. */
  readonly viewPatienceMs: number;
}

/** Configuration that every AWS client of a function shares. */
export const clientConfig = (outside: Outside, region: string) => ({
  region,
  maxAttempts: 3,
  ...(outside.credentials ? { credentials: outside.credentials } : {}),
});
