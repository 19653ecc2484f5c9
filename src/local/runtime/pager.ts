/** The pager topic in memory: what a person on call would have been sent. */
import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { AwsError } from '../world/aws-error.ts';

interface LocalPage {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly severity: string;
  readonly subject: string;
  readonly text: string;
}

export interface LocalPager {
  /** Oldest first. */
  readonly pages: readonly LocalPage[];
  publish(input: PublishCommandInput): { readonly MessageId: string };
}

/** docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const subjectAllowed = (subject: string): boolean =>
  subject.length > 0 && subject.length < 100 && !/\p{Cc}/u.test(subject);

export const createPager = (now: () => number): LocalPager => {
  const pages: LocalPage[] = [];
  return {
    pages,
    publish({ Subject: subject = '', Message: text = '', MessageAttributes: attributes }) {
      if (!subjectAllowed(subject) || text === '')
        throw new AwsError('InvalidParameterException', 'Invalid parameter: Subject or Message');
      const severity = attributes?.['severity']?.StringValue ?? '';
      pages.push({ at: new Date(now()).toISOString(), severity, subject, text });
      return { MessageId: `page-${pages.length}` };
    },
  };
};
