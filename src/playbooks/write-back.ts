/**
 * What resolving a case tells the services that keep its findings. No card offers it and no rule runs
 * it: whoever resolves the case asks for it with that.
 */
import { definePlaybook, type Playbook } from './playbook.ts';

/** In audit entries and requests. */
export const writeBackId = 'write-back';

const telling = (action: 'resolve-finding' | 'dismiss-finding', situation: string): Playbook =>
  definePlaybook({
    id: writeBackId,
    title: 'Write-back to the source',
    label: 'Write back',
    situation,
    applies: { rules: [], from: 'INFORMATIONAL', resources: ['finding'] },
    mostTargets: 20,
    steps: [
      {
        id: 'findings',
        kind: 'action',
        phase: 'recover',
        action,
        on: {
          from: (resources) => resources.filter(({ kind }) => kind === 'finding'),
          words: 'each finding that the card names',
        },
      },
    ],
    links: [],
  });

/** People dealt with it, or it was none of their business. */
export const writeBackResolved = telling('resolve-finding', 'A case was resolved.');

/** It was wrong. */
export const writeBackDismissed = telling(
  'dismiss-finding',
  'A case was resolved as a false positive.',
);
