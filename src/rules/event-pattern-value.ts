/**
 * The leaf half of an event pattern: which values one field accepts.
 * Operators: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import {
  cidr,
  equals,
  equalsIgnoringCase,
  ignoringCase,
  prefix,
  suffix,
  type TextTest,
  wildcard,
} from './event-pattern-text.ts';

/** What an event pattern compares: a JSON value that is neither an object nor a list. */
export type Leaf = string | number | boolean | null;
type LeafTest = (value: Leaf) => boolean;

/** The compiled list of one field. */
export interface FieldTest {
  readonly accepts: LeafTest;
  /** True when `{ "exists": false }` is in the list. */
  readonly acceptsAbsence: boolean;
}

/** A pattern that EventBridge would refuse; the message names the field and what it takes. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPattern';
}

/** A JSON object. */
export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON value that has no parts. */
export const isLeaf = (value: unknown): value is Leaf =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const onlyEntry = (value: unknown): readonly [string, unknown] | undefined => {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
};

/** Builds the test for an operand, or nothing when the operator does not take it. */
type Compile = (operand: unknown) => LeafTest | undefined;

/** Text operators look at strings only: the number 5 has no prefix. */
const onText =
  (operator: (wanted: string) => TextTest | undefined): Compile =>
  (operand) => {
    const test = typeof operand === 'string' ? operator(operand) : undefined;
    return test && ((value) => typeof value === 'string' && test(value));
  };

/** A prefix or suffix, given as text or as `{ "equals-ignore-case": text }`. */
const affix =
  (operator: (wanted: string) => TextTest | undefined): Compile =>
  (operand) => {
    const [name, wanted] = onlyEntry(operand) ?? [];
    if (name === 'equals-ignore-case') return onText(ignoringCase(operator))(wanted);
    return onText(operator)(operand);
  };

/** EventBridge compares numbers within ±5,000,000,000 with at most six decimals, and no others. */
const isComparable = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= 5e9 && Number(value.toFixed(6)) === value;

const comparisons = new Map<unknown, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
]);

const numeric: Compile = (operand) => {
  if (!Array.isArray(operand)) return undefined;
  const [first, low, second, high]: readonly unknown[] = operand;
  const lower = comparisons.get(first);
  const upper = comparisons.get(second);
  if (!lower || !isComparable(low)) return undefined;
  if (operand.length === 2) return (value) => isComparable(value) && lower(value, low);
  const inOrder = String(first).startsWith('>') && String(second).startsWith('<');
  if (operand.length !== 4 || !inOrder || !upper || !isComparable(high) || low >= high)
    return undefined;
  return (value) => isComparable(value) && lower(value, low) && upper(value, high);
};

const notEmpty =
  (operator: (wanted: string) => TextTest | undefined) =>
  (wanted: string): TextTest | undefined =>
    wanted === '' ? undefined : operator(wanted);

const negatable = new Map<string, Compile>([
  ['prefix', onText(notEmpty(prefix))],
  ['suffix', onText(notEmpty(suffix))],
  ['equals-ignore-case', onText(equalsIgnoringCase)],
  ['wildcard', onText(wildcard)],
]);

const listOf = (operand: unknown): readonly unknown[] =>
  Array.isArray(operand) ? operand : [operand];

/** Accepts every value of any type but those named. (A missing field is not a value.) */
const anythingBut: Compile = (operand) => {
  const [name, inner] = onlyEntry(operand) ?? [];
  if (name === undefined) {
    const values = listOf(operand);
    const named = new Set(values);
    const alike = values.every((value) => typeof value === 'string') || values.every(isComparable);
    return alike && named.size > 0 ? (value) => !named.has(value) : undefined;
  }
  const tests = listOf(inner).map((value) => negatable.get(name)?.(value));
  if (tests.length === 0 || tests.includes(undefined)) return undefined;
  return (value) => !tests.some((test) => test?.(value));
};

const exists: Compile = (operand) => (typeof operand === 'boolean' ? () => operand : undefined);

const textOrAnyCase = 'text or {"equals-ignore-case": text}';
const operators = new Map<string, readonly [compile: Compile, takes: string]>([
  ['prefix', [affix(prefix), textOrAnyCase]],
  ['suffix', [affix(suffix), textOrAnyCase]],
  ['equals-ignore-case', [onText(equalsIgnoringCase), 'text']],
  ['wildcard', [onText(wildcard), 'text without "**", with a backslash before * or \\ only']],
  ['cidr', [onText(cidr), 'a network such as "192.0.2.0/24"; one address is a plain value']],
  ['numeric', [numeric, '["=", 5] or [">=", 1, "<", 9], within ±5,000,000,000 and six decimals']],
  ['anything-but', [anythingBut, `texts, numbers or one of ${[...negatable.keys()].join(', ')}`]],
  ['exists', [exists, 'true or false']],
]);

/** Inside `$or` these names are operators, not fields. */
export const isOperator = (name: string): boolean => operators.has(name);

const compileValue = (value: unknown, field: string): LeafTest => {
  if (isLeaf(value)) return onText(equals)(value) ?? ((leaf) => leaf === value);
  const [name, operand] = onlyEntry(value) ?? [];
  const [compile, takes] = operators.get(name ?? '') ?? [];
  if (!compile) {
    const what =
      name === undefined ? 'an entry is not a value or one operator' : `no operator "${name}"`;
    const known = [...operators.keys()].join(', ');
    throw new InvalidEventPattern(`"${field}": ${what}; the operators are ${known}.`);
  }
  const test = compile(operand);
  if (!test) throw new InvalidEventPattern(`"${field}": "${name}" takes ${takes}.`);
  return test;
};

/** Compiles a field's list of values and operators; one of them has to accept. */
export const compileField = (values: unknown, field: string): FieldTest => {
  if (!Array.isArray(values) || values.length === 0) {
    throw new InvalidEventPattern(`"${field}" must be an object or a list of at least one value.`);
  }
  const tests = values.map((value: unknown) => compileValue(value, field));
  return {
    accepts: (value) => tests.some((test) => test(value)),
    acceptsAbsence: values.some((value: unknown) => isRecord(value) && value['exists'] === false),
  };
};
