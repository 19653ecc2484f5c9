/** Who somebody is: decided by team and user id, never by name or address. */
import type { Identity } from '../config/config.ts';

export interface Person {
  /** Left out of what is stored: whoever has no kind is a person. */
  readonly kind?: 'person';
  /** Identity id where several accounts are one human, else `T…/U…`. Votes count by this. */
  readonly id: string;
  readonly team: string;
  readonly user: string;
  /** How Slack shows them; for display only, drawn literally, never decided on. */
  readonly name?: string;
}

export const personOf = (identities: readonly Identity[], team: string, user: string): Person => ({
  id: identities.find((identity) => identity.slack.includes(user))?.id ?? `${team}/${user}`,
  team,
  user,
});

/** How the audit names a person. */
export const actorOf = (person: Person): string => `slack:${person.team}/${person.user}`;
