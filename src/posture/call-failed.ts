/** A read that AWS did not answer, and the words for people that say why a figure is unknown. */
import type { Operation } from '../actions/aws.ts';

type Called = Operation | 'sts:AssumeRole';

export class CallFailed extends Error {
  /** `iam:GetAccountSummary`. */
  readonly operation: Called;
  /** AWS's own name of the error. */
  readonly code: string;

  constructor(operation: Called, cause: unknown) {
    super(`${operation} failed`, { cause });
    this.name = 'CallFailed';
    this.operation = operation;
    this.code = cause instanceof Error ? cause.name : 'unknown error';
  }
}

/** Not asked any more: what it was for has no time left. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Whether AWS refused with one of these names. */
export const failedAs = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof CallFailed && codes.includes(error.code);

const denied = /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError/i;
const throttled = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceededException|SlowDown/i;
/** How services say that they are not turned on. */
const off = /InvalidAccess|ResourceNotFound|NotFoundException|SubscriptionRequired|OptInRequired/i;

/** A full reason without a full stop; never AWS's own message, which may quote names. */
export const inWords = (error: unknown): string => {
  if (!(error instanceof CallFailed)) return 'it could not be worked out';
  const { operation, code } = error;
  if (operation === 'sts:AssumeRole') return `the read role cannot be assumed (${code})`;
  if (code === 'OutOfTime') return `there was no time left for ${operation}`;
  if (denied.test(code)) return `the read role may not call ${operation}`;
  if (throttled.test(code)) return `AWS slowed ${operation} down; ask again in a minute`;
  if (off.test(code)) return `${operation} answers ${code}: the service is probably not turned on`;
  return `${operation} failed with ${code}`;
};
