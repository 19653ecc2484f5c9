/** The playbook that a card offers, named by an id that means nothing outside its case. */
import { createHash } from 'node:crypto';
import { playbookFor, type Situation } from './index.ts';
import type { Playbook } from './playbook.ts';

export interface PlaybookOffer {
  /** Eight hex digits, as an action's offer has. */
  readonly id: string;
  readonly playbook: Playbook;
}

export const playbookOffer = (situation: Situation): PlaybookOffer | undefined => {
  const playbook = playbookFor(situation);
  return (
    playbook && {
      id: createHash('sha256').update(`playbook ${playbook.id}`).digest('hex').slice(0, 8),
      playbook,
    }
  );
};
