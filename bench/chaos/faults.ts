/** Which fault strikes where: drawn from the seed and the place alone, so that a life can be repeated. */
import { randomFrom } from '../random.ts';

export const faultKinds = [
  'fail',
  'lost',
  'throttle',
  'late',
  'twice',
  'kill',
  'kill-after',
  'doubled',
  'disordered',
  'outage',
] as const;
/**
 * `fail`, `throttle`: nothing is done. `lost`: done, and the answer does not come. `late`: seconds pass first.
 * `twice`: a client that lost the answer asked again; the second answer comes. `kill`, `kill-after`: the function dies
 * before or after the call. `doubled`: a queue or the state machine delivers twice at once. `disordered`: a batch comes
 * in another order. `outage`: Slack, or the tables, refuse for a time.
 */
export type FaultKind = (typeof faultKinds)[number];

/** A fault that struck: `worker dynamodb:PutItem #12` is worker's twelfth call of that operation in its life. */
export interface Strike {
  readonly place: string;
  readonly kind: FaultKind;
}

/** What happens at this place, of what can happen there. */
export type FaultPlan = (place: string, possible: readonly FaultKind[]) => FaultKind | undefined;

/** A number that a text always gives: FNV-1a, 32 bits. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
};

/**
 * What people wait for makes many calls in a row: it is struck less often, so that stories go on. A run is
 * one of few, and so is a message.
 */
const emphasis: Readonly<Record<string, number>> = {
  web: 0.2,
  worker: 0.05,
  executor: 0.3,
  'executor invocation': 5,
  'notify slack:chat.update': 3,
  'notify slack:chat.postMessage': 3,
};

const emphasisOf = (place: string): number => {
  const [name = '', what = ''] = place.split(' ');
  return emphasis[`${name} ${what}`] ?? emphasis[name] ?? 1;
};

/** `share`: of all places, 0 … 1. */
export const seededPlan =
  (seed: number, share: number): FaultPlan =>
  (place, possible) => {
    const random = randomFrom(hashOf(`${seed} ${place}`));
    return random.next() < share * emphasisOf(place)
      ? possible[random.below(possible.length)]
      : undefined;
  };

/** Only what struck before, or a part of it. */
export const listedPlan = (strikes: readonly Strike[]): FaultPlan => {
  const byPlace = new Map(strikes.map(({ place, kind }) => [place, kind]));
  return (place, possible) => {
    const kind = byPlace.get(place);
    return kind && possible.includes(kind) ? kind : undefined;
  };
};
