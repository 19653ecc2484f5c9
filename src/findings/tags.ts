/**
 * Tags of a resource, in the ways in which services write them: a map, or a list of `key` (GuardDuty,
 * ASFF, Macie) or `name` (OCSF) with `value`.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
import { type Resource, type Untrusted, untrusted } from './finding.ts';
import { at, isObject, list, text } from './read.ts';

type Tags = Readonly<Record<string, Untrusted>>;

/** AWS's own limit for a resource. */
const mostTags = 50;

/** The tags with a key, the first 50 of them; a key that repeats keeps its first value. */
const tagsOf = (value: unknown): Tags => {
  const found = new Map<string, Untrusted>();
  for (const [key, item] of pairsOf(value).slice(0, mostTags)) {
    const name = text(key, 128);
    if (name && !found.has(name)) found.set(name, untrusted(text(item, 256)));
  }
  return Object.fromEntries(found);
};

/** As a field of a resource: none when there are no tags. */
export const tagged = (value: unknown): { readonly tags?: Tags } => {
  const tags = tagsOf(value);
  return Object.keys(tags).length > 0 ? { tags } : {};
};

const pairsOf = (value: unknown): readonly (readonly [key: unknown, value: unknown])[] =>
  isObject(value)
    ? Object.entries(value)
    : list(value, mostTags).map((tag) => [
        at(tag, 'key') ?? at(tag, 'name'),
        at(tag, 'value') ?? at(tag, 'values', 0),
      ]);

/** True when the resource has one of the values of each key. */
export const carries = (
  { tags = {} }: Pick<Resource, 'tags'>,
  wanted: { readonly [key: string]: readonly string[] },
): boolean =>
  Object.entries(wanted).every(([key, values]) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return value !== undefined && (values.includes('*') || values.includes(value));
  });
