/**
 * Reads JSON that nobody has checked. Every function here is total: whatever the value is, it
 * answers something of the asked type, and nothing it answers is longer than its cap.
 * Keys are asked for in camelCase, as EventBridge sends them; the PascalCase of API answers
 * (`aws guardduty get-findings`) is read as well.
 */
import { createHash } from 'node:crypto';

const longestText = 2_000;
const longestId = 240;
const longestList = 20;

/** The JSON object `value`; false for arrays, null and everything else. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies under the keys, one level each; a number picks from an array. Undefined when absent. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let found = value;
  for (const step of path) {
    if (typeof step === 'number') found = Array.isArray(found) ? found[step] : undefined;
    else if (isObject(found))
      found = found[step] ?? found[`${step.charAt(0).toUpperCase()}${step.slice(1)}`];
    else return undefined;
  }
  return found;
};

const whole = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
};

/** A string, or a number in digits, at most `longest` UTF-16 units; '' for anything else. */
export const text = (value: unknown, longest = longestText): string => {
  const found = whole(value);
  if (found.length <= longest) return found;
  const cut = found.slice(0, longest - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
};

/** Bytes of a JSON value as it is written in UTF-8. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/**
 * Text that identifies something, at most 240 units and, as JSON, 500 bytes. A longer one keeps its
 * beginning and ends in its hash, so that two ids stay two ids and fit into a key of DynamoDB (1,024 bytes).
 */
export const identifier = (value: unknown): string => {
  const found = whole(value);
  const most = 2 * longestId + 20;
  // JSON takes six bytes a unit at the most, and its quotes: most ids need not be measured.
  const fits = 6 * found.length + 2 <= most || jsonBytes(found) <= most;
  if (found.length <= longestId && fits) return found;
  const start = found.slice(0, longestId - 65);
  // What is not plain takes up to six bytes a unit: it is told by its hash.
  const beginning = jsonBytes(start) > 400 ? start.slice(0, 60) : start;
  return `${beginning.replace(/[\uD800-\uDBFF]$/, '')}~${contentHash(found)}`;
};

/** A finite number, also from its digits in a string; undefined for anything else. */
export const number = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)
    ? Number(value)
    : undefined;
};

/** The first elements of an array, 20 unless told; empty for anything else. */
export const list = (value: unknown, longest = longestList): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, longest) : [];

/** True for `true` only, or the word. */
export const flag = (value: unknown): boolean => value === true || value === 'true';

/** Digits of an AWS account id, '' when it has other characters. */
export const accountId = (value: unknown): string => matching(value, /^\d{1,20}$/);

/** An AWS Region's code, '' when it has other characters. */
export const regionCode = (value: unknown): string => matching(value, /^[a-z0-9-]{1,32}$/);

/** An IPv4 or IPv6 address, '' when it has other characters. */
export const ipAddress = (value: unknown): string => matching(value, /^[0-9A-Fa-f.:]{2,45}$/);

const matching = (value: unknown, pattern: RegExp): string => {
  const found = whole(value);
  return pattern.test(found) ? found : '';
};

/** Written without a zone, and in UTC: Inspector (`Wed Sep 04 16:59:44.356 UTC 2024`, `Jan 19, 2023, 10:46:15 PM`). */
const inspectorTime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d\.\d{3}) UTC (\d{4})$/;
const wordyTime = /^([A-Z][a-z]{2} \d{1,2}, \d{4}),? (\d{1,2}:\d\d:\d\d)\s([AP]M)$/;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
/** RFC 1123: Health (`Sat, 05 Jun 2016 15:10:09 GMT`). */
const webTime = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Any of AWS's spellings of a time as ISO 8601 in UTC with milliseconds; '' for anything else.
 * A number is seconds or milliseconds since 1970 when it lies between 2001 and 2255.
 */
export const time = (value: unknown): string => {
  const milliseconds = typeof value === 'number' ? sinceEpoch(value) : Date.parse(plainTime(value));
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString();
};

const sinceEpoch = (figure: number): number => {
  if (figure >= 1e9 && figure < 9e9) return figure * 1_000;
  return figure >= 1e12 && figure < 9e12 ? figure : Number.NaN;
};

/** What `Date.parse` reads the same everywhere; '' for everything else. */
const plainTime = (value: unknown): string => {
  const found = text(value, 64);
  if (isoTime.test(found) || webTime.test(found)) return found;
  const [, month, day, hours, year] = inspectorTime.exec(found) ?? [];
  if (month) return `${day} ${month} ${year} ${hours} UTC`;
  const [, date, clock, half] = wordyTime.exec(found) ?? [];
  return date ? `${date} ${clock} ${half} UTC` : '';
};

/** JSON inside a string (up to 1 MB); undefined when it is none. */
export const embedded = (value: unknown): unknown => {
  if (typeof value !== 'string' || value.length > 1_000_000) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** A value at the end of a path in JSON: the last key and the text. */
export interface Leaf {
  readonly key: string;
  readonly text: string;
}

/**
 * The texts, numbers and booleans in a JSON value with their keys, outermost first: the first 500
 * unless told, of each object and array the first fifth of that.
 */
export const leaves = (value: unknown, most = 500): readonly Leaf[] => {
  const each = most / 5;
  const found: Leaf[] = [];
  const open: (readonly [key: string, value: unknown])[] = [['', value]];
  for (const [key, item] of open) {
    if (isObject(item)) open.push(...Object.entries(item).slice(0, each));
    else if (Array.isArray(item)) open.push(...list(item, each).map((one) => [key, one] as const));
    else if (typeof item === 'boolean') found.push({ key, text: String(item) });
    else if (text(item) !== '') found.push({ key, text: text(item) });
    if (found.length === most || open.length > most * 10) break;
  }
  return found;
};

/**
 * SHA-256 (hex) of a JSON value, the same for any order of keys. A loop and not a recursion:
 * JSON nested a hundred thousand levels deep must not overflow the stack.
 */
export const contentHash = (value: unknown): string => {
  const hash = createHash('sha256');
  const open: unknown[] = [value];
  while (open.length > 0) {
    const item = open.pop();
    if (Array.isArray(item)) {
      hash.update(`[${item.length}`);
      for (const element of item) open.push(element);
    } else if (isObject(item)) {
      const keys = Object.keys(item).sort();
      hash.update(`{${JSON.stringify(keys)}`);
      for (const key of keys) open.push(item[key]);
    } else hash.update(`,${JSON.stringify(item) ?? 'null'}`);
  }
  return hash.digest('hex');
};
