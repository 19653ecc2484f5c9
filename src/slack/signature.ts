/**
 * Slack's request signature, over the raw bytes and before any parsing.
 * Used twice: by web when a request arrives, and by worker on what comes out of the queue.
 * Facts: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Header names in any case; API Gateway joins the values of a repeated header with a comma. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** Slack's own requests stay below 300 kB; anything larger is refused unread. Bytes. */
export const maxBodyBytes = 512 * 1024;

const toleranceSeconds = 300;
const signatureHeader = 'x-slack-signature';
const timestampHeader = 'x-slack-request-timestamp';

export type Verification =
  | { readonly kind: 'verified'; readonly timestamp: string; readonly signature: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly because: string };

export type RefusalCode =
  | 'no-secret'
  | 'too-large'
  | 'missing-headers'
  | 'repeated-header'
  | 'bad-version'
  | 'malformed'
  | 'stale'
  | 'future'
  | 'mismatch';

export interface SignedMaterial {
  readonly rawBody: Uint8Array;
  readonly headers: Headers;
  /** Signing secrets that are valid now: one, or two while one is being rotated. */
  readonly secrets: readonly string[];
  /** The time the age is measured against, in seconds since the epoch. */
  readonly nowSeconds: number;
}

/**
 * Whether Slack signed exactly these bytes, at most 300 seconds before or after `nowSeconds`.
 * Total: answers a refusal with its reason instead of throwing. An empty secret refuses everything,
 * because anyone can sign with it.
 */
export const verifySignature = (material: SignedMaterial): Verification => {
  const { rawBody, headers, secrets, nowSeconds } = material;
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === '')) {
    return refused('no-secret', 'there is no signing secret, or an empty one');
  }
  if (rawBody.byteLength > maxBodyBytes) {
    return refused('too-large', `the body is larger than ${maxBodyBytes} bytes`);
  }
  const signatures = valuesOf(headers, signatureHeader);
  const timestamps = valuesOf(headers, timestampHeader);
  const [signature] = signatures;
  const [timestamp] = timestamps;
  if (signature === undefined || timestamp === undefined) {
    return refused('missing-headers', 'the signature or its timestamp is missing');
  }
  if (signatures.length > 1 || timestamps.length > 1) {
    return refused('repeated-header', 'the signature or its timestamp was sent more than once');
  }
  return (
    problemOfForm(signature, timestamp) ??
    problemOfAge(timestamp, nowSeconds) ??
    problemOfBytes({ signature, timestamp, rawBody, secrets }) ?? {
      kind: 'verified',
      timestamp,
      signature,
    }
  );
};

/** The value of `x-slack-signature` for these bytes. `timestamp` is in seconds since the epoch. */
export const sign = (secret: string, timestamp: number | string, rawBody: Uint8Array): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(rawBody).digest('hex')}`;

/**
 * The request digest: SHA-256 of the raw body as 64 hexadecimal digits, the replay key and the
 * `external_id` of the modal that the request opens. The timestamp stays out, so that Slack's own
 * retry (same body, new timestamp) has the same digest; `trigger_id` and `event_id` inside the
 * body make two real requests differ.
 */
export const digest = (rawBody: Uint8Array): string =>
  createHash('sha256').update(rawBody).digest('hex');

const refused = (code: RefusalCode, because: string): Verification => ({
  kind: 'refused',
  code,
  because,
});

const valuesOf = (headers: Headers, name: string): readonly string[] =>
  Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined && value !== '' ? value.split(',') : [],
  );

const problemOfForm = (signature: string, timestamp: string): Verification | undefined => {
  if (!signature.startsWith('v0='))
    return refused('bad-version', 'the signature is not version v0');
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) {
    return refused('malformed', 'the signature is not 64 lower-case hexadecimal digits');
  }
  if (!/^[0-9]{1,12}$/.test(timestamp)) {
    return refused('malformed', 'the timestamp is not a number of seconds in plain digits');
  }
  return undefined;
};

const problemOfAge = (timestamp: string, nowSeconds: number): Verification | undefined => {
  const age = nowSeconds - Number(timestamp);
  if (age > toleranceSeconds) return refused('stale', `the request is ${Math.floor(age)} s old`);
  if (age >= -toleranceSeconds) return undefined;
  return refused('future', `the request is ${Math.floor(-age)} s ahead of our clock`);
};

const problemOfBytes = (claim: {
  readonly signature: string;
  readonly timestamp: string;
  readonly rawBody: Uint8Array;
  readonly secrets: readonly string[];
}): Verification | undefined => {
  const claimed = Buffer.from(claim.signature);
  // Every secret is tried, so that the time taken does not tell which one matched.
  const matches = claim.secrets.map((secret) =>
    timingSafeEqual(claimed, Buffer.from(sign(secret, claim.timestamp, claim.rawBody))),
  );
  return matches.includes(true) ? undefined : refused('mismatch', 'the signature does not match');
};
