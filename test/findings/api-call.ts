/** What Cordon makes of one API call in CloudTrail. */
import { expect } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { eventOf } from './finding-of.ts';

export const own = '123456789012';
export const other = '999999999999';

/** What becomes of one API call; by default an IAM user's. */
export const call = (what: string, requestParameters: unknown, more: object = {}) => {
  const [service, eventName] = what.split(':');
  return parse(
    eventOf('AWS API Call via CloudTrail', {
      eventSource: `${service}.amazonaws.com`,
      eventName,
      recipientAccountId: own,
      userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accountId: own },
      requestParameters,
      ...more,
    }),
  );
};

export const outcome = (found: ReturnType<typeof call>): string =>
  found.kind === 'finding' ? found.severity : `ignored: ${found.because}`;

export const ignored = (why: string) => expect.stringMatching(new RegExp(`^ignored: .*${why}`));
