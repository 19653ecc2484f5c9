/** The small language in which Slack's limits are written (limits.ts, block-limits.ts). */
import { isRecord } from './payload.ts';
import { escaped } from './text.ts';

export interface Problem {
  /** JSON pointer into the payload, for example `/blocks/3/text/text`. */
  readonly pointer: string;
  readonly problem: string;
}

/** What a check learns on its way through one payload. */
export interface Findings {
  readonly problems: Problem[];
  /** Characters of text seen so far, as Slack stores them. */
  text: number;
}

/** Looks at `value`, found at `pointer`, and adds what is wrong with it. */
export type Check = (value: unknown, pointer: string, findings: Findings) => void;

export const complain = (findings: Findings, pointer: string, problem: string): void => {
  findings.problems.push({ pointer, problem });
};

/** How long Slack's stored form is: it escapes `&`, `<` and `>` outside its own `<…>` and entities. */
const storedLength = (text: string): number => {
  const rest = text.replace(/<[@#!][^<>]*>|<https:[^<>]*>|&(?:amp|lt|gt);/g, '');
  return text.length - rest.length + escaped(rest).length;
};

/** A string of `min` to `max` characters as stored; counts towards the message's text. */
export const text =
  (max: number, min = 1): Check =>
  (value, pointer, findings) => {
    if (typeof value !== 'string') return complain(findings, pointer, 'is not a string');
    const length = storedLength(value);
    findings.text += length;
    if (length > max) complain(findings, pointer, `has ${length} characters, at most ${max}`);
    if (length < min) complain(findings, pointer, `has ${length} characters, at least ${min}`);
  };

/** A string that is not shown: an id, a value, an address. */
export const token =
  (max: number, pattern = /^/): Check =>
  (value, pointer, findings) => {
    if (typeof value !== 'string') return complain(findings, pointer, 'is not a string');
    if (value === '') complain(findings, pointer, 'is empty');
    if (value.length > max) {
      complain(findings, pointer, `has ${value.length} characters, at most ${max}`);
    }
    if (!pattern.test(value)) complain(findings, pointer, `does not match ${pattern.source}`);
  };

export const flag: Check = (value, pointer, findings) => {
  if (typeof value !== 'boolean') complain(findings, pointer, 'is not true or false');
};

export const count =
  (min: number, max: number): Check =>
  (value, pointer, findings) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      complain(findings, pointer, `is not a whole number from ${min} to ${max}`);
    }
  };

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, pointer, findings) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      complain(findings, pointer, `is not one of ${allowed.join(', ')}`);
    }
  };

export const list =
  (item: Check, min: number, max: number): Check =>
  (value, pointer, findings) => {
    if (!Array.isArray(value)) return complain(findings, pointer, 'is not an array');
    if (value.length < min) {
      complain(findings, pointer, `has ${value.length} entries, at least ${min}`);
    }
    if (value.length > max) {
      complain(findings, pointer, `has ${value.length} entries, at most ${max}`);
    }
    for (const [index, entry] of value.entries()) item(entry, `${pointer}/${index}`, findings);
  };

export type Fields = Readonly<Record<string, Check>>;

/** An object with all of `required`, any of `maybe`, and nothing else. */
export const object =
  (required: Fields, maybe: Fields = {}): Check =>
  (value, pointer, findings) => {
    if (!isRecord(value)) return complain(findings, pointer, 'is not an object');
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) complain(findings, pointer, `lacks ${name}`);
    }
    const known = new Map(Object.entries({ ...required, ...maybe }));
    for (const [name, entry] of Object.entries(value)) {
      const check = known.get(name);
      if (check === undefined) complain(findings, `${pointer}/${name}`, 'is an unknown field');
      else if (entry !== undefined) check(entry, `${pointer}/${name}`, findings);
    }
  };

/** An object whose `type` picks its check. */
export const typed =
  (what: string, kinds: Fields): Check =>
  (value, pointer, findings) => {
    const type = isRecord(value) ? value['type'] : undefined;
    const check = new Map(Object.entries(kinds)).get(String(type));
    if (check === undefined) {
      return complain(findings, pointer, `type ${String(type)} is not allowed as ${what}`);
    }
    check(value, pointer, findings);
  };

/** Every check in turn. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, pointer, findings) => {
    for (const check of checks) check(value, pointer, findings);
  };

/** A rule over a whole object: the problem when there is one. */
export const rule =
  (problemOf: (value: Readonly<Record<string, unknown>>) => string | undefined): Check =>
  (value, pointer, findings) => {
    const problem = isRecord(value) ? problemOf(value) : undefined;
    if (problem !== undefined) complain(findings, pointer, problem);
  };
