/** Making Slack fail on purpose. */

export interface Fault {
  /** A method's name, or `*` for all. */
  readonly method: string;
  /**
   * `error`: Slack answers `error` (`fatal_error` when left out), nothing done. `throttle`: 429 with Retry-After, nothing
   * done. `timeout`: it is done, and the answer is lost. `delay`: it is done, the answer is late.
   */
  readonly kind: 'error' | 'throttle' | 'timeout' | 'delay';
  /** How many calls; without it, until cleared. */
  readonly count?: number;
  /** For `delay`: milliseconds of real time; for `throttle`: rounded up to Retry-After's seconds. */
  readonly delayMs?: number;
  /** For `error`: Slack's own name of it. */
  readonly error?: string;
}

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  readonly list: () => readonly Fault[];
  /** The fault that the next call of `method` meets; counts it. The first added wins. */
  readonly take: (method: string) => Fault | undefined;
}

export const createFaults = (): Faults => {
  let faults: readonly Fault[] = [];
  return {
    add: (fault) => {
      faults = [...faults, fault];
    },
    clear: () => {
      faults = [];
    },
    list: () => faults,
    take: (method) => {
      const hit = faults.find((fault) => fault.method === '*' || fault.method === method);
      if (hit?.count !== undefined) {
        const left = { ...hit, count: hit.count - 1 };
        faults = faults.flatMap((fault) => {
          if (fault !== hit) return [fault];
          return left.count > 0 ? [left] : [];
        });
      }
      return hit;
    },
  };
};
