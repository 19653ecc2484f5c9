/** What a case is told of its evidence. */
import type { Handlers } from './case-event.ts';
import { openGathering, withGathering, withOpen } from './gathering.ts';

export const onGather: Handlers<'gather' | 'gather-later' | 'gather-skip' | 'gathered'> = {
  gather: (current, { actor, by, because }, at) => {
    const gatherings = withGathering(current, { at, ...(by ? { by } : {}) });
    return gatherings
      ? {
          set: { gatherings, gatherDue: at },
          entry: {
            kind: 'case.evidence-asked',
            actor,
            because,
            detail: { gathering: gatherings.at(-1)?.number },
          },
          by,
        }
      : undefined;
  },
  'gather-later': (current, { number, next }) => {
    const open = openGathering(current);
    return open?.number === number
      ? { set: { gatherDue: next, gatherings: withOpen(current, { tries: open.tries + 1 }) } }
      : undefined;
  },
  'gather-skip': (current, { number, because }) =>
    openGathering(current)?.number === number
      ? {
          set: { gatherings: withOpen(current, { skipped: because }) },
          drop: ['gatherDue'],
          entry: {
            kind: 'case.evidence-skipped',
            actor: 'cordon:worker',
            because,
            detail: { gathering: number },
          },
        }
      : undefined,
  gathered: (current, { number, found, objects }) =>
    openGathering(current)?.number === number
      ? {
          set: { gatherings: withOpen(current, { found }) },
          drop: ['gatherDue'],
          entry: {
            kind: 'case.evidence-stored',
            actor: 'cordon:worker',
            because: `evidence was gathered and stored: ${objects.length} objects and their manifest`,
            detail: {
              gathering: number,
              manifest: found.manifest.key,
              sha256: found.manifest.sha256,
              objects,
              gaps: found.gaps.length,
            },
          },
        }
      : undefined,
};
