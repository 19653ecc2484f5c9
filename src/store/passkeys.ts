/**
 * The `passkeys` table: whose signatures count, and which step-up tickets are used up. Only step-up
 * writes it, so that neither web nor worker can make up an approval of tier 3.
 */
import type { Passkey, Proof } from '../requests/step-up.ts';
import { type Key, rubbishAfter, schemaVersion } from './item.ts';
import { isNew, type Table } from './table.ts';

/** What came of a ticket: it is used once. */
interface Used {
  readonly at: string;
  /** Of an enrolment: the credential's id. */
  readonly passkey?: string;
  /** Of a confirmation. */
  readonly proof?: Proof;
}

export interface Passkeys {
  of(person: string): Promise<readonly Passkey[]>;
  add(passkey: Passkey): Promise<boolean>;
  /** Answers false for a counter that is not higher: a copy of the authenticator. */
  countUp(passkey: Passkey, counter: number): Promise<boolean>;
  used(ticket: string): Promise<Used | undefined>;
  /** Uses the ticket up; answers false when it was used before. */
  use(ticket: string, used: Used): Promise<boolean>;
}

const passkeyKey = ({ person, id }: Pick<Passkey, 'person' | 'id'>): Key => ({
  pk: `PERSON#${person}`,
  sk: id,
});
const ticketKey = (token: string): Key => ({ pk: `TICKET#${token}`, sk: 'USED' });

export const passkeysTable = (table: Table): Passkeys => ({
  of: async (person) =>
    (await table.query({ pk: `PERSON#${person}` })).map((item) => ({
      ...(item['passkey'] as Passkey),
      counter: Number(item['counter']),
    })),
  add: (passkey) =>
    table.put(
      { ...passkeyKey(passkey), v: schemaVersion, passkey, counter: passkey.counter },
      isNew,
    ),
  countUp: (passkey, counter) =>
    // Synced passkeys do not count: WebAuthn §6.1.1.
    counter === 0 && passkey.counter === 0
      ? Promise.resolve(true)
      : table.update(passkeyKey(passkey), 'SET #counter = :counter', {
          expression: '#counter < :counter',
          names: { '#counter': 'counter' },
          values: { ':counter': counter },
        }),
  async used(ticket) {
    const item = await table.get(ticketKey(ticket));
    return item ? (item['used'] as Used) : undefined;
  },
  use: (ticket, used) =>
    table.put(
      { ...ticketKey(ticket), v: schemaVersion, used, ttl: rubbishAfter(used.at, 90) },
      isNew,
    ),
});
