/**
 * AWS's errors for people: its own name and message in one line and, where it follows from the kind
 * of error, what to do. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */

const throttled =
  /^(Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|RequestThrottled|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceeded)/;
const refused =
  /^(AccessDenied|UnauthorizedOperation|AuthorizationError|Forbidden|NotAuthorized|Client\.UnauthorizedOperation)/;
const unreachable =
  /^(TimeoutError|RequestTimeout|NetworkingError|ECONN|ENOTFOUND|EAI_AGAIN|ServiceUnavailable|InternalError|InternalFailure|InternalServer|ServiceException|Unavailable|503)/;
/** After `throttled`, whose names are like it. */
const full = /(LimitExceeded|QuotaExceeded)(Exception)?$/;
const over = /^(ExpiredToken|RequestExpired)/;

const isServers = (error: Error): boolean => Reflect.get(error, '$fault') === 'server';

/** What follows for whoever reads it; nothing where the error speaks for itself. */
const advice = (error: Error): string | undefined => {
  if (refused.test(error.name))
    return /service control policy|explicit deny/i.test(error.message)
      ? 'A policy of the organisation or the account forbids it: its owner has to make the change.'
      : 'The role in that account lacks this right: deploy the newest member role there, then try again.';
  if (throttled.test(error.name))
    return 'AWS is called too often in that account just now. It was tried three times; try again in a minute.';
  if (full.test(error.name))
    return 'A quota of that account is used up: have it raised in Service Quotas, or remove what is not needed there, then try again.';
  if (over.test(error.name)) return 'The session was too old. Try again.';
  if (isServers(error) || unreachable.test(error.name))
    return 'AWS itself did not answer; its health page tells whether the service has a fault. Nothing is assumed to have happened: live state is read again at the next try.';
  return undefined;
};

/** One line for people, at most 600 characters. */
export const errorInWords = (error: unknown): string => {
  if (!(error instanceof Error)) return 'an unknown error';
  const said = `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`.slice(0, 400);
  const next = advice(error);
  return next ? `${said.replace(/[.\s]+$/, '')}. ${next}` : said;
};
