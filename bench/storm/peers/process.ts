/**
 * The peers in a process of their own. Its parent sends the findings and the seed, and later `leap`;
 * it answers with the contestants.
 */
import { leapingClock } from './clock.ts';
import { contest } from './contest.ts';
import type { PeerFinding } from './policy.ts';

export type ToPeers =
  | { readonly kind: 'start'; readonly findings: readonly PeerFinding[]; readonly seed: number }
  | { readonly kind: 'leap' };

const clock = leapingClock();
process.on('message', (message: ToPeers) => {
  switch (message.kind) {
    case 'start': {
      const from = clock.now();
      const findings = message.findings.map(({ group, at }) => ({ group, at: at + from }));
      void contest(clock, findings, message.seed).then((contestants) => {
        process.send?.(contestants, undefined, {}, () => process.exit());
      });
      return;
    }
    case 'leap':
      return clock.leap();
    default:
      message satisfies never;
  }
});
