/** The same example as its documentation has it: it only acknowledges, and keeps nothing. */
import bolt from '@slack/bolt';

const { App, AwsLambdaReceiver } = bolt;

const receiver = new AwsLambdaReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET });
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.action('acknowledge', async ({ ack }) => {
  await ack();
});

export const handler = async (event, context) => (await receiver.start())(event, context);
