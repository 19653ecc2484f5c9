/**
 * What a case is about, as the words that people look for: keys, ids, addresses, names. Pure. The words
 * may be an attacker's; they are compared and hashed, never parsed.
 */
import type { Finding, Resource } from '../findings/finding.ts';

/** No finding may write without end. */
const mostWords = 24;
const longestWord = 256;

/** How a word is compared: in small letters, without spaces at its ends. */
export const searchable = (word: string): string => word.trim().toLowerCase().slice(0, longestWord);

/** The id, and what follows the last `/` or `:` of it: people paste an ARN and type a name. */
const partsOf = (id: string): readonly string[] => {
  const last = id.split(/[/:]/).at(-1) ?? '';
  return last.length >= 3 ? [id, last] : [id];
};

const ofResource = ({ kind, id, name, ...more }: Resource): readonly string[] => [
  ...(kind === 'finding' ? [id] : partsOf(id)),
  ...(name ? [name] : []),
  ...('user' in more && more.user ? [more.user] : []),
];

/** The words under which this finding is found, each once, at most 24; its own id finds it by itself. */
export const aboutOf = ({ resources, actors }: Finding): readonly string[] => {
  const words = [
    ...resources.filter(({ kind }) => kind !== 'finding').flatMap(ofResource),
    ...actors.flatMap(({ ip, principal, domain }) => [
      ...(ip ? [ip] : []),
      ...(principal ? partsOf(principal) : []),
      ...(domain ? [domain] : []),
    ]),
  ];
  return [...new Set(words.map(searchable).filter((word) => word.length >= 3))].slice(0, mostWords);
};

/** What may be looked for in a text that somebody wrote: keys, addresses, ids of AWS, ARNs. */
export const wordsToFind = (text: string): readonly string[] => {
  const found = text.match(
    /\barn:aws[\w-]*:[^\s"'<>`,;|]{6,240}|\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b|\b(?:i|eni|sg|vol|snap|ami|subnet|vpc|nat|igw|lt)-[0-9a-f]{8,17}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[CR][0-9A-F]{9,24}\b/g,
  );
  return [...new Set(found ?? [])].slice(0, 10);
};
