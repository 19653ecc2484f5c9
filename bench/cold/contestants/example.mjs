/** The same example with a listener that keeps the click. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import bolt from '@slack/bolt';

const { App, AwsLambdaReceiver } = bolt;

const receiver = new AwsLambdaReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET });
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

app.action('acknowledge', async ({ ack, body }) => {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.CORDON_JOBS_QUEUE_URL,
      MessageBody: JSON.stringify(body),
      MessageGroupId: body.user.id,
      MessageDeduplicationId: body.trigger_id,
    }),
  );
  await ack();
});

export const handler = async (event, context) => (await receiver.start())(event, context);
