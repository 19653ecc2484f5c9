/** Functions, keys, databases and the like as `GET /aws/state` shows them: one line each. */
import type { ServiceState } from './service-state.ts';
import type { Detector } from './state.ts';

export interface ServiceView {
  readonly kind: string;
  readonly id: string;
  /** What a response changes of it, in words. */
  readonly state: string;
  /** Nothing of it is stopped, off or open. */
  readonly normal: boolean;
}

const concurrency = (reserved: number | undefined, provisioned: ReadonlyMap<string, number>) =>
  [
    reserved === undefined ? 'not limited' : `at most ${reserved} at once`,
    ...[...provisioned].map(([qualifier, count]) => `${count} ready for ${qualifier}`),
  ].join(', ');

const shared = (sharedWith: readonly string[]): string =>
  sharedWith.length > 0 ? `for ${sharedWith.join(', ')}` : 'private';

export const viewServices = (
  state: ServiceState,
  detector: Detector | undefined,
): readonly ServiceView[] => [
  ...[...state.functions.values()].map((one) => ({
    kind: 'function',
    id: one.name,
    state: concurrency(one.reserved, one.provisioned),
    normal: one.reserved !== 0,
  })),
  ...[...state.services.entries()].map(([id, one]) => ({
    kind: 'service',
    id,
    state: `${one.running} of ${one.desired} tasks${one.scaling?.suspended.length ? ', scaling suspended' : ''}`,
    normal: one.desired > 0,
  })),
  ...[...state.tasks.entries()].map(([id, one]) => ({
    kind: 'task',
    id,
    state: one.status.toLowerCase(),
    normal: one.status === 'RUNNING',
  })),
  ...[...state.databases.values()].map((one) => ({
    kind: 'database',
    id: one.id,
    state: one.publiclyAccessible ? 'public' : 'private',
    normal: !one.publiclyAccessible,
  })),
  ...[...state.dbSnapshots.values()].map((one) => ({
    kind: 'database snapshot',
    id: one.id,
    state: shared(one.sharedWith),
    normal: one.sharedWith.length === 0,
  })),
  ...[...state.keys.values()].map((one) => ({
    kind: 'key',
    id: one.id,
    state: one.state,
    normal: one.state === 'Enabled',
  })),
  ...[...state.secrets.values()].map((one) => ({
    kind: 'secret',
    id: one.name,
    state: one.pending ? `${one.current}, rotating` : one.current,
    normal: !one.pending,
  })),
  ...[...state.trails.values()].map((one) => ({
    kind: 'trail',
    id: one.name,
    state: one.logging ? 'logging' : 'stopped',
    normal: one.logging,
  })),
  ...[...state.recorders.values()].map((one) => ({
    kind: 'recorder',
    id: one.name,
    state: one.recording ? 'recording' : 'stopped',
    normal: one.recording,
  })),
  ...(detector
    ? [
        {
          kind: 'detector',
          id: detector.id,
          state: [
            detector.enabled === false ? 'disabled' : 'enabled',
            ...[...(detector.filters?.keys() ?? [])],
          ].join(', '),
          normal: detector.enabled !== false,
        },
      ]
    : []),
];
