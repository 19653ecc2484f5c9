/** Whoever waits for it hears of its failure; until then nobody does. */
export const held = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};
