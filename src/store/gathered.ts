/**
 * Evidence that is being gathered, in the cases table: each source's part as soon as it is had, so that
 * a worker that dies loses no more than the one at hand. The whole lies in the evidence bucket.
 */
import type { Part } from '../evidence/parts.ts';
import { rubbishAfter } from './item.ts';
import { isNew, type Table } from './table.ts';

/** Of one gathering of a case. */
interface NoteName {
  readonly caseId: string;
  readonly number: number;
  readonly name: string;
}

export interface GatheredStore {
  /** Keeps the part unless another worker kept one of that source before. `number`: of the gathering. */
  keep(caseId: string, number: number, part: Part): Promise<void>;
  parts(caseId: string, number: number): Promise<readonly Part[]>;
  /** Keeps a text of a source for the next try; answers the first that was kept. `at`: ISO 8601 UTC. */
  note(note: NoteName & { readonly text: string; readonly at: string }): Promise<string>;
  noted(note: NoteName): Promise<string | undefined>;
  /**
   * Whether the case is among the first `most` of its account in this hour; the same case always
   * gets the same answer. `at`: ISO 8601 UTC.
   */
  takePlace(place: {
    readonly account: string;
    readonly at: string;
    readonly caseId: string;
    readonly most: number;
  }): Promise<boolean>;
}

/** Long enough to say of a later gathering what is new in it. */
const keptDays = 100;

const partition = (caseId: string, number: number): string => `GATHERED#${caseId}#${number}`;

const noteKey = ({ caseId, number, name }: NoteName) => ({
  pk: `${partition(caseId, number)}#NOTES`,
  sk: name,
});

const noted = async (table: Table, note: NoteName): Promise<string | undefined> => {
  const text = (await table.get(noteKey(note)))?.['text'];
  return typeof text === 'string' ? text : undefined;
};

/** A query whose result nobody fetched is gone from AWS by then. */
const notesKeptDays = 7;

export const gatheredStore = (table: Table): GatheredStore => ({
  async note(note) {
    const item = { ...noteKey(note), text: note.text, ttl: rubbishAfter(note.at, notesKeptDays) };
    if (await table.put(item, isNew)) return note.text;
    return (await noted(table, note)) ?? note.text;
  },
  noted: (note) => noted(table, note),
  async keep(caseId, number, part) {
    const key = { pk: partition(caseId, number), sk: part.source };
    await table.put({ ...key, part, ttl: rubbishAfter(part.at, keptDays) }, isNew);
  },
  parts: async (caseId, number) =>
    (await table.query({ pk: partition(caseId, number) })).map((item) => item['part'] as Part),
  takePlace: ({ account, at, caseId, most }) =>
    table.update(
      { pk: `GATHERED#${account}`, sk: at.slice(0, 13) },
      'ADD #cases :one SET #ttl = :ttl',
      {
        expression: 'attribute_not_exists(#cases) OR size(#cases) < :most OR contains(#cases, :id)',
        names: { '#cases': 'cases', '#ttl': 'ttl' },
        values: {
          ':one': new Set([caseId]),
          ':id': caseId,
          ':most': most,
          ':ttl': rubbishAfter(at, 2),
        },
      },
    ),
});
