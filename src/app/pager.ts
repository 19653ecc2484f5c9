/** Publishing to the pager topic. docs.aws.amazon.com/sns/latest/api/API_Publish.html */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Pager } from '../flows/page-people.ts';
import type { Deployment } from './deployment.ts';
import { clientConfig, type Outside } from './outside.ts';

/** Subscriptions can filter by the attribute `severity`. */
export const pagerTopic = (
  deployment: Pick<Deployment, 'region' | 'pagerTopic'>,
  outside: Outside,
): Pager => {
  const sns = new SNSClient(clientConfig(outside, deployment.region));
  outside.onClient?.(sns, 'sns');
  return {
    async send({ severity, subject, text }) {
      await sns.send(
        new PublishCommand({
          TopicArn: deployment.pagerTopic,
          Subject: subject,
          Message: text,
          MessageAttributes: { severity: { DataType: 'String', StringValue: severity } },
        }),
      );
    },
    failed: (id, error) => outside.log('pager.failed', { id, error }),
  };
};
