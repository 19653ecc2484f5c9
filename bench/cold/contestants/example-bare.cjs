/**
 * The example of Bolt's documentation for AWS Lambda, with its packages beside it: it only acknowledges, and keeps
 * nothing. docs.slack.dev/tools/bolt-js/deployments/aws-lambda
 */
const { App, AwsLambdaReceiver } = require('@slack/bolt');

const awsLambdaReceiver = new AwsLambdaReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
});
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver: awsLambdaReceiver,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.action('acknowledge', async ({ ack }) => {
  await ack();
});

module.exports.handler = async (event, context) => {
  const handler = await awsLambdaReceiver.start();
  return handler(event, context);
};
