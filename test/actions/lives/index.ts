/** Every life of every action. A new action has at least one here, or the catalogue test fails. */
import type { Lifecycle } from '../life.ts';
import { dataLives } from './data.ts';
import { identityLives } from './identities.ts';
import { instanceLives } from './instances.ts';
import { serviceLives } from './services.ts';

export const lives: readonly Lifecycle[] = [
  ...instanceLives,
  ...identityLives,
  ...dataLives,
  ...serviceLives,
];

export const livesOf = (action: string): readonly Lifecycle[] =>
  lives.filter((life) => life.action.id === action);

/** Actions that say what to do by hand, whatever they are asked about: they have no life. */
export const onlyAdvice: readonly string[] = ['isolate-workload'];
