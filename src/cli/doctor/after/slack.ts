/** Slack: the token, its scopes, the channels and the groups. docs.slack.dev/reference/methods */
import { missingScopes } from '../../../app/manifest.ts';
import type { CordonConfig } from '../../../config/config.ts';
import { broken, type Check, fine, skipped, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';

const wordOf = (body: Readonly<Record<string, unknown>>, key: string): string =>
  typeof body[key] === 'string' ? body[key] : '';

export const slackToken: Check<Site> = {
  id: 'slack-token',
  needs: ['secret'],
  async look({ slack, secret, config }) {
    const { body } = await slack('auth.test');
    if (body['ok'] !== true)
      return [
        broken(
          `Slack refuses the token: ${wordOf(body, 'error')}`,
          'Install the app in the workspace again, and put its bot token (xoxb-…) into the secret.',
        ),
      ];
    const { botId, botUserId } = await secret();
    const team = wordOf(body, 'team_id');
    return [
      ...(team === config.workspace
        ? [fine(`the token is of workspace ${team}`)]
        : [
            broken(
              `the token is of workspace ${team}, the configuration names ${config.workspace}`,
              'Set workspace in cordon.config.ts to the one that the app is installed in, or use its token.',
            ),
          ]),
      ...(wordOf(body, 'bot_id') === botId && wordOf(body, 'user_id') === botUserId
        ? []
        : [
            broken(
              'botId or botUserId in the secret is not that of the token',
              `Set botId to ${wordOf(body, 'bot_id')} and botUserId to ${wordOf(body, 'user_id')}.`,
            ),
          ]),
    ];
  },
};

export const slackScopes: Check<Site> = {
  id: 'slack-scopes',
  needs: ['slack-token'],
  async look({ slack }) {
    const { header } = await slack('auth.test');
    const granted = header('x-oauth-scopes');
    if (granted === undefined) return [skipped('Slack does not say which scopes the token has')];
    const missing = missingScopes(granted.split(',').map((scope) => scope.trim()));
    return missing.length === 0
      ? [fine('the token has every scope of the manifest')]
      : [
          broken(
            `the token lacks ${missing.join(', ')}`,
            'Update the app with manifest.yml, install it again in the workspace, and renew the token.',
          ),
        ];
  },
};

const channelsOf = (config: CordonConfig): readonly string[] => [
  ...new Set(
    [
      config.channel,
      config.digest.channel,
      ...config.wideChannels,
      ...config.routes.map(({ channel }) => channel),
      ...config.rules.map(({ channel }) => channel),
    ].filter((channel) => channel !== undefined),
  ),
];

const sharedVerdict = async (
  { slack }: Pick<Site, 'slack'>,
  channel: string,
): Promise<Verdict | undefined> => {
  const { body } = await slack('conversations.info', { channel });
  const about = body['channel'] as Readonly<Record<string, unknown>> | undefined;
  return about?.['is_ext_shared'] === true || about?.['is_pending_ext_shared'] === true
    ? broken(
        `channel ${channel}: another organisation reads it (Slack Connect), so nothing is shown there`,
        'Name a channel of your own organisation only in cordon.config.ts, or end the sharing in Slack.',
      )
    : undefined;
};

/** Reading one message tells whether the bot is in, with the scopes that it has anyway. */
const channelVerdict = async ({ slack }: Site, channel: string): Promise<Verdict | undefined> => {
  const { body } = await slack('conversations.history', { channel, limit: '1' });
  if (body['ok'] === true) return sharedVerdict({ slack }, channel);
  const error = wordOf(body, 'error');
  if (error === 'missing_scope')
    return skipped(`${channel}: not to be told without channels:history`);
  return broken(
    `channel ${channel}: ${error}`,
    error === 'not_in_channel'
      ? 'Write /invite @Cordon in that channel.'
      : 'Check the id in cordon.config.ts (the end of the channel’s link), and invite the bot there.',
  );
};

export const slackChannels: Check<Site> = {
  id: 'slack-channels',
  needs: ['slack-token'],
  async look(site) {
    const channels = channelsOf(site.config);
    const verdicts: Verdict[] = [];
    for (const channel of channels) {
      const verdict = await channelVerdict(site, channel);
      if (verdict) verdicts.push(verdict);
    }
    return verdicts.length > 0 ? verdicts : [fine(`the bot is in ${channels.join(', ')}`)];
  },
};

const groupVerdict = async ({ slack }: Site, usergroup: string): Promise<Verdict | undefined> => {
  const { body } = await slack('usergroups.users.list', { usergroup });
  const { users } = body;
  if (body['ok'] !== true)
    return broken(
      `user group ${usergroup}: ${wordOf(body, 'error')}`,
      wordOf(body, 'error') === 'plan_upgrade_required'
        ? 'User groups need a paid plan: name people in users instead.'
        : 'Check its id in cordon.config.ts. While it cannot be read, nobody of it may act.',
    );
  return Array.isArray(users) && users.length > 0
    ? undefined
    : broken(`user group ${usergroup} is empty`, 'Add people to it in Slack, or name another.');
};

export const slackGroups: Check<Site> = {
  id: 'slack-groups',
  needs: ['slack-token'],
  async look(site) {
    const { responders, approvers, onCall } = site.config;
    const groups = [
      ...new Set([...responders.groups, ...approvers.groups, ...(onCall.groups ?? [])]),
    ];
    const verdicts: Verdict[] = [];
    for (const group of groups) {
      const verdict = await groupVerdict(site, group);
      if (verdict) verdicts.push(verdict);
    }
    return verdicts.length > 0 ? verdicts : [fine(`${groups.length} user groups can be read`)];
  },
};
