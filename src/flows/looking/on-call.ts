/** Who is on call now: whoever has duty by the rotation, else the people and Slack's user groups. */
import { calledAt } from '../../rules/on-call.ts';
import type { Ports } from '../ports.ts';

export interface OnCall {
  /** Slack user ids. */
  readonly users: readonly string[];
  /** Groups whose members Slack could not tell. */
  readonly unknown: readonly string[];
}

export const onCallNow = async (
  ports: Pick<Ports, 'config' | 'directory' | 'chance'>,
): Promise<OnCall> => {
  const called = calledAt(ports.config.onCall, ports.chance.now());
  const groups = called.filter((id) => id.startsWith('S'));
  const users = called.filter((id) => !id.startsWith('S'));
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
