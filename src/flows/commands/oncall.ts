/** `/cordon oncall`: who is called, and whether it is quiet now. */
import { onCallNow } from '../looking/on-call.ts';
import type { Command } from './command.ts';

export const oncall: Command = {
  name: 'oncall',
  uses: ['oncall'],
  summary: 'who is on call, and from which severity on they are called',
  needs: 'nothing',
  async answer(ports, { words }) {
    if (words.length > 0) return 'usage';
    const { users, unknown } = await onCallNow(ports);
    const { severity, quietHours } = ports.config;
    const { rotation } = ports.config.onCall;
    return {
      title: users.length === 0 ? 'Nobody is on call' : 'On call now',
      lines: [
        `Called from ${severity.mention} on.`,
        ...(rotation
          ? [
              `Duty passes on every ${rotation.days === 1 ? 'day' : `${rotation.days} days`} at ${rotation.at} (${rotation.timeZone}).`,
            ]
          : []),
        quietHours
          ? `Below HIGH nobody is called from ${quietHours.from} to ${quietHours.to} (${quietHours.timeZone})${quietHours.weekends ? ' and on weekends' : ''}.`
          : 'There are no quiet hours.',
        ...(unknown.length > 0
          ? [`Slack could not tell who is in ${unknown.join(', ')}; that group is still called.`]
          : []),
        ...(users.length === 0 && unknown.length === 0
          ? ['Name people or a user group under onCall in cordon.config.ts.']
          : []),
      ],
      ...(users.length > 0 ? { people: users.slice(0, 30) } : {}),
    };
  },
};
