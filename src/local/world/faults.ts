/** Faults on purpose: errors, throttling, denials, timeouts and delays of chosen operations. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, denied, throttled } from './aws-error.ts';

interface Fault {
  /** Every service when absent or `*`; so with the operation. */
  readonly service?: string;
  readonly operation?: string;
  /** `stale`: for a while reads of IAM answer with what was before a change (stale-reads.ts). */
  readonly kind: 'error' | 'throttle' | 'deny' | 'timeout' | 'delay' | 'stale';
  /** How often; until cleared when absent. */
  readonly count?: number;
  /** Real milliseconds before it happens; a `delay` then goes on. */
  readonly delayMs?: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** What is still to come; `count` is what is left. */
  list(): readonly Fault[];
  /** Lets the first fault that fits happen: throws, or waits and returns. */
  strike(service: string, operation: string): Promise<void>;
}

const fits = (wanted: string | undefined, actual: string): boolean =>
  wanted === undefined || wanted === '*' || wanted === actual;

const raise = (kind: Fault['kind'], service: string, operation: string): void => {
  switch (kind) {
    case 'delay':
    case 'stale':
      return;
    case 'throttle':
      throw throttled(service);
    case 'deny':
      throw denied(service, `An injected fault denies ${service}:${operation}`);
    case 'timeout':
      throw new AwsError('TimeoutError', `${service}:${operation} did not answer`, 504);
    case 'error':
      throw new AwsError('InternalError', `An injected fault breaks ${service}:${operation}`, 500);
    default:
      kind satisfies never;
  }
};

export const createFaults = (onChange: () => void): Faults => {
  let faults: readonly Fault[] = [];
  const set = (next: readonly Fault[]): void => {
    faults = next;
    onChange();
  };
  const use = (fault: Fault): void => {
    if (fault.count === undefined) return;
    const left = fault.count - 1;
    set(
      faults.flatMap((each) => {
        if (each !== fault) return [each];
        return left > 0 ? [{ ...each, count: left }] : [];
      }),
    );
  };
  return {
    add: (fault) => set([...faults, fault]),
    clear: () => set([]),
    list: () => faults,
    async strike(service, operation) {
      const fault = faults.find(
        (each) =>
          each.kind !== 'stale' && fits(each.service, service) && fits(each.operation, operation),
      );
      if (!fault) return;
      use(fault);
      if (fault.delayMs) await sleep(fault.delayMs);
      raise(fault.kind, service, operation);
    },
  };
};
