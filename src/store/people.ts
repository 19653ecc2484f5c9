/** What the `requests` table keeps by person: step-up tickets, revoked passkeys, recent refusals. */
import type { Ticket } from '../requests/step-up.ts';
import { type Key, rubbishAfter, schemaVersion } from './item.ts';
import type { Table } from './table.ts';

/** One refused click, for the person's own `/cordon whoami`. */
export interface Refusal {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly code: string;
  readonly because: string;
  readonly needed: string;
}

export interface PeopleItems {
  giveTicket(ticket: Ticket): Promise<void>;
  ticket(token: string): Promise<Ticket | undefined>;
  revokePasskey(person: string, passkey: string, at: string): Promise<void>;
  /** Ids of passkeys that count no more. */
  revokedPasskeys(person: string): Promise<readonly string[]>;
  /** `click` makes it one refusal however often the click is worked on. */
  keepRefusal(person: string, click: string, refusal: Refusal): Promise<void>;
  /** The newest first. */
  refusalsOf(person: string, limit: number): Promise<readonly Refusal[]>;
}

const ticketKey = (token: string): Key => ({ pk: `TICKET#${token}`, sk: 'TICKET' });
const refusalDays = 30;

export const peopleItems = (table: Table): PeopleItems => ({
  async giveTicket(ticket) {
    await table.put({
      ...ticketKey(ticket.token),
      v: schemaVersion,
      ticket,
      ttl: rubbishAfter(ticket.expiresAt, 1),
    });
  },
  async ticket(token) {
    const item = await table.get(ticketKey(token));
    return item ? (item['ticket'] as Ticket) : undefined;
  },
  async revokePasskey(person, passkey, at) {
    await table.put({ pk: `REVOKED#${person}`, sk: passkey, v: schemaVersion, at });
  },
  revokedPasskeys: async (person) =>
    (await table.query({ pk: `REVOKED#${person}` })).map((item) => String(item['sk'])),
  async keepRefusal(person, click, refusal) {
    await table.put({
      pk: `REFUSALS#${person}`,
      sk: `${refusal.at}#${click}`,
      v: schemaVersion,
      refusal,
      ttl: rubbishAfter(refusal.at, refusalDays),
    });
  },
  refusalsOf: async (person, limit) =>
    (await table.query({ pk: `REFUSALS#${person}`, descending: true, limit })).map(
      (item) => item['refusal'] as Refusal,
    ),
});
