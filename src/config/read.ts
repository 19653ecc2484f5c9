/**
 * Small readers for unparsed configuration. A reader gives back a value of its type in any case; when
 * something is wrong it adds a problem and gives a stand-in, and the result as a whole is not used.
 */
import type { ConfigProblem } from './config-error.ts';
import { nearest } from './nearest.ts';

/** Reads `value`, found at `path`, and adds what is wrong with it to `problems`. */
export type Read<T> = (value: unknown, path: string, problems: ConfigProblem[]) => T;

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Cut short: should somebody paste a secret here, no error or log may spell it out. */
const whatIsWrong = (value: unknown): string => {
  if (value === undefined) return 'is missing';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'function') return 'is a function';
  if (typeof value === 'object' && value !== null) return 'is an object';
  const shown = String(value);
  const short = shown.length > 16 ? `${shown.slice(0, 12)}…` : shown;
  return `is ${typeof value === 'string' ? `"${short}"` : short}`;
};

/** A value that `isGood` accepts as it is; `remedy` says what would be good. */
export const checked =
  <T>(isGood: (value: unknown) => value is T, remedy: string, standIn: T): Read<T> =>
  (value, path, problems) => {
    if (isGood(value)) return value;
    problems.push({ path, problem: whatIsWrong(value), remedy });
    return standIn;
  };

/** Text that fits the pattern; its stand-in is the empty text. */
export const text = (pattern: RegExp, remedy: string): Read<string> =>
  checked((value): value is string => typeof value === 'string' && pattern.test(value), remedy, '');

/** True or false, and nothing that is merely like it. */
export const flag: Read<boolean> = checked(
  (value) => typeof value === 'boolean',
  'Use true or false.',
  false,
);

/** A whole number; its stand-in is NaN, which is neither more nor less than anything. */
export const whole = (from: number, to: number): Read<number> =>
  checked(
    (value): value is number =>
      Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
    `Use a whole number from ${from} to ${to}.`,
    Number.NaN,
  );

/** One of a few words or figures. */
export const oneOf = <const T>(choices: readonly [T, ...T[]]): Read<T> =>
  checked(
    (value): value is T => choices.some((choice) => choice === value),
    `Use one of ${choices.join(', ')}.`,
    choices[0],
  );

/** A list; every item is read. */
export const listOf =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, path, problems) => {
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => read(item, `${path}[${index}]`, problems));
    }
    problems.push({ path, problem: whatIsWrong(value), remedy: 'Use a list: [ … ].' });
    return [];
  };

const within = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** An object with keys of the author's choice that fit `key`; `remedy` says which fit. */
export const dictionaryOf =
  <T>(key: RegExp, remedy: string, read: Read<T>): Read<{ readonly [key: string]: T }> =>
  (value, path, problems) => {
    if (!isRecord(value)) {
      problems.push({ path, problem: whatIsWrong(value), remedy: 'Use an object: { … }.' });
      return {};
    }
    const entries = Object.entries(value).map(([name, inner]): readonly [string, T] => {
      const at = within(path, name);
      if (!key.test(name)) problems.push({ path: at, problem: 'is no key that fits', remedy });
      return [name, read(inner, at, problems)];
    });
    return Object.fromEntries(entries);
  };

/** An object with exactly these keys; any other is reported with the known key most like it. */
export const shape =
  <T extends object>(fields: { readonly [K in keyof T]: Read<T[K]> }): Read<T> =>
  (value, path, problems) => {
    const known = Object.keys(fields);
    const source = isRecord(value) ? value : {};
    if (source !== value) {
      const remedy = `Use an object with ${known.join(', ')}.`;
      problems.push({ path: path || 'config', problem: whatIsWrong(value), remedy });
    }
    for (const key of Object.keys(source).filter((name) => !known.includes(name))) {
      const meant = nearest(key, known);
      const remedy = meant ? `Did you mean "${meant}"?` : `There are: ${known.join(', ')}.`;
      problems.push({ path: within(path, key), problem: 'is not a setting', remedy });
    }
    // What is no object at all is one problem, not one for each of its keys.
    const found = source === value ? problems : [];
    const read = <K extends keyof T & string>(key: K): T[K] =>
      fields[key](source[key], within(path, key), found);
    return Object.fromEntries(known.map((key) => [key, read(key as keyof T & string)])) as T;
  };

/** What may be left out. */
export const optional =
  <T>(read: Read<T>, otherwise: T): Read<T> =>
  (value, path, problems) =>
    value === undefined ? otherwise : read(value, path, problems);

/** A shape of which all may be left out, and the whole of it too. */
export const group = <T extends object>(
  fields: { readonly [K in keyof T]: Read<T[K]> },
): Read<T> => {
  const read = shape<T>(fields);
  return (value, path, problems) => read(value === undefined ? {} : value, path, problems);
};
