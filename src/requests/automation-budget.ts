/** How many runs one account has room for within an hour. Pure. */

/** When each run of an account took its place, by request id; ISO 8601 UTC. */
export type Places = { readonly [request: string]: string };

const hourMs = 3_600_000;
/** A place is the proof that a run was within its budget, so it outlives the hour. */
const keptMs = 24 * hourMs;

/** Of the last hour. */
export const placesUsed = (places: Places, now: number): number =>
  Object.values(places).filter((at) => Date.parse(at) > now - hourMs).length;

/** The places with this run's own, however often it asks; undefined when the hour is full. */
export const takePlace = (
  places: Places,
  { request, now, most }: { readonly request: string; readonly now: number; readonly most: number },
): Places | undefined => {
  if (places[request]) return places;
  if (placesUsed(places, now) >= most) return undefined;
  return {
    ...Object.fromEntries(Object.entries(places).filter(([, at]) => Date.parse(at) > now - keptMs)),
    [request]: new Date(now).toISOString(),
  };
};
