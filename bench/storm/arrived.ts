/** When ingest had stored that a finding arrived: what dies with its function after that is not lost. */
import { unpackIds } from '../../src/store/arrivals.ts';

/** Milliseconds since 1970, by the short id of the finding. */
export type Arrived = Readonly<Record<string, number>>;

export const createArrived = () => {
  const times = new Map<string, number>();
  return {
    /** `body`: of a request that DynamoDB granted. */
    stored(body: string, at: number): void {
      // Most requests are others, and longer.
      if (!body.includes('"R#')) return;
      const { Item }: { Item?: { sk?: { S?: string }; ids?: { B?: string } } } = JSON.parse(body);
      if (!Item?.sk?.S?.startsWith('R#') || !Item.ids?.B) return;
      for (const id of unpackIds(Buffer.from(Item.ids.B, 'base64')))
        if (!times.has(id)) times.set(id, at);
    },
    times: (): Arrived => Object.fromEntries(times),
  };
};
