/** A playbook as far as it may run by itself: its actions, and the reading back of them. */
import { actionById } from '../actions/index.ts';
import { needsPeople } from '../actions/unattended.ts';
import { definePlaybook, type Playbook } from './playbook.ts';

const runsAlone = (step: Playbook['steps'][number]): boolean => {
  switch (step.kind) {
    case 'action': {
      const action = actionById(step.action);
      return action !== undefined && !needsPeople(action);
    }
    case 'manual':
      return false;
    case 'check':
      return true;
    default:
      return step satisfies never;
  }
};

/**
 * What is left for people (their own steps, evidence, what cannot be undone) they do with the whole
 * playbook afterwards: what is contained by then is not planned again. Undefined where nothing is left.
 */
export const unattended = (playbook: Playbook): Playbook | undefined => {
  const steps = playbook.steps.filter(runsAlone);
  return steps.some(({ kind }) => kind === 'action')
    ? definePlaybook({ ...playbook, steps })
    : undefined;
};
