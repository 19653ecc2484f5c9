/** Knows when everything that was set off has happened. */
export interface Activity {
  /** Counts as busy until the promise settles; a rejection is reported, not thrown. */
  track(work: Promise<unknown>): void;
  /** Tells of a failure that is borne: what failed is tried again, or given up. */
  report(error: unknown): void;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
}

export const createActivity = (onError: (error: unknown) => void): Activity => {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const settled = work.catch(onError).finally(() => running.delete(settled));
      running.add(settled);
    },
    report: onError,
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
