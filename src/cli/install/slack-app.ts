/** The Slack app: first without an address, for Slack calls an address as soon as it is told it; then with it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { manifestFor } from '../../app/manifest.ts';
import { type Context, type Question, type Step, StepProblem } from './step.ts';

const token: Question = {
  id: 'token',
  text: 'Bot token of the app (OAuth & Permissions, xoxb-…)',
  secret: true,
  problem: (answer) => (answer.startsWith('xoxb-') ? undefined : 'A bot token begins with xoxb-.'),
};

const signingSecret: Question = {
  id: 'signingSecret',
  text: 'Signing secret of the app (Basic Information)',
  secret: true,
  problem: (answer) =>
    answer.length >= 16 ? undefined : 'That is too short for a signing secret.',
};

const writeManifest = ({ folder, manifestFile }: Context, address: string | undefined): string => {
  const file = join(folder, 'slack-app.json');
  mkdirSync(folder, { recursive: true });
  const manifest = manifestFor(parse(readFileSync(manifestFile, 'utf8')), address);
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return file;
};

interface Bot {
  readonly token: string;
  readonly team: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** Asks until Slack knows the token; an answers file is asked once. */
const askBot = async ({ ask, slack }: Context): Promise<Bot> => {
  const answer = await ask(token);
  const { body } = await slack(answer)('auth.test');
  if (body['ok'] !== true)
    throw new StepProblem(
      `Slack refuses the token: ${String(body['error'])}`,
      'Install the app in the workspace (OAuth & Permissions), and copy its bot token.',
    );
  return {
    token: answer,
    team: String(body['team_id']),
    botId: String(body['bot_id']),
    botUserId: String(body['user_id']),
  };
};

export const slackApp: Step = {
  id: 'slack-app',
  title: 'The Slack app',
  async run(context) {
    const file = writeManifest(context, undefined);
    context.say(
      `Open https://api.slack.com/apps, "Create New App", "From a manifest", and paste ${file}.\n` +
        'It has no addresses yet; they come after the deployment. Then install it in the workspace.',
    );
    const bot = await askBot(context);
    context.learn('workspace', bot.team);
    context.say(
      `The token is of workspace ${bot.team}. It is not kept: it is asked for once more when resumed.`,
    );
  },
};

export const fillSecret: Step = {
  id: 'secret',
  title: 'The secret in AWS',
  async run(context) {
    const bot = await askBot(context);
    const secret = await context.ask(signingSecret);
    await context.cloud.putSecret(
      context.fact('SlackSecretArn'),
      JSON.stringify({
        token: bot.token,
        signingSecrets: [secret],
        botId: bot.botId,
        botUserId: bot.botUserId,
      }),
    );
  },
};

export const addresses: Step = {
  id: 'addresses',
  title: 'The app’s addresses',
  async run(context) {
    const file = writeManifest(context, context.fact('SlackRequestUrl'));
    context.say(
      `Open the app again, "App Manifest", and replace it with ${file}: it has the address now.\n` +
        'Slack calls it and says that it is verified. If it asks to install again, do so.',
    );
    await context.ask({ id: 'addressesSet', text: 'Done? (yes)', otherwise: 'yes' });
  },
};

export const invite: Step = {
  id: 'invite',
  title: 'The channel',
  async run(context) {
    context.say('Write /invite @Cordon in the channel.');
    await context.ask({ id: 'invited', text: 'Done? (yes)', otherwise: 'yes' });
    const bot = await askBot(context);
    const channel = context.fact('channel');
    const { body } = await context.slack(bot.token)('conversations.history', {
      channel,
      limit: '1',
    });
    if (body['ok'] !== true)
      throw new StepProblem(
        `Slack says about ${channel}: ${String(body['error'])}`,
        'Invite the bot there, and check the channel’s id in the configuration.',
      );
  },
};
