/**
 * Names of leases, holds and purposes: what a drill does to a resource is in nobody's way who works on the
 * real one of the same name, and the other way round.
 */
import type { Plan } from '../actions/action.ts';

export const inOwnWorld = ({ drill }: Pick<Plan, 'drill'>, name: string): string =>
  drill ? `drill:${drill}:${name}` : name;
