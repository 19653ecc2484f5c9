/** One part of a source's reading: what AWS does not answer is a gap, and the rest goes on. */
import { CallFailed, failedAs, inWords } from '../posture/call-failed.ts';
import type { Gap } from './source.ts';

export type Attempt<T> = { readonly value: T } | { readonly gap: Gap };

/** AWS's names for "there is none": an answer, and no gap. */
const absent = ['NoSuchEntity', 'NoSuchEntityException'];

/** `what` names it in our words. Throws what is no failure of AWS: being out of time, a mistake of ours. */
export const attempt = async <T>(what: string, read: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return { gap: { what, because: inWords(error) } };
  }
};

/** The answer, or undefined where AWS says that there is none. */
export const orAbsent = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (failedAs(error, ...absent)) return undefined;
    throw error;
  }
};

/**
 * Every answer, once all have ended: what is thrown is thrown when none of them reads any more.
 * `Promise.all` would leave the others behind, half done.
 */
export const allDone = async <T>(reads: readonly Promise<T>[]): Promise<readonly T[]> => {
  await Promise.allSettled(reads);
  return Promise.all(reads);
};

export const valuesOf = <T>(attempts: readonly Attempt<T>[]): readonly T[] =>
  attempts.flatMap((one) => ('value' in one ? [one.value] : []));

export const gapsOf = (attempts: readonly Attempt<unknown>[]): readonly Gap[] =>
  attempts.flatMap((one) => ('gap' in one ? [one.gap] : []));
