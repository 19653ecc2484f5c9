/** Who is on call, as the configuration and Slack's user groups say now. */
import type { Ports } from '../ports.ts';

export interface OnCall {
  /** Slack user ids. */
  readonly users: readonly string[];
  /** Groups whose members Slack could not tell. */
  readonly unknown: readonly string[];
}

export const onCallNow = async (ports: Pick<Ports, 'config' | 'directory'>): Promise<OnCall> => {
  const { users, groups } = ports.config.onCall;
  const asked = await Promise.allSettled(groups.map((group) => ports.directory.members(group)));
  return {
    users: [
      ...new Set([
        ...users,
        ...asked.flatMap((answer) => (answer.status === 'fulfilled' ? [...answer.value] : [])),
      ]),
    ],
    unknown: groups.filter((_, n) => asked[n]?.status === 'rejected'),
  };
};
