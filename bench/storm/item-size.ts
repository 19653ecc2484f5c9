/**
 * Bytes of a DynamoDB item: names and values.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

/** As it travels in DynamoDB's JSON; binary values are in base64. */
type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly M: Attributes }
  | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

export interface Attributes {
  readonly [name: string]: AttributeValue;
}

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');
const raw = (base64: string): number => Buffer.byteLength(base64, 'base64');
const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** One byte for two significant digits, one more, and one for a minus sign; at most 21. */
const numberSize = (text: string): number => {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');
  const bytes = Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
  return Math.min(bytes, 21);
};

/** A list or map costs 3 bytes, and each of its elements one. */
const container = 3;
const element = 1;

const valueSize = (value: AttributeValue): number => {
  if ('S' in value) return utf8(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return raw(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return container + itemSize(value.M) + element * Object.keys(value.M).length;
  if ('L' in value) return container + sum(value.L.map((one) => valueSize(one) + element));
  if ('SS' in value) return sum(value.SS.map(utf8));
  if ('NS' in value) return sum(value.NS.map(numberSize));
  if ('BS' in value) return sum(value.BS.map(raw));
  return value satisfies never;
};

export const itemSize = (item: Attributes): number =>
  sum(Object.entries(item).map(([name, value]) => utf8(name) + valueSize(value)));
