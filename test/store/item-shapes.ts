/** What items look like: each kind with its attributes and their types, two levels deep. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unpacked } from '../../src/store/packed-case.ts';
import { fromText, type KeptItems } from './kept-items.ts';

type Item = Record<string, AttributeValue>;

/** By attribute (`item.state`): the types that it has, sorted. */
type Shape = ReadonlyMap<string, readonly string[]>;

interface Kind {
  /** As the items say it; 0 where they say nothing. */
  readonly layout: number;
  readonly shape: Shape;
}

/** Their attributes are ids or names that data choose. */
const byName = new Set([
  'drafts',
  'cases',
  'findings',
  'messages',
  'called',
  'places',
  'answer',
  'attributes',
]);

/** `CASE/SHOWN`, `AUDIT/n`: the words that its keys begin with, not the ids behind them. */
export const kindOf = ({ pk, sk }: Item): string => {
  const partition = pk?.S?.split('#')[0] ?? '';
  const place = sk?.S?.split('#')[0] ?? '';
  return `${partition}/${/^[A-Z]+(-[A-Z]+)*$/.test(place) ? place : '…'}`;
};

/** DynamoDB's types as those of the document client. */
const plainOf = (value: AttributeValue): unknown => {
  if (value.M) return plainItem(value.M);
  if (value.L) return value.L.map(plainOf);
  if (value.N !== undefined) return Number(value.N);
  return value.NULL ? null : (value.S ?? value.BOOL ?? value.B ?? new Set(value.SS ?? value.NS));
};

const plainItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainOf(value)]));

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Set) return 'set';
  return value === null ? 'null' : typeof value;
};

const pathsOf = (
  value: object,
  prefix: string,
  deep: number,
): readonly (readonly [string, string])[] =>
  Object.entries(value).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    const own = [path, typeOf(inner)] as const;
    return typeOf(inner) === 'object' && deep > 0 && !byName.has(name)
      ? [own, ...pathsOf(inner, `${path}.`, deep - 1)]
      : [own];
  });

/** A case's own attributes lie deflated in one. */
const opened = (item: Item): object => {
  const plain = plainItem(item);
  return kindOf(item) === 'CASE/CASE' ? { ...plain, item: unpacked(plain) } : plain;
};

export const kindsOf = (items: KeptItems): ReadonlyMap<string, Kind> => {
  const found = new Map<string, { layout: number; shape: Map<string, Set<string>> }>();
  for (const each of Object.values(items).flat()) {
    const item = fromText(each) as Item;
    const kind = found.get(kindOf(item)) ?? { layout: 0, shape: new Map() };
    found.set(kindOf(item), kind);
    kind.layout = Math.max(kind.layout, Number(item['v']?.N ?? 0));
    for (const [path, type] of pathsOf(opened(item), '', 2))
      kind.shape.set(path, (kind.shape.get(path) ?? new Set()).add(type));
  }
  return new Map(
    [...found].map(([name, { layout, shape }]) => [
      name,
      { layout, shape: new Map([...shape].map(([path, types]) => [path, [...types].sort()])) },
    ]),
  );
};

const changed = (then: Kind, now: Kind): readonly string[] =>
  [...then.shape].flatMap(([path, types]) => {
    const today = now.shape.get(path);
    if (!today) return [`${path} is gone`];
    const others = today.filter((type) => !types.includes(type));
    return others.length > 0
      ? [`${path} was ${types.join(' or ')}, is ${others.join(' or ')}`]
      : [];
  });

/**
 * What the items of today lack that those of then had, or have in another type, under the same layout: older items and
 * older code would be read wrong. An attribute that is new is none of it: a reader takes its absence, older code its presence.
 */
export const unsaid = (then: KeptItems, now: KeptItems): readonly string[] => {
  const today = kindsOf(now);
  return [...kindsOf(then)].flatMap(([name, kind]) => {
    const same = today.get(name);
    if (!same) return [`${name} is written no more`];
    return same.layout > kind.layout ? [] : changed(kind, same).map((what) => `${name}: ${what}`);
  });
};
