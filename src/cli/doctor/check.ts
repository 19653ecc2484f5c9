/** What a check of `cordon doctor` is, and what it may find. One check, one file, one line in index.ts. */

/** `skipped` is neither good nor bad: something before it is broken, or nobody can tell from here. */
export type Verdict =
  | { readonly kind: 'fine' | 'skipped'; readonly says: string }
  /** `remedy` is what to do, in sentences. */
  | { readonly kind: 'broken'; readonly says: string; readonly remedy: string };

export const fine = (says: string): Verdict => ({ kind: 'fine', says });
export const skipped = (says: string): Verdict => ({ kind: 'skipped', says });
export const broken = (says: string, remedy: string): Verdict => ({
  kind: 'broken',
  says,
  remedy,
});

export interface Check<S> {
  /** `slack-scopes`; stable, for scripts that read `--json`. */
  readonly id: string;
  /** Not looked at when one of these is broken or was skipped itself. */
  readonly needs?: readonly string[];
  /** May throw: that is broken too. */
  readonly look: (site: S) => Promise<readonly Verdict[]> | readonly Verdict[];
}

/** What an error says, without what a stack would. */
export const errorWords = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'an unknown error';

export const isNamed = (error: unknown, name: RegExp): boolean =>
  error instanceof Error && name.test(error.name);
