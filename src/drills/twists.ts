/** Which twist a drill has: the same for the same seed. Pure. */
import { createHash } from 'node:crypto';
import type { Twist, TwistKind } from './drill.ts';
import type { Scenario } from './scenario.ts';

const minuteMs = 60_000;

/** `drift` and `counter-move` are the scenario's own: not every one has them. */
const possible = (scenario: Scenario, kind: TwistKind): boolean => {
  switch (kind) {
    case 'drift':
      return scenario.drift !== undefined;
    case 'counter-move':
      return scenario.counterMove !== undefined;
    case 'approver-absent':
    case 'slack-silent':
      return true;
    default:
      return kind satisfies never;
  }
};

/** 0 to 255, three of them. */
const drawn = (seed: string): readonly [number, number, number] => {
  const [a = 0, b = 0, c = 0] = createHash('sha256').update(seed).digest();
  return [a, b, c];
};

/**
 * One of `kinds`, or none where the scenario knows none of them. `seed` is random, `startedAt` ISO 8601
 * UTC.
 */
export const twistOf = (
  scenario: Scenario,
  kinds: readonly TwistKind[],
  { seed, startedAt }: { readonly seed: string; readonly startedAt: string },
): Twist | undefined => {
  const choices = kinds.filter((kind) => possible(scenario, kind));
  const [choice, first, second] = drawn(seed);
  const kind = choices[choice % Math.max(1, choices.length)];
  switch (kind) {
    case undefined:
      return undefined;
    case 'approver-absent':
      return { kind, minutes: 2 + (first % 4) };
    case 'slack-silent': {
      const from = Date.parse(startedAt) + (1 + (first % 3)) * minuteMs;
      const until = from + (1 + (second % 2)) * minuteMs;
      return { kind, from: new Date(from).toISOString(), until: new Date(until).toISOString() };
    }
    case 'drift':
    case 'counter-move':
      return { kind };
    default:
      return kind satisfies never;
  }
};

/** What everybody is told at the end. */
export const twistInWords = (twist: Twist): string => {
  switch (twist.kind) {
    case 'approver-absent':
      return `Approvers were away for ${twist.minutes} minutes after the request.`;
    case 'drift':
      return 'Somebody changed what the plan was about between its approval and its start.';
    case 'slack-silent':
      return `Slack took none of the drill’s messages from ${twist.from.slice(11, 16)} to ${twist.until.slice(11, 16)} UTC.`;
    case 'counter-move':
      return 'The attacker took the containment back, and the next look had to find it.';
    default:
      return twist satisfies never;
  }
};
