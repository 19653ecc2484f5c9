/** How an event pattern compares text. A builder gives nothing for text that it does not take. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A compiled comparison. */
export type TextTest = (value: string) => boolean;
type TextOperator = (wanted: string) => TextTest | undefined;

/** The text itself, letter by letter. */
export const equals = (wanted: string): TextTest => {
  const family = familyOf(wanted);
  if (family === undefined) return (value) => value === wanted;
  // As in event-ruler, an address matches every spelling of itself.
  const network = new BlockList();
  network.addAddress(wanted, family);
  return isIn(network);
};

/** The empty prefix fits every text. */
export const prefix: TextOperator = (wanted) => (value) => value.startsWith(wanted);
/** The empty suffix fits every text. */
export const suffix: TextOperator = (wanted) => (value) => value.endsWith(wanted);

/** The same comparison, of small letters with small letters. */
export const ignoringCase =
  (operator: TextOperator): TextOperator =>
  (wanted) => {
    const test = operator(wanted.toLowerCase());
    return test && ((value) => test(value.toLowerCase()));
  };

/** The text in any mixture of small and capital letters. */
export const equalsIgnoringCase = ignoringCase((wanted) => (value) => value === wanted);

/**
 * `*` stands for any text; a backslash makes `*` and backslash literal. The literals between the
 * stars are looked for from left to right, never twice, so no value can make it slow.
 */
export const wildcard: TextOperator = (pattern) => {
  if (!/^(?:[^\\*]|\\[\\*]|\*(?!\*))*$/.test(pattern)) return undefined;
  const literals = [''];
  for (const [token] of pattern.matchAll(/\\?./gs)) {
    if (token === '*') literals.push('');
    else literals.push(`${literals.pop()}${token.at(-1)}`);
  }
  const [first = '', ...middle] = literals;
  const last = middle.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    const end = value.length - last.length;
    let from = first.length;
    if (from > end || !value.startsWith(first) || !value.endsWith(last)) return false;
    for (const literal of middle) {
      const found = value.indexOf(literal, from);
      from = found + literal.length;
      if (found < 0 || from > end) return false;
    }
    return true;
  };
};

/** A network with at least two addresses: EventBridge refuses /32 and /128. */
export const cidr: TextOperator = (wanted) => {
  const [, address = '', bits] = /^([^/]+)\/(\d{1,3})$/.exec(wanted) ?? [];
  const family = familyOf(address);
  if (family === undefined || Number(bits) >= (family === 'ipv4' ? 32 : 128)) return undefined;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family);
  return isIn(network);
};

/** Plain addresses only: EventBridge reads neither zones (`%eth0`) nor dotted IPv6. */
const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address) && !/[.%]/.test(address) ? 'ipv6' : undefined;
};

const isIn =
  (network: BlockList): TextTest =>
  (value) => {
    const family = familyOf(value);
    return family !== undefined && network.check(value, family);
  };
