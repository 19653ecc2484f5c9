/** auth.test, users.info, usergroups.users.list and conversations.info. */
import { SlackApiError } from './api-error.ts';
import type { Method } from './chat-methods.ts';
import { bot, team } from './people.ts';

const authTest: Method = () => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: 'cordon',
  team_id: team.id,
  user_id: bot.user,
  bot_id: bot.id,
  is_enterprise_install: false,
});

const usersInfo: Method = (memory, args) => {
  const user = memory.users.find(({ id }) => id === args['user']);
  if (user === undefined) throw new SlackApiError('user_not_found');
  const { real_name, title, ...rest } = user;
  return {
    user: {
      ...rest,
      real_name,
      is_ultra_restricted: false,
      is_app_user: false,
      profile: { real_name, title, team: user.team_id },
    },
  };
};

const groupUsers: Method = (memory, args) => {
  const group = memory.groups.find(({ id }) => id === args['usergroup']);
  if (group === undefined) throw new SlackApiError('no_such_subteam');
  return { users: group.users };
};

const conversationsInfo: Method = (memory, args) => {
  const channel = memory.channels.find(({ id }) => id === args['channel']);
  if (channel === undefined) throw new SlackApiError('channel_not_found');
  return {
    channel: {
      ...channel,
      is_channel: true,
      is_private: false,
      is_archived: false,
      is_member: !channel.foreign,
      is_shared: channel.shared === true,
      is_ext_shared: channel.shared === true,
      is_pending_ext_shared: false,
    },
  };
};

export const peopleMethods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'usergroups.users.list': groupUsers,
  'conversations.info': conversationsInfo,
};
