/** Rows of flow logs read as traffic: who is at the other end, how much, in which direction. Pure. */
import type { Row } from './long-query.ts';

export interface Flow {
  /** Address and port of the other end: `198.51.100.77:443`. */
  readonly other: string;
  readonly direction: 'out' | 'in';
  readonly accepted: boolean;
  readonly bytes: number;
  readonly flows: number;
  /** ISO 8601 UTC. */
  readonly first: string;
}

/** Flow logs have no name for a port on our side that a client chose: those are not told apart. */
const firstEphemeral = 32_768;

const port = (text: string | undefined): string =>
  text && Number(text) > 0 && Number(text) < firstEphemeral ? `:${text}` : '';

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

const secondsIso = (text: string | undefined): string | undefined => {
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11
    ? new Date(seconds * 1000).toISOString()
    : undefined;
};

/** `own`: our addresses; where none of both ends is, the source counts as ours. Undefined for what is no flow. */
export const flowOf = (row: Row, own: readonly string[]): Flow | undefined => {
  const { srcAddr, dstAddr, action } = row;
  const first = secondsIso(row['first']);
  if (!srcAddr || !dstAddr || !first) return undefined;
  const isIn = own.includes(dstAddr) && !own.includes(srcAddr);
  const service = port(row['dstPort']) || port(row['srcPort']);
  return {
    other: `${bracketed(isIn ? srcAddr : dstAddr)}${service}`,
    direction: isIn ? 'in' : 'out',
    accepted: action !== 'REJECT',
    bytes: Number(row['bytes']) || 0,
    flows: Number(row['flows']) || 0,
    first,
  };
};

interface Talker {
  readonly name: string;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly flows: number;
  readonly first: string;
}

const byOther = (flows: readonly Flow[]): readonly Talker[] => {
  const talkers = new Map<string, Talker>();
  for (const { other, direction, bytes, flows: times, first } of flows) {
    const known = talkers.get(other);
    talkers.set(other, {
      name: other,
      bytesOut: (known?.bytesOut ?? 0) + (direction === 'out' ? bytes : 0),
      bytesIn: (known?.bytesIn ?? 0) + (direction === 'in' ? bytes : 0),
      flows: (known?.flows ?? 0) + times,
      first: known && known.first < first ? known.first : first,
    });
  }
  return [...talkers.values()];
};

const total = (flows: readonly Flow[], direction: Flow['direction']): number =>
  flows
    .filter((flow) => flow.accepted && flow.direction === direction)
    .reduce((sum, { bytes }) => sum + bytes, 0);

/** Each end once, those with the most bytes (of the rejected: the most tries) first. */
export const talkersOf = (
  flows: readonly Flow[],
): {
  readonly accepted: readonly Talker[];
  readonly rejected: readonly Talker[];
  readonly out: number;
  readonly into: number;
} => ({
  accepted: byOther(flows.filter(({ accepted }) => accepted)).toSorted(
    (a, b) => b.bytesOut + b.bytesIn - (a.bytesOut + a.bytesIn) || a.name.localeCompare(b.name),
  ),
  rejected: byOther(flows.filter(({ accepted }) => !accepted)).toSorted(
    (a, b) => b.flows - a.flows || a.name.localeCompare(b.name),
  ),
  out: total(flows, 'out'),
  into: total(flows, 'in'),
});

/** `1.5 MB`, in powers of a thousand. */
export const inUnits = (bytes: number): string => {
  if (bytes >= 1_000_000_000) return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${bytes} B`;
};
