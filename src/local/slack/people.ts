/** The people of the local world: one for each way of being allowed, or not, to press a button. */

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly title: string;
  readonly team_id: string;
  readonly is_restricted: boolean;
  readonly is_stranger: boolean;
  readonly deleted: boolean;
  readonly is_bot: boolean;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** The person, where it is their conversation with the app: nobody else sees it. */
  readonly with?: string;
  /** The app was never invited, or was removed. */
  readonly foreign?: boolean;
  /** Read by another organisation too (Slack Connect). */
  readonly shared?: boolean;
}

export const team = { id: 'T0CORDON', name: 'Example Corp', domain: 'example-corp' } as const;
export const bot = { user: 'U0CORDON', id: 'B0CORDON', app: 'A0CORDON' } as const;

const member = (
  id: string,
  name: string,
  about: Pick<SlackUser, 'real_name' | 'title'>,
): SlackUser => ({
  id,
  name,
  ...about,
  team_id: team.id,
  is_restricted: false,
  is_stranger: false,
  deleted: false,
  is_bot: false,
});

export const users: readonly SlackUser[] = [
  member('U0MARIA', 'maria', { real_name: 'Maria Okafor', title: 'Responder, on call' }),
  member('U0ANA', 'ana', { real_name: 'Ana Ortiz', title: 'Approver' }),
  member('U0ANA2', 'ana.ortiz', { real_name: 'Ana Ortiz', title: 'Approver, second account' }),
  member('U0LEE', 'lee', { real_name: 'Lee Chen', title: 'Responder and approver' }),
  {
    ...member('U0GUEST', 'guest', { real_name: 'Gil Guest', title: 'Guest' }),
    is_restricted: true,
  },
  member('U0NOBODY', 'sam', { real_name: 'Sam Ray', title: 'Member without a role' }),
  {
    ...member('U0STRANGER', 'maria', {
      real_name: 'Maria Okafor',
      title: 'From another workspace',
    }),
    team_id: 'T0OTHER',
    is_stranger: true,
  },
  { ...member('U0GONE', 'gone', { real_name: 'Gabi Gone', title: 'Left' }), deleted: true },
  { ...member(bot.user, 'cordon', { real_name: 'Cordon', title: 'App' }), is_bot: true },
];

/** The guest is in the approvers' group, which must not help. */
export const groups: readonly UserGroup[] = [
  { id: 'S0SECRESP', handle: 'sec-oncall', users: ['U0MARIA', 'U0LEE'] },
  { id: 'S0SECAPPR', handle: 'sec-approvers', users: ['U0ANA', 'U0ANA2', 'U0LEE', 'U0GUEST'] },
];

export const channels: readonly Channel[] = [{ id: 'C0SECURITY', name: 'security-alerts' }];
