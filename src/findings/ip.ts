/** Addresses and networks of the internet protocol, RFC 4291 and 4632. */

export interface Ip {
  readonly family: 4 | 6;
  /** 32 or 128 bits. */
  readonly bits: bigint;
}

const parse4 = (text: string): bigint | undefined => {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part)))
    return undefined;
  if (parts.some((part) => Number(part) > 255)) return undefined;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
};

/** Groups of one side of `::`; an IPv4 address may stand for the last two. */
const groupsOf = (text: string): readonly bigint[] | undefined => {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const part of text.split(':')) {
    const embedded = part.includes('.') ? parse4(part) : undefined;
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
};

const parse6 = (text: string): bigint | undefined => {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [head, tail] = sides.map(groupsOf);
  if (!head || (sides.length === 2 && !tail)) return undefined;
  const left = 8 - head.length - (tail?.length ?? 0);
  if (sides.length === 2 ? left < 1 : left !== 0) return undefined;
  const groups = [...head, ...Array<bigint>(left).fill(0n), ...(tail ?? [])];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
};

/** Undefined for what is no address. */
const parseIp = (text: string): Ip | undefined => {
  const family = text.includes(':') ? 6 : 4;
  const bits = family === 6 ? parse6(text) : parse4(text);
  return bits === undefined ? undefined : { family, bits };
};

const lengthOf = ({ family }: Ip): number => (family === 6 ? 128 : 32);

/** Whether the network `192.0.2.0/24` holds the address. False where either is none. */
export const holds = (cidr: string, ip: string): boolean => {
  const [network = '', prefix = ''] = cidr.split('/');
  const [inside, base] = [parseIp(ip), parseIp(network)];
  if (!inside || !base || inside.family !== base.family || !/^\d{1,3}$/.test(prefix)) return false;
  const rest = lengthOf(base) - Number(prefix);
  return rest >= 0 && inside.bits >> BigInt(rest) === base.bits >> BigInt(rest);
};

/** `192.0.2.44/32`, `2001:db8::1/128`. */
export const cidrOf = (ip: string): string => `${ip}/${ip.includes(':') ? 128 : 32}`;

/** Nobody's on the internet: RFC 1122, 1918, 6598, 3927, 5771, 1112, 4291, 4193. */
const notPublic = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'],
  ...['::/127', '::ffff:0:0/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
];

/** False for private networks, and for what is no address. */
export const isPublicAddress = (ip: string): boolean =>
  parseIp(ip) !== undefined && !notPublic.some((network) => holds(network, ip));
