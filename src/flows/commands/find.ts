/** `/cordon find`: which cases are about a thing. By index, so it costs the same with any history. */
import { searchable } from '../../cases/about.ts';
import { findingKey } from '../../cases/case.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import { caseEntry, requestEntry } from '../looking/entries.ts';
import { casesOf } from '../looking/work-at-hand.ts';
import type { WorkerPorts } from '../ports.ts';
import { type Command, pageOf, pageSize } from './command.ts';

/** The newest of a word's cases; older ones are in the audit. */
const mostCases = 40;

/** A finding may name a thing by its ARN or by the end of it. */
const spellings = (word: string): readonly string[] =>
  /^arn:/i.test(word) ? [word, word.split(/[/:]/).at(-1) ?? word] : [word];

/** Ids of the cases about a word, the newest first. */
export const idsAbout = async (ports: WorkerPorts, word: string): Promise<readonly string[]> => {
  const [claimed, ...found] = await Promise.all([
    ports.cases.groups.claims([findingKey(word)]),
    ...spellings(word).map((one) => ports.about.find(searchable(one), mostCases)),
  ]);
  const own = [...claimed.values()].map((place) => place.case);
  const ids = [...new Set([...own, ...found.flat()])];
  return /^C[0-9A-F]{9}$/i.test(word) ? [word.toUpperCase(), ...ids] : ids;
};

/** What is known about these words; each is looked up by itself. */
export const foundAbout = async (
  ports: WorkerPorts,
  words: readonly string[],
  page: number,
): Promise<Notice & { readonly hasNext: boolean }> => {
  const at = { config: ports.config, now: ports.chance.now() };
  const found = await Promise.all(words.map((word) => idsAbout(ports, word)));
  const requests = await Promise.all(
    words
      .filter((word) => /^R[0-9A-F]{24}$/i.test(word))
      .map((word) => ports.requests.get(word.toUpperCase())),
  );
  const named = requests.flatMap((request) => (request ? [requestEntry(request, at)] : []));
  const ids = [...new Set(found.flat())];
  const { shown, hasNext } = pageOf(ids, page);
  const entries = (await casesOf(ports, shown)).map((theCase) => caseEntry(theCase, at));
  const nothing = ids.length === 0 && named.length === 0;
  return {
    title: nothing ? 'Nothing is known about that' : `Cases about that: ${ids.length}`,
    lines: [
      `Looked for: ${words.join(', ').slice(0, 400)}`,
      ...(nothing
        ? [
            'It must be the whole id, name, key, ARN, principal or address. Suppressed and ignored findings have no case.',
          ]
        : []),
      ...(ids.length > pageSize ? ['The newest are first.'] : []),
    ],
    entries: [...(page === 0 ? named : []), ...entries],
    hasNext,
  };
};

export const find: Command = {
  name: 'find',
  uses: ['find RESOURCE', 'find KEY', 'find ADDRESS', 'find PRINCIPAL'],
  summary: 'the cases about a resource, access key, address or principal, by its whole id or name',
  needs: 'responder or approver',
  answer: async (ports, { words, page }) =>
    words.length === 0 ? 'usage' : foundAbout(ports, [words.join(' ')], page),
};
