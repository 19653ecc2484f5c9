/**
 * What the button for the next page of an answer asks for, and the message that a form is about: kept
 * here, because neither a button nor a form may carry text.
 */
import { type Key, rubbishAfter } from './item.ts';
import type { Table } from './table.ts';

interface Page {
  readonly token: string;
  /** Id of the person who may turn it (src/requests/person.ts). */
  readonly person: string;
  /** What followed `/cordon`, or what the message says. */
  readonly text: string;
  /** Of a message: where it is. */
  readonly message?: { readonly channel: string; readonly ts: string };
  readonly page: number;
  /** ISO 8601 UTC. */
  readonly until: string;
}

export interface Pages {
  keep(page: Page): Promise<void>;
  get(token: string): Promise<Page | undefined>;
}

const keyOf = (token: string): Key => ({ pk: `PAGE#${token}`, sk: 'PAGE' });

export const pages = (table: Table): Pages => ({
  async keep(page) {
    await table.put({ ...keyOf(page.token), page, ttl: rubbishAfter(page.until, 1) });
  },
  async get(token) {
    return (await table.get(keyOf(token)))?.['page'] as Page | undefined;
  },
});
