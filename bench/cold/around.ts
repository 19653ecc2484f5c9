/** What the contestants of one benchmark call: AWS, the tables, Slack and a webhook, on 127.0.0.1. */
import { loopback } from '../house/loopback.ts';
import { startAws } from '../storm/aws-server.ts';
import { environmentOf, secret, signingSecret } from '../storm/deployment.ts';
import { startTables } from '../storm/tables.ts';

export interface Around {
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the calls since it was last asked: `sqs`, `slack chat.postMessage`, `webhook`. */
  calls(): readonly string[];
  close(): Promise<void>;
}

const names = { cases: 'cordon-cases', requests: 'cordon-requests' };

const slackAnswers: Readonly<Record<string, object>> = {
  'auth.test': { ok: true, user_id: 'U0CORDON', bot_id: 'B0CORDON', team_id: 'T0CORDON' },
  'conversations.info': { ok: true, channel: { id: 'C0SECURITY', is_ext_shared: false } },
  'usergroups.users.list': { ok: true, users: ['U0MARIA'] },
  'chat.postMessage': { ok: true, channel: 'C0SECURITY', ts: '1790000000.000100' },
  'views.open': { ok: true, view: { id: 'V1' } },
};

export const startAround = async (): Promise<Around> => {
  const calls: string[] = [];
  /** It takes everything and delivers nothing. */
  const queue = {
    send: () => {
      calls.push('sqs');
      return 'm-1';
    },
  };
  const [tables, aws, slack] = await Promise.all([
    startTables(Object.values(names)),
    startAws(() => queue, secret),
    loopback(({ path }, response) => {
      const method = path.replace(/^\/api\//, '');
      calls.push(path === '/webhook' ? 'webhook' : `slack ${method}`);
      const answer = path === '/webhook' ? {} : slackAnswers[method];
      response.writeHead(answer ? 200 : 501, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { ok: false, error: 'unknown_method' }));
    }),
  ]);
  const endpoints = {
    aws: aws.endpoint,
    tables: tables.endpoint,
    slack: `http://${slack.host}/api/`,
  };
  return {
    environment: {
      ...environmentOf(endpoints, names),
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_BOT_TOKEN: 'xoxb-example',
      WEBHOOK_URL: `http://${slack.host}/webhook`,
    },
    calls: () => calls.splice(0),
    async close() {
      if (aws.unknown.length > 0) throw new Error(`not known to a stand-in: ${aws.unknown}`);
      await Promise.all([tables.close(), aws.close(), slack.close()]);
    },
  };
};
