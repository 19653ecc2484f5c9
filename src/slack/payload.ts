/**
 * Reading fields out of parsed JSON of unknown shape. Each reader throws `RangeError` with the
 * name of the field (never its content), which `interpret` turns into `malformed`.
 */

/** A JSON object of which nothing is known yet. */
export type Field = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Field =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string at `name`, undefined when absent, null or empty; longer than `max` is an error. */
export const optional = (from: Field, name: string, max: number): string | undefined => {
  const value = from[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new RangeError(`${name} is not text`);
  if (value.length > max) throw new RangeError(`${name} is longer than ${max} characters`);
  // Half a surrogate pair is no text: it cannot be stored, hashed or shown.
  return value.replace(/\p{Cs}/gu, '\u{FFFD}');
};

/** Like `optional`, and absent is an error too. */
export const required = (from: Field, name: string, max: number): string => {
  const value = optional(from, name, max);
  if (value === undefined) throw new RangeError(`${name} is missing`);
  return value;
};

/** The object at `name`; `fallback` when absent or null, else an error. */
export const record = (from: Field, name: string, fallback?: Field): Field => {
  const value = from[name];
  if (isRecord(value)) return value;
  if (fallback !== undefined && (value === undefined || value === null)) return fallback;
  throw new RangeError(`${name} is not an object`);
};

/** The only member of the array at `name`; none or several are an error. */
export const single = (from: Field, name: string): Field => {
  const list = from[name];
  const only: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
  if (!isRecord(only)) throw new RangeError(`${name} does not hold exactly one object`);
  return only;
};
